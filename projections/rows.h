#pragma once

#include <exception>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/result.h"
#include "projections/key.h"
#include "projections/row_types.h"
#include "store/row_batch.h"
#include "store/row_codec.h"
#include "store/row_store.h"

namespace placet::projections {

/// The store could not show a row. Thrown because `apply` has no way to return it and must not go on as if the row
/// were not there; whoever folds catches it and takes nothing of the batch over.
class RowsUnreadable : public std::exception {
 public:
  explicit RowsUnreadable(Error error) : error_(std::move(error)) {}
  const Error& error() const { return error_; }
  const char* what() const noexcept override { return error_.message.c_str(); }

 private:
  Error error_;
};

/// The typed rows of one table, as a projection sees them: what it changed since the last flush lies over what the
/// store has. Reads go through to the store and are kept; changes leave in one batch, in the order of their keys. The
/// store's table must have no other writer. Used by one thread at a time.
template <class Key, class Row>
class Rows {
 public:
  /// Clean rows kept for the next events; on top of them come the changes of one batch.
  static constexpr std::size_t kKeptMax = 8'192;

  /// `base` must outlive this.
  Rows(std::string table, const store::RowReader& base) : table_(std::move(table)), base_(&base) {}

  /// nullptr: there is none. Valid until the next flush or discard, like every row handed out here.
  const Row* find(const Key& key) { return value_of(slot(key)); }

  /// The row to be changed, which must be there.
  Row& edit(const Key& key) {
    Slot& found = slot(key);
    PLACET_CHECK(found.row.has_value(), "an event changes a row of " + table_ + " that is not there");
    mark(found);
    return *found.row;
  }

  /// The row to be changed; an empty one is made if there is none.
  Row& edit_or_add(const Key& key) {
    Slot& found = slot(key);
    mark(found);
    if (!found.row) found.row.emplace();
    return *found.row;
  }

  void put(const Key& key, Row row) {
    Slot& found = slots_[key_bytes(key)];
    mark(found);
    found.row = std::move(row);
  }

  void erase(const Key& key) {
    Slot& found = slots_[key_bytes(key)];
    mark(found);
    found.row.reset();
  }

  /// Calls `visit(const Key&, const Row&)` for the rows whose keys begin with `prefix`, in order, until it returns
  /// false. The table must not change meanwhile.
  template <class Visit, class... Prefix>
    requires PrefixOf<Key, Prefix...>
  void scan(Visit&& visit, const Prefix&... prefix) {
    Bytes start;
    (append_key(start, prefix), ...);
    const store::KeyRange range = store::keys_with_prefix(start);
    auto changed = slots_.lower_bound(range.from);
    const auto end = range.to ? slots_.lower_bound(*range.to) : slots_.end();
    bool going = true;
    const auto show = [&](BytesView key, const std::optional<Row>& row) {
      if (going && row) going = visit(key_of<Key>(key), *row);
    };
    const auto show_up_to = [&](const BytesView* key) {
      for (; going && changed != end && (key == nullptr || changed->first < *key); ++changed)
        show(changed->first, changed->second.row);
    };
    const auto scanned = base_->scan(table_, range, [&](BytesView key, BytesView row) {
      show_up_to(&key);
      if (changed != end && changed->first == key) {
        show(key, changed->second.row);
        ++changed;
      } else if (going) {
        show(key, decoded(row));
      }
      return going;
    });
    if (!scanned) throw RowsUnreadable(scanned.error());
    show_up_to(nullptr);
  }

  std::size_t changed() const { return changed_; }

  /// Adds every change to `batch`; they count as stored from here on.
  void flush(store::RowBatch& batch) {
    Bytes encoded;
    for (auto& [key, slot] : slots_) {
      if (!slot.changed) continue;
      if (slot.row) {
        store::encode_row(*slot.row, encoded);
        batch.put(table_, key, encoded);
      } else {
        batch.erase(table_, key);
      }
      slot.changed = false;
    }
    changed_ = 0;
    if (slots_.size() > kKeptMax) slots_.clear();
  }

  /// Forgets every change since the last flush.
  void discard() {
    slots_.clear();
    changed_ = 0;
  }

 private:
  struct Slot {
    std::optional<Row> row;  // nothing: known not to be there
    bool changed = false;
  };

  static const Row* value_of(const Slot& slot) { return slot.row ? &*slot.row : nullptr; }

  void mark(Slot& slot) {
    if (!slot.changed) ++changed_;
    slot.changed = true;
  }

  Slot& slot(const Key& key) {
    Bytes bytes = key_bytes(key);
    if (const auto kept = slots_.find(bytes); kept != slots_.end()) return kept->second;
    const auto stored = base_->get(table_, bytes);
    if (!stored) throw RowsUnreadable(stored.error());
    Slot fresh;
    if (*stored) fresh.row = decoded(**stored);
    return slots_.emplace(std::move(bytes), std::move(fresh)).first->second;
  }

  std::optional<Row> decoded(BytesView bytes) const {
    auto row = store::decode_row<Row>(bytes);
    if (!row) throw RowsUnreadable(Error{row.error().code, table_ + ": " + row.error().message});
    return std::move(*row);
  }

  std::string table_;
  const store::RowReader* base_;
  std::map<Bytes, Slot, std::less<>> slots_;
  std::size_t changed_ = 0;
};

}  // namespace placet::projections
