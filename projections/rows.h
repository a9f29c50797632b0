#pragma once

#include <tsl/robin_map.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

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
  /// `base` must outlive this.
  Rows(std::string table, const store::RowReader& base) : table_(std::move(table)), base_(&base) {}

  /// nullptr: there is none. Valid until the next flush or discard, like every row handed out here.
  const Row* find(const Key& key) {
    const Slot& found = read(key);
    return found.row ? &*found.row : nullptr;
  }

  /// The row to be changed, which must be there.
  Row& edit(const Key& key) {
    Slot& found = read(key);
    PLACET_CHECK(found.row.has_value(), "an event changes a row of " + table_ + " that is not there");
    return *mark(found).row;
  }

  /// The row to be changed; an empty one is made if there is none.
  Row& edit_or_add(const Key& key) {
    Slot& found = mark(read(key));
    if (!found.row) found.row.emplace();
    return *found.row;
  }

  /// The store is not asked: whatever row there is, this one takes its place.
  Row& put(const Key& key, Row row) { return mark(slot(bytes_of(key))).row.emplace(std::move(row)); }

  void erase(const Key& key) { mark(slot(bytes_of(key))).row.reset(); }

  /// Calls `visit(const Key&, const Row&)` for the rows whose keys begin with `prefix`, in order, until it returns
  /// false. The table must not change meanwhile.
  template <class Visit, class... Prefix>
    requires PrefixOf<Key, Prefix...>
  void scan(Visit&& visit, const Prefix&... prefix) {
    Bytes start;
    (append_key(start, prefix), ...);
    const store::KeyRange range = store::keys_with_prefix(start);
    sort_changed();
    auto changed = std::ranges::lower_bound(changed_, BytesView(range.from), {}, &Changed::key);
    const auto end =
        range.to ? std::ranges::lower_bound(changed_, BytesView(*range.to), {}, &Changed::key) : changed_.end();
    bool going = true;
    const auto show = [&](BytesView key, const std::optional<Row>& row) {
      if (going && row) going = visit(key_of<Key>(key), *row);
    };
    const auto show_up_to = [&](const BytesView* key) {
      for (; going && changed != end && (key == nullptr || changed->key() < *key); ++changed)
        show(changed->key(), changed->slot->row);
    };
    const auto scanned = base_->scan(table_, range, [&](BytesView key, BytesView row) {
      show_up_to(&key);
      if (changed != end && changed->key() == key) {
        show(key, changed->slot->row);
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
    sort_changed();
    Bytes encoded;
    for (const auto& [first_bytes, slot] : changed_) {
      encoded.clear();
      if (slot->row) {
        store::encode_row(*slot->row, encoded);
        batch.put(table_, slot->key_view(), encoded);
      } else {
        batch.erase(table_, slot->key_view());
      }
      weigh(*slot, encoded.size());
      slot->changed = false;
    }
    changed_.clear();
    sorted_ = 0;
  }

  /// About how many bytes of memory the rows take that are kept for the next events.
  std::size_t kept_bytes() const { return kept_bytes_; }
  /// Right after a flush: lets go of rows that were only written, which is no reason to expect that somebody asks for
  /// them, and where all others take more than `limit`, of those that nobody asked for since that was so.
  void trim(std::size_t limit) {
    PLACET_CHECK(changed_.empty(), "rows are let go of that were not stored");
    drop(Asked::never);
    if (kept_bytes_ > limit) drop(Asked::before);
  }

  /// Forgets every change since the last flush.
  void discard() {
    changed_.clear();
    sorted_ = 0;
    slots_.clear();
    kept_bytes_ = 0;
  }

 private:
  using KeyBytes = std::array<char, kKeySize<Key>>;
  enum class Asked : std::uint8_t { never, before, lately };  // whether somebody wanted to know what is in the row
  struct Slot {
    KeyBytes key;
    std::optional<Row> row;   // nothing: known not to be there
    std::uint32_t bytes = 0;  // its part of `kept_bytes_`
    bool changed = false;
    Asked asked = Asked::never;
    BytesView key_view() const { return {key.data(), key.size()}; }
  };
  struct KeyHash {
    std::size_t operator()(const KeyBytes& key) const {
      constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;  // 2^64 over the golden ratio
      std::uint64_t hash = 0;
      for (std::size_t at = 0; at < key.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, key.data() + at, std::min<std::size_t>(8, key.size() - at));
        hash = (std::rotl(hash, 29) ^ word) * kOdd;
      }
      // The low bits choose the place, and numbers that follow one another differ in the last byte, the high bits.
      hash = (hash ^ hash >> 32) * kOdd;
      return hash ^ hash >> 32;
    }
  };
  using Slots = tsl::robin_map<KeyBytes, std::unique_ptr<Slot>, KeyHash>;
  /// A slot by its key, the first bytes of which say mostly all that its place among the others takes.
  struct Changed {
    std::uint64_t first_bytes;
    Slot* slot;
    BytesView key() const { return slot->key_view(); }
    bool operator<(const Changed& other) const {
      return first_bytes != other.first_bytes ? first_bytes < other.first_bytes : key() < other.key();
    }
  };

  Slot& mark(Slot& slot) {
    if (std::exchange(slot.changed, true)) return slot;
    std::uint64_t first_bytes = 0;
    std::memcpy(&first_bytes, slot.key.data(), std::min(sizeof first_bytes, slot.key.size()));
    changed_.push_back({std::byteswap(first_bytes), &slot});
    return slot;
  }

  /// Only what came since the last time is out of order.
  void sort_changed() {
    const auto middle = changed_.begin() + static_cast<std::ptrdiff_t>(sorted_);
    std::sort(middle, changed_.end());
    std::inplace_merge(changed_.begin(), middle, changed_.end());
    sorted_ = changed_.size();
  }

  Slot& slot(const KeyBytes& key) {
    const auto [at, added] = slots_.try_emplace(key);
    std::unique_ptr<Slot>& slot = at.value();
    if (added) {
      slot = std::make_unique<Slot>();
      slot->key = key;
    }
    return *slot;
  }

  Slot& read(const Key& key) {
    const KeyBytes bytes = bytes_of(key);
    if (const auto kept = slots_.find(bytes); kept != slots_.end()) {
      kept->second->asked = Asked::lately;
      return *kept->second;
    }
    const auto stored = base_->get(table_, BytesView(bytes.data(), bytes.size()));
    if (!stored) throw RowsUnreadable(stored.error());
    std::optional<Row> row;
    if (*stored) row = decoded(**stored);
    Slot& fresh = slot(bytes);
    fresh.row = std::move(row);
    fresh.asked = Asked::lately;
    weigh(fresh, *stored ? (*stored)->size() : 0);
    return fresh;
  }

  /// What a row has outside of itself is about twice as large as it is stored.
  void weigh(Slot& slot, std::size_t stored_bytes) {
    const std::size_t outside = std::is_trivially_copyable_v<Row> ? 0 : 2 * stored_bytes;
    kept_bytes_ -= slot.bytes;
    slot.bytes = static_cast<std::uint32_t>(sizeof(Slot) + 2 * sizeof(typename Slots::value_type) + outside);
    kept_bytes_ += slot.bytes;
  }

  /// Those that were asked for no later than that; the others count as asked for before, from then on.
  void drop(Asked last) {
    for (auto at = slots_.begin(); at != slots_.end();) {
      Slot& slot = *at->second;
      if (slot.asked > last) {
        if (last != Asked::never) slot.asked = Asked::before;
        ++at;
      } else {
        kept_bytes_ -= slot.bytes;
        at = slots_.erase(at);
      }
    }
  }

  static KeyBytes bytes_of(const Key& key) {
    KeyBytes bytes;
    put_key(bytes.data(), key);
    return bytes;
  }

  std::optional<Row> decoded(BytesView bytes) const {
    auto row = store::decode_row<Row>(bytes);
    if (!row) throw RowsUnreadable(Error{row.error().code, table_ + ": " + row.error().message});
    return std::move(*row);
  }

  std::string table_;
  const store::RowReader* base_;
  Slots slots_;
  std::size_t kept_bytes_ = 0;
  std::vector<Changed> changed_;  // of `slots_`
  std::size_t sorted_ = 0;        // so many of `changed_` are in the order of keys, the first ones
};

}  // namespace placet::projections
