#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "projections/projection.h"
#include "store/event_log.h"
#include "store/row_batch.h"
#include "store/row_codec.h"
#include "store/row_store.h"

namespace placet::readside {

/// Where the rows of all live projections stand. `last_record` is the SHA-256 of the record before `size`: rows of
/// another log, or of one that was set back and written again, are not taken for its own.
struct TrainRow {
  LedgerId ledger;
  LogSize size;
  Digest last_record{};
  template <class A>
  void serialize(A& archive) {
    archive(ledger, size, last_record);
  }
};

/// The rows that queries read.
struct LiveRow {
  std::uint32_t version = 0;
  std::uint32_t generation = 0;
  template <class A>
  void serialize(A& archive) {
    archive(version, generation);
  }
};

/// Rows that are being built apart from the train, and how far they are.
struct BuildRow {
  std::uint32_t version = 0;
  std::uint32_t generation = 0;
  LogSize size;
  template <class A>
  void serialize(A& archive) {
    archive(version, generation, size);
  }
};

/// What stands in `views/`, itself kept there so that it can never be ahead of the rows or behind them:
///
///   table cursors    "train"           ->  TrainRow
///                    "live/" NAME      ->  LiveRow
///                    "build/" NAME     ->  BuildRow
///                    "generation"      ->  u32, the last one given out
///   table NAME.TABLE.GENERATION        ->  rows of a projection
///
/// Reads show what is stored; changes go into a batch of the caller's.
class Catalog {
 public:
  static constexpr std::string_view kTable = "cursors";
  static constexpr std::string_view kTrain = "train";

  explicit Catalog(store::RowStore& views) : views_(views) {}

  Result<std::optional<TrainRow>> train() const { return read<TrainRow>(views_, kTrain); }
  Result<std::optional<LiveRow>> live(std::string_view name) const;
  Result<std::optional<BuildRow>> build(std::string_view name) const { return read<BuildRow>(views_, build_key(name)); }
  Result<std::uint32_t> last_generation() const;

  static void put(store::RowBatch& batch, const TrainRow& row);
  static void put(store::RowBatch& batch, std::string_view name, const LiveRow& row);
  static void put(store::RowBatch& batch, std::string_view name, const BuildRow& row);
  static void put_last_generation(store::RowBatch& batch, std::uint32_t number);
  static void erase_live(store::RowBatch& batch, std::string_view name) { batch.erase(kTable, live_key(name)); }
  static void erase_build(store::RowBatch& batch, std::string_view name) { batch.erase(kTable, build_key(name)); }

  /// Every name that has a live or a build row; those that have a live one.
  Result<std::vector<std::string>> names() const;
  Result<std::vector<std::string>> live_names() const { return names_under("live/"); }
  /// Back to nothing but an empty table of cursors.
  Result<void> wipe();
  /// After a wipe: empty tables for all projections, which are live at size 0.
  Result<void> lay_out(const std::vector<projections::ProjectionType>& types, LedgerId ledger);
  static Result<void> create_tables(store::RowStore& views, const projections::ProjectionType& type,
                                    std::uint32_t generation);

  static Bytes live_key(std::string_view name) { return "live/" + Bytes(name); }

  /// A row of the table, in rows seen through `reader`.
  template <class Row>
  static Result<std::optional<Row>> read(const store::RowReader& reader, BytesView key) {
    PLACET_ASSIGN(const std::optional<Bytes> bytes, reader.get(kTable, key));
    if (!bytes) return std::nullopt;
    PLACET_ASSIGN(Row row, store::decode_row<Row>(*bytes));
    return std::optional(row);
  }

 private:
  Result<std::vector<std::string>> names_under(std::string_view prefix) const;
  static Bytes build_key(std::string_view name) { return "build/" + Bytes(name); }

  store::RowStore& views_;
};

/// Which rows of a projection are live, in rows seen through `reader`.
Result<std::optional<LiveRow>> live_row(const store::RowReader& reader, std::string_view projection);

/// The cursor of the train in rows seen through `reader`; size 0 without one.
Result<LogSize> train_size(const store::RowReader& reader);

/// The row that says "the rows stand at `size` of this log".
Result<TrainRow> train_row_at(const store::EventLog& log, LedgerId ledger, LogSize size);

}  // namespace placet::readside
