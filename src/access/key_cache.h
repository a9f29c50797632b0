#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "access/vault_rows.h"

namespace placet::access {

/// Unwrapped subject keys, the least recently used thrown out (and wiped) first. Any thread may call any function.
class KeyCache {
 public:
  explicit KeyCache(std::size_t keys_max) : keys_max_(keys_max) {}

  std::optional<SubjectKey> find(const KeyName& name);
  std::optional<SubjectKey> find(const Uuid& key_id);
  void add(const SubjectKey& key);

 private:
  using Position = std::list<SubjectKey>::iterator;

  SubjectKey used(Position position);

  const std::size_t keys_max_;
  std::mutex mutex_;            // guards everything below
  std::list<SubjectKey> keys_;  // last used first
  std::unordered_map<KeyName, Position, KeyNameHash> by_name_;
  std::unordered_map<Uuid, Position, UuidHash> by_id_;
};

}  // namespace placet::access
