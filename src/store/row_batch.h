#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace placet::store {

/// Changes to rows of several tables, written together; the last one to a key wins. Cleared and used again, it
/// allocates nothing.
class RowBatch {
 public:
  struct Change {
    std::size_t table;  // index into tables()
    BytesView key;
    std::optional<BytesView> value;  // nothing = erase
  };

  void put(std::string_view table, BytesView key, BytesView value) { add(table, key, value, false); }
  void erase(std::string_view table, BytesView key) { add(table, key, {}, true); }
  void clear() {
    bytes_.clear();
    entries_.clear();
  }
  bool empty() const { return entries_.empty(); }
  std::size_t bytes() const { return bytes_.size(); }

  /// Every table named since the batch was made.
  std::span<const std::string> tables() const { return tables_; }

  /// Calls `visit(const Change&)` in the order of the changes.
  template <class Visit>
  void for_each(Visit&& visit) const {
    BytesView rest = bytes_;
    for (const Entry& entry : entries_) {
      Change change{entry.table, rest.substr(0, entry.key_size), std::nullopt};
      rest.remove_prefix(entry.key_size);
      if (!entry.erased) change.value = rest.substr(0, entry.value_size);
      rest.remove_prefix(entry.value_size);
      visit(change);
    }
  }

 private:
  struct Entry {
    std::size_t table;
    std::size_t key_size;
    std::size_t value_size;
    bool erased;
  };

  void add(std::string_view table, BytesView key, BytesView value, bool erased) {
    entries_.push_back({index_of(table), key.size(), value.size(), erased});
    bytes_.append(key).append(value);
  }

  std::size_t index_of(std::string_view table) {
    const auto found = std::ranges::find(tables_, table);
    if (found != tables_.end()) return static_cast<std::size_t>(found - tables_.begin());
    tables_.emplace_back(table);
    return tables_.size() - 1;
  }

  Bytes bytes_;  // key and value of each entry, one after the other
  std::vector<Entry> entries_;
  std::vector<std::string> tables_;
};

}  // namespace placet::store
