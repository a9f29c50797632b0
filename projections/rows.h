#pragma once

#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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
  const Row* find(const Key& key) {
    const Slot& found = read(key)->second;
    return found.row ? &*found.row : nullptr;
  }

  /// The row to be changed, which must be there.
  Row& edit(const Key& key) {
    const auto found = read(key);
    PLACET_CHECK(found->second.row.has_value(), "an event changes a row of " + table_ + " that is not there");
    return *mark(found).row;
  }

  /// The row to be changed; an empty one is made if there is none.
  Row& edit_or_add(const Key& key) {
    Slot& found = mark(read(key));
    if (!found.row) found.row.emplace();
    return *found.row;
  }

  void put(const Key& key, Row row) { changed_slot(key).row = std::move(row); }

  void erase(const Key& key) { changed_slot(key).row.reset(); }

  /// Calls `visit(const Key&, const Row&)` for the rows whose keys begin with `prefix`, in order, until it returns
  /// false. The table must not change meanwhile.
  template <class Visit, class... Prefix>
    requires PrefixOf<Key, Prefix...>
  void scan(Visit&& visit, const Prefix&... prefix) {
    Bytes start;
    (append_key(start, prefix), ...);
    const store::KeyRange range = store::keys_with_prefix(start);
    auto changed = changed_.lower_bound(range.from);
    const auto end = range.to ? changed_.lower_bound(*range.to) : changed_.end();
    bool going = true;
    const auto show = [&](BytesView key, const std::optional<Row>& row) {
      if (going && row) going = visit(key_of<Key>(key), *row);
    };
    const auto show_up_to = [&](const BytesView* key) {
      for (; going && changed != end && (key == nullptr || changed->first < *key); ++changed)
        show(changed->first, changed->second->row);
    };
    const auto scanned = base_->scan(table_, range, [&](BytesView key, BytesView row) {
      show_up_to(&key);
      if (changed != end && changed->first == key) {
        show(key, changed->second->row);
        ++changed;
      } else if (going) {
        show(key, decoded(row));
      }
      return going;
    });
    if (!scanned) throw RowsUnreadable(scanned.error());
    show_up_to(nullptr);
  }

  std::size_t changed() const { return changed_.size(); }

  /// Adds every change to `batch`; they count as stored from here on.
  void flush(store::RowBatch& batch) {
    Bytes encoded;
    for (const auto& [key, slot] : changed_) {
      if (slot->row) {
        store::encode_row(*slot->row, encoded);
        batch.put(table_, key, encoded);
      } else {
        batch.erase(table_, key);
      }
      slot->changed = false;
    }
    changed_.clear();
    if (slots_.size() > kKeptMax) slots_.clear();
  }

  /// Forgets every change since the last flush.
  void discard() {
    changed_.clear();
    slots_.clear();
  }

 private:
  struct Slot {
    std::optional<Row> row;  // nothing: known not to be there
    bool changed = false;
  };
  struct BytesHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Slots = std::unordered_map<Bytes, Slot, BytesHash, std::equal_to<>>;

  Slot& mark(typename Slots::iterator at) {
    Slot& slot = at->second;
    if (!slot.changed) changed_.emplace(at->first, &slot);
    slot.changed = true;
    return slot;
  }

  /// Its row is about to be replaced, so that the store need not be asked.
  Slot& changed_slot(const Key& key) {
    const BytesView bytes = bytes_of(key);
    const auto kept = slots_.find(bytes);
    return mark(kept != slots_.end() ? kept : slots_.try_emplace(Bytes(bytes)).first);
  }

  typename Slots::iterator read(const Key& key) {
    const BytesView bytes = bytes_of(key);
    if (const auto kept = slots_.find(bytes); kept != slots_.end()) return kept;
    const auto stored = base_->get(table_, bytes);
    if (!stored) throw RowsUnreadable(stored.error());
    Slot fresh;
    if (*stored) fresh.row = decoded(**stored);
    return slots_.emplace(Bytes(bytes), std::move(fresh)).first;
  }

  /// Valid until the next call.
  BytesView bytes_of(const Key& key) {
    key_.clear();
    append_key(key_, key);
    return key_;
  }

  std::optional<Row> decoded(BytesView bytes) const {
    auto row = store::decode_row<Row>(bytes);
    if (!row) throw RowsUnreadable(Error{row.error().code, table_ + ": " + row.error().message});
    return std::move(*row);
  }

  std::string table_;
  const store::RowReader* base_;
  Slots slots_;
  std::map<BytesView, Slot*> changed_;  // the keys are those of `slots_`
  Bytes key_;
};

}  // namespace placet::projections
