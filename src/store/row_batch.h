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

/// Changes to rows of several tables, written together; the last one to a key wins.
class RowBatch {
 public:
  struct Change {
    std::size_t table;  // index into tables()
    BytesView key;
    std::optional<BytesView> value;  // nothing = erase
  };

  void put(std::string_view table, BytesView key, BytesView value) { add(table, key, value, false); }
  void erase(std::string_view table, BytesView key) { add(table, key, {}, true); }
  /// The changes of `other`, behind those that are here.
  void append(RowBatch&& other) {
    std::vector<std::size_t> table_here;
    for (const std::string& table : other.tables_) table_here.push_back(index_of(table));
    for (Part& part : other.parts_) {
      for (Entry& entry : part.entries) entry.table = table_here[entry.table];
      parts_.push_back(std::move(part));
    }
    other.parts_.clear();
  }
  bool empty() const {
    return std::ranges::all_of(parts_, [](const Part& part) { return part.entries.empty(); });
  }
  /// Of all keys and rows.
  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const Part& part : parts_) sum += part.bytes.size();
    return sum;
  }

  /// Every table named since the batch was made.
  std::span<const std::string> tables() const { return tables_; }

  /// Calls `visit(const Change&)` in the order of the changes.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const Part& part : parts_) {
      BytesView rest = part.bytes;
      for (const Entry& entry : part.entries) {
        Change change{entry.table, rest.substr(0, entry.key_size), std::nullopt};
        rest.remove_prefix(entry.key_size);
        if (!entry.erased) change.value = rest.substr(0, entry.value_size);
        rest.remove_prefix(entry.value_size);
        visit(change);
      }
    }
  }

 private:
  struct Entry {
    std::size_t table;
    std::size_t key_size;
    std::size_t value_size;
    bool erased;
  };
  struct Part {
    Bytes bytes;  // key and value of each entry, one after the other
    std::vector<Entry> entries;
  };

  void add(std::string_view table, BytesView key, BytesView value, bool erased) {
    if (parts_.empty()) parts_.emplace_back();
    Part& part = parts_.back();
    part.entries.push_back({index_of(table), key.size(), value.size(), erased});
    part.bytes.append(key).append(value);
  }

  std::size_t index_of(std::string_view table) {
    const auto found = std::ranges::find(tables_, table);
    if (found != tables_.end()) return static_cast<std::size_t>(found - tables_.begin());
    tables_.emplace_back(table);
    return tables_.size() - 1;
  }

  std::vector<Part> parts_;
  std::vector<std::string> tables_;
};

}  // namespace placet::store
