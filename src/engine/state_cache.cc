#include "engine/state_cache.h"

#include <utility>

namespace placet::engine {

domain::StreamState* StateCache::find(const StreamId& stream) {
  const auto found = slots_.find(stream);
  if (found == slots_.end()) return nullptr;
  touch(found->second);
  return &found->second.state;
}

domain::StreamState* StateCache::put(const StreamId& stream, domain::StreamState state) {
  const auto [at, added] = slots_.try_emplace(stream);
  Slot& slot = at->second;
  if (added) {
    by_use_.push_front(stream);
    slot.used = by_use_.begin();
    slot.group = group_;
  } else {
    touch(slot);
  }
  bytes_ -= slot.bytes;
  slot.bytes = weigh(state);
  bytes_ += slot.bytes;
  slot.state = std::move(state);
  return &slot.state;
}

/// In the order of groups: within one, the first use counts.
void StateCache::touch(Slot& slot) {
  if (slot.group == group_) return;
  slot.group = group_;
  by_use_.splice(by_use_.begin(), by_use_, slot.used);
}

void StateCache::trim() {
  while (bytes_ > bytes_max_) {
    const auto oldest = slots_.find(by_use_.back());
    if (oldest->second.group == group_) break;
    bytes_ -= oldest->second.bytes;
    slots_.erase(oldest);
    by_use_.pop_back();
  }
  ++group_;
}

}  // namespace placet::engine
