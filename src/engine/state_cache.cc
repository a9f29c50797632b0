#include "engine/state_cache.h"

#include <utility>

namespace placet::engine {

domain::StreamState* StateCache::find(const StreamId& stream) {
  const auto found = slots_.find(stream);
  if (found == slots_.end()) return nullptr;
  by_use_.splice(by_use_.begin(), by_use_, found->second.used);
  return &found->second.state;
}

domain::StreamState* StateCache::put(const StreamId& stream, domain::StreamState state) {
  const auto [at, added] = slots_.try_emplace(stream);
  Slot& slot = at->second;
  if (added) {
    by_use_.push_front(stream);
    slot.used = by_use_.begin();
  } else {
    by_use_.splice(by_use_.begin(), by_use_, slot.used);
  }
  bytes_ -= slot.bytes;
  slot.bytes = weigh(state);
  bytes_ += slot.bytes;
  slot.state = std::move(state);
  return &slot.state;
}

void StateCache::trim() {
  while (bytes_ > bytes_max_ && by_use_.size() > 1) {
    const auto oldest = slots_.find(by_use_.back());
    bytes_ -= oldest->second.bytes;
    slots_.erase(oldest);
    by_use_.pop_back();
  }
}

}  // namespace placet::engine
