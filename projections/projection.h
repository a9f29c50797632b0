#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "domain/meta.h"
#include "projections/rows.h"
#include "schema/plain.h"

/// A projection answers one question by folding events into rows:
///
///   struct Sheets {                                    // a table: its name begins with the projection's
///     static constexpr std::string_view kName = "timesheets.sheets";
///     using Key = SheetId;
///     struct Row { ...; template <class A> void serialize(A& archive); };
///   };
///   struct Timesheets {                                // the question, as a comment
///     static constexpr std::string_view kName = "timesheets";
///     static constexpr std::uint32_t kVersion = 1;     // raise to force a rebuild
///     using Tables = projections::Tables<Sheets, SheetsOfParty>;
///     using Ignores = Join<SystemEvents, Types<domain::PersonRegistered, ...>>;  // event_groups.h
///     static void apply(Tables& rows, const domain::EntryRecorded& event, const domain::Meta& meta);
///     ...
///   };
///
/// A table may say on which stream the events stand that write a row, if that is one stream for each row, and that none
/// of its rows is ever erased; then questions about the past need not fold whole books for it (readside/on_demand.h):
///
///   static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
///   static constexpr bool kNeverErased = true;
///
/// Every event type is either taken by an `apply` or named in `Ignores`; a new one compiles in neither case. `apply`
/// sees events and its own rows and nothing else. It never opens a box. A failed PLACET_CHECK in it stops the
/// projection, not the process.
namespace placet::projections {

template <class... T>
struct Types {
  template <class U>
  static constexpr bool kHas = (std::is_same_v<T, U> || ...);
};

/// The types of several lists.
template <class... List>
struct Join {
  template <class U>
  static constexpr bool kHas = (List::template kHas<U> || ...);
};

/// The rows of a projection: `rows.of<Sheets>()` are those of that table.
template <class... Table>
class Tables {
 public:
  // NOLINTNEXTLINE(readability-identifier-naming): dependent, so clang-tidy does not see that it is a constant
  static constexpr std::string_view kNames[] = {Table::kName...};

  /// `suffix` follows the table's name in the store: which generation of the rows.
  Tables(const store::RowReader& base, std::string_view suffix)
      : rows_(
            Rows<typename Table::Key, typename Table::Row>(std::string(Table::kName) + std::string(suffix), base)...) {}

  template <class One>
  Rows<typename One::Key, typename One::Row>& of() {
    return std::get<index_of<One>()>(rows_);
  }

  template <class Use>
  void each(Use&& use) {
    std::apply([&](auto&... rows) { (use(rows), ...); }, rows_);
  }

 private:
  template <class One>
  static constexpr std::size_t index_of() {
    static_assert((std::is_same_v<One, Table> || ...), "not a table of this projection");
    std::size_t index = 0;
    (void)((std::is_same_v<One, Table> || (++index, false)) || ...);
    return index;
  }

  std::tuple<Rows<typename Table::Key, typename Table::Row>...> rows_;
};

/// One projection and its rows, its types forgotten: what a fold drives.
class Folder {
 public:
  virtual ~Folder() = default;
  virtual std::string_view name() const = 0;
  virtual void apply(const domain::Event& event, const domain::Meta& meta) = 0;
  virtual std::size_t changed() = 0;
  virtual void flush(store::RowBatch& batch) = 0;
  /// Memory for rows that are kept, and letting go of some where a table has more than `limit` bytes (rows.h).
  virtual std::size_t kept_bytes() = 0;
  virtual void trim(std::size_t limit) = 0;
  virtual void discard() = 0;
};

template <class Projection>
class FolderOf final : public Folder {
 public:
  FolderOf(const store::RowReader& base, std::string_view suffix) : rows_(base, suffix) {}

  std::string_view name() const override { return Projection::kName; }

  void apply(const domain::Event& event, const domain::Meta& meta) override {
    std::visit(
        [&]<class Event>(const Event& one_event) {
          if constexpr (std::is_same_v<Event, std::monostate>) {
            PLACET_CHECK(false, "an event of a type that this program does not know");
          } else {
            constexpr bool kTakes = requires { Projection::apply(rows_, one_event, meta); };
            constexpr bool kIgnores = Projection::Ignores::template kHas<Event>;
            static_assert(kTakes || kIgnores, "say what this projection does with the event: apply it or ignore it");
            static_assert(!(kTakes && kIgnores), "an event is applied or ignored, not both");
            if constexpr (kTakes) Projection::apply(rows_, one_event, meta);
          }
        },
        event);
  }

  std::size_t changed() override {
    std::size_t count = 0;
    rows_.each([&](const auto& rows) { count += rows.changed(); });
    return count;
  }
  void flush(store::RowBatch& batch) override {
    rows_.each([&](auto& rows) { rows.flush(batch); });
  }
  std::size_t kept_bytes() override {
    std::size_t bytes = 0;
    rows_.each([&](const auto& rows) { bytes += rows.kept_bytes(); });
    return bytes;
  }
  void trim(std::size_t limit) override {
    rows_.each([&](auto& rows) { rows.trim(limit); });
  }
  void discard() override {
    rows_.each([](auto& rows) { rows.discard(); });
  }

 private:
  typename Projection::Tables rows_;
};

/// What a table says of its rows, see above.
struct TableOrigin {
  StreamId (*rests_on)(BytesView key) = nullptr;  // nullptr: it does not say
  bool never_erased = false;
};

/// What the read side needs to know of a projection to run it.
struct ProjectionType {
  std::string_view name;
  std::uint32_t version = 0;
  std::vector<std::string_view> tables;
  std::vector<TableOrigin> origins;  // of each table
  std::unique_ptr<Folder> (*make)(const store::RowReader& base, std::string_view suffix) = nullptr;
};

namespace detail {

template <class Projection, class... Table>
constexpr bool tables_are_named_after(const Tables<Table...>*) {
  constexpr std::string_view kName = Projection::kName;
  return ((Table::kName.starts_with(kName) && Table::kName.substr(kName.size()).starts_with('.')) && ...);
}

template <class Table>
TableOrigin origin_of() {
  TableOrigin origin;
  if constexpr (requires(const typename Table::Key& key) { Table::rests_on(key); })
    origin.rests_on = [](BytesView key) { return Table::rests_on(key_of<typename Table::Key>(key)); };
  if constexpr (requires { Table::kNeverErased; }) origin.never_erased = Table::kNeverErased;
  return origin;
}
template <class... Table>
std::vector<TableOrigin> origins_of(const Tables<Table...>*) {
  return {origin_of<Table>()...};
}

}  // namespace detail

template <class Projection>
ProjectionType type_of() {
  static_assert(detail::tables_are_named_after<Projection>(static_cast<typename Projection::Tables*>(nullptr)));
  return {Projection::kName,
          Projection::kVersion,
          {std::begin(Projection::Tables::kNames), std::end(Projection::Tables::kNames)},
          detail::origins_of(static_cast<typename Projection::Tables*>(nullptr)),
          [](const store::RowReader& base, std::string_view suffix) -> std::unique_ptr<Folder> {
            return std::make_unique<FolderOf<Projection>>(base, suffix);
          }};
}

}  // namespace placet::projections
