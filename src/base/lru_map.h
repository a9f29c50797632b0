#pragma once

#include <tsl/robin_map.h>

#include <boost/intrusive/list.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace placet {

/// A hash table that knows in which order its entries were used and what they weigh, for caches that throw out what was
/// used longest ago. The order is exact but for the newest quarter. Entries stay where they are in memory until they
/// are erased. Used by one thread at a time.
template <class Key, class Value, class Hash>
class LruMap {
 public:
  struct Entry : boost::intrusive::list_base_hook<> {
    Entry(const Key& its_key, Value its_value) : key(its_key), value(std::move(its_value)) {}
    const Key key;
    Value value;

   private:
    friend class LruMap;
    std::uint64_t moved_ = 0;
    std::size_t bytes_ = 0;
  };

  LruMap() = default;
  LruMap(const LruMap&) = delete;
  LruMap& operator=(const LruMap&) = delete;
  ~LruMap() { by_use_.clear(); }

  /// nullptr: there is none. That is no use yet.
  Entry* find(const Key& key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : found->second.get();
  }
  /// A key that is not there yet.
  Entry& add(const Key& key, Value value) {
    const auto added = entries_.emplace(key, std::make_unique<Entry>(key, std::move(value))).first;
    by_use_.push_front(*added->second);
    added->second->moved_ = ++moves_;
    return *added->second;
  }
  /// From now on among those that were used last. To move an entry is to touch its neighbours, which are seldom in the
  /// processor's cache: the newest quarter is left as it stands.
  void use(Entry& entry) {
    if (moves_ - entry.moved_ < size() / 4) return;
    by_use_.splice(by_use_.begin(), by_use_, by_use_.iterator_to(entry));
    entry.moved_ = ++moves_;
  }

  /// What an entry weighs, 0 until then.
  void weigh(Entry& entry, std::size_t bytes) {
    bytes_ += bytes - entry.bytes_;
    entry.bytes_ = bytes;
  }

  std::size_t size() const { return entries_.size(); }
  /// That all entries weigh together.
  std::size_t bytes() const { return bytes_; }
  /// The one that was used longest ago. Neither may be called when there is none.
  const Entry& oldest() const { return by_use_.back(); }
  void erase_oldest() {
    weigh(by_use_.back(), 0);
    const auto oldest = entries_.find(by_use_.back().key);
    by_use_.pop_back();
    entries_.erase(oldest);
  }

 private:
  tsl::robin_map<Key, std::unique_ptr<Entry>, Hash> entries_;
  std::size_t bytes_ = 0;
  std::uint64_t moves_ = 0;                                                            // to the front
  boost::intrusive::list<Entry, boost::intrusive::constant_time_size<false>> by_use_;  // newest first
};

}  // namespace placet
