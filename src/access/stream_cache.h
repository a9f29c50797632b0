#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/result.h"
#include "domain/states.h"
#include "store/event_log.h"

namespace placet::access {

/// The current state of a stream, folded from its records on.
Result<void> fold_stream(const store::EventLog& log, const StreamId& stream, domain::StreamState& state);

/// Durable states of single streams for adapters: who somebody is, what he may do. Each answer is current as of a read
/// of the stream's head; a stream that has grown is folded on from where it was. Bounded; any thread.
class StreamCache {
 public:
  StreamCache(const store::EventLog& log, std::size_t streams_max) : log_(log), streams_max_(streams_max) {}

  Result<std::shared_ptr<const domain::StreamState>> get(const StreamId& stream);

 private:
  struct Slot {
    std::shared_ptr<const domain::StreamState> state;
    std::list<StreamId>::iterator used;
  };

  const store::EventLog& log_;
  const std::size_t streams_max_;
  std::mutex mutex_;
  std::unordered_map<StreamId, Slot, StreamIdHash> slots_;
  std::list<StreamId> by_use_;  // newest first
};

}  // namespace placet::access
