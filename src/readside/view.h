#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/id.h"
#include "base/result.h"
#include "projections/rows.h"
#include "store/row_store.h"

namespace placet::readside {

/// What an answer is based on: the first `size` records of that ledger.
struct Basis {
  LedgerId ledger;
  LogSize size;
  friend bool operator==(const Basis&, const Basis&) = default;
};

/// One set of a projection's rows. A rebuild makes the next one beside it; its tables stay while a view holds it.
struct Generation {
  std::string projection;
  std::uint32_t number = 0;
  /// Follows the name of a table in the store.
  std::string suffix() const { return number == 0 ? std::string() : fmt::format(".{}", number); }
};

/// The rows of all live projections at one basis: what a query reads. Nothing moves under it, and it must be gone
/// before the store is closed. Any thread, one at a time.
class View {
 public:
  using Generations = std::vector<std::shared_ptr<const Generation>>;

  View(Basis basis, std::shared_ptr<const store::RowReader> reader, Generations generations, bool rounded_down)
      : generations_(std::move(generations)), reader_(std::move(reader)), basis_(basis), rounded_down_(rounded_down) {}

  const Basis& basis() const { return basis_; }
  /// Asked for a size in the middle of a command: this is the end of the one before.
  bool rounded_down() const { return rounded_down_; }
  bool has(std::string_view projection) const { return generation_of(projection) != nullptr; }

  /// The row of `Table`, a table of a projection. `unavailable` when that projection has no rows to show: it is being
  /// built for the first time in this version, or has stopped.
  template <class Table>
  Result<std::optional<typename Table::Row>> get(const typename Table::Key& key) const {
    PLACET_ASSIGN(const std::string table, stored_name(Table::kName));
    PLACET_ASSIGN(const std::optional<Bytes> row, reader_->get(table, projections::key_bytes(key)));
    if (!row) return std::nullopt;
    PLACET_ASSIGN(typename Table::Row decoded, store::decode_row<typename Table::Row>(*row));
    return std::optional(std::move(decoded));
  }

  /// Calls `visit(const Key&, const Row&)` in the order of keys until it returns false, for the keys that begin with
  /// `prefix`.
  template <class Table, class Visit, class... Prefix>
    requires projections::PrefixOf<typename Table::Key, Prefix...>
  Result<void> scan(Visit&& visit, const Prefix&... prefix) const {
    return scan_range<Table>(std::forward<Visit>(visit), range_of(prefix...));
  }

  /// The same, from behind the key whose bytes are `after`, whatever they are: the next page.
  template <class Table, class Visit, class... Prefix>
    requires projections::PrefixOf<typename Table::Key, Prefix...>
  Result<void> scan_behind(BytesView after, Visit&& visit, const Prefix&... prefix) const {
    store::KeyRange range = range_of(prefix...);
    if (!after.empty()) range.from = std::max(range.from, Bytes(after) + '\0');
    if (range.to && range.from >= *range.to) return {};
    return scan_range<Table>(std::forward<Visit>(visit), range);
  }

  /// Rows of a table as they are stored: for whoever compares them byte for byte.
  Result<void> scan_bytes(std::string_view table, const store::RowVisitor& visit,
                          const store::KeyRange& range = {}) const {
    PLACET_ASSIGN(const std::string stored, stored_name(table));
    return reader_->scan(stored, range, visit);
  }

 private:
  template <class... Prefix>
  static store::KeyRange range_of(const Prefix&... prefix) {
    Bytes start;
    (projections::append_key(start, prefix), ...);
    return store::keys_with_prefix(start);
  }

  template <class Table, class Visit>
  Result<void> scan_range(Visit&& visit, const store::KeyRange& range) const {
    PLACET_ASSIGN(const std::string table, stored_name(Table::kName));
    Result<void> outcome;
    PLACET_TRY(reader_->scan(table, range, [&](BytesView key, BytesView row) {
      auto decoded = store::decode_row<typename Table::Row>(row);
      if (!decoded) outcome = std::unexpected(decoded.error());
      return decoded && visit(projections::key_of<typename Table::Key>(key), *decoded);
    }));
    return outcome;
  }

  const Generation* generation_of(std::string_view projection) const {
    const auto found =
        std::ranges::find_if(generations_, [&](const auto& one) { return one->projection == projection; });
    return found == generations_.end() ? nullptr : found->get();
  }

  Result<std::string> stored_name(std::string_view table) const {
    const std::string_view projection = table.substr(0, table.find('.'));
    const Generation* generation = generation_of(projection);
    if (generation == nullptr)
      return fail(ErrorCode::unavailable,
                  fmt::format("{} has no rows to show: it is being built or stopped; see status", projection));
    return std::string(table) + generation->suffix();
  }

  Generations generations_;
  std::shared_ptr<const store::RowReader> reader_;
  Basis basis_;
  bool rounded_down_;
};

}  // namespace placet::readside
