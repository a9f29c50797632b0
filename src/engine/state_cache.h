#pragma once

#include <cstddef>
#include <cstdint>

#include "base/lru_map.h"
#include "base/stream_id.h"
#include "domain/states.h"

namespace placet::engine {

/// The folded states that the engine keeps warm: always current, because the engine is the only writer. Bounded;
/// what was used longest ago goes first, and only between groups. A state that the group used stays for one more, so
/// that what is not in the cache is durable.
class StateCache {
 public:
  explicit StateCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  /// The state, now the most recently used, or nullptr.
  domain::StreamState* find(const StreamId& stream);
  domain::StreamState* put(const StreamId& stream, domain::StreamState state);
  /// A group ends: evicts down to the budget, but nothing that this group used. Pointers from before are dead
  /// afterwards.
  void trim();

 private:
  struct Slot {
    domain::StreamState state;
    std::uint64_t group = 0;  // that used it last
  };
  using Slots = LruMap<StreamId, Slot, StreamIdHash>;
  void touch(Slots::Entry& slot);

  Slots slots_;
  std::uint64_t group_ = 1;
  const std::size_t bytes_max_;
};

}  // namespace placet::engine
