#include "access/key_cache.h"

namespace placet::access {

SubjectKey KeyCache::used(Position position) {
  keys_.splice(keys_.begin(), keys_, position);
  return *position;
}

std::optional<SubjectKey> KeyCache::find(const KeyName& name) {
  const std::lock_guard lock(mutex_);
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return std::nullopt;
  return used(found->second);
}

std::optional<SubjectKey> KeyCache::find(const Uuid& key_id) {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(key_id);
  if (found == by_id_.end()) return std::nullopt;
  return used(found->second);
}

void KeyCache::add(const SubjectKey& key) {
  const std::lock_guard lock(mutex_);
  if (by_id_.contains(key.id)) return;
  keys_.push_front(key);
  by_name_.insert_or_assign(key.name, keys_.begin());
  by_id_.insert_or_assign(key.id, keys_.begin());
  if (keys_.size() <= keys_max_) return;
  by_name_.erase(keys_.back().name);
  by_id_.erase(keys_.back().id);
  keys_.pop_back();
}

}  // namespace placet::access
