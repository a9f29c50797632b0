#pragma once

#include <cstddef>
#include <memory>
#include <mutex>

#include "base/lru_map.h"
#include "base/result.h"
#include "domain/states.h"
#include "store/event_log.h"

namespace placet::access {

/// The current state of a stream, folded from its records on.
Result<void> fold_stream(const store::EventLog& log, const StreamId& stream, domain::StreamState& state);

/// What the log says of the ledger that it is of; `corrupt` where it does not.
Result<domain::System> founded_in(const store::EventLog& log);

/// Durable states of single streams for adapters: who somebody is, what he may do. Each answer is current as of the
/// call; a stream that has grown is folded on from where it was. Bounded; any thread.
class StreamCache {
 public:
  StreamCache(const store::EventLog& log, std::size_t bytes_max) : log_(log), bytes_max_(bytes_max) {}

  Result<std::shared_ptr<const domain::StreamState>> get(const StreamId& stream);

 private:
  struct Slot {
    std::shared_ptr<const domain::StreamState> state;
    LogSize as_of;  // the state is that of the stream in a log of this size
  };

  /// Makes it the most recently used one.
  void keep(const StreamId& stream, std::shared_ptr<const domain::StreamState> state, LogSize as_of);

  const store::EventLog& log_;
  const std::size_t bytes_max_;
  std::mutex mutex_;
  LruMap<StreamId, Slot, StreamIdHash> slots_;
};

}  // namespace placet::access
