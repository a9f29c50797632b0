#include "engine/state_cache.h"

#include <utility>

namespace placet::engine {

domain::StreamState* StateCache::find(const StreamId& stream) {
  Slots::Entry* slot = slots_.find(stream);
  if (slot == nullptr) return nullptr;
  touch(*slot);
  return &slot->value.state;
}

domain::StreamState* StateCache::put(const StreamId& stream, domain::StreamState state) {
  Slots::Entry* found = slots_.find(stream);
  Slots::Entry& slot = found != nullptr ? *found : slots_.add(stream, {});
  touch(slot);
  slots_.weigh(slot, domain::bytes_of(state));
  slot.value.state = std::move(state);
  return &slot.value.state;
}

/// In the order of groups: within one, the first use counts.
void StateCache::touch(Slots::Entry& slot) {
  if (slot.value.group == group_) return;
  slot.value.group = group_;
  slots_.use(slot);
}

void StateCache::trim() {
  while (slots_.bytes() > bytes_max_ && slots_.oldest().value.group != group_) slots_.erase_oldest();
  ++group_;
}

}  // namespace placet::engine
