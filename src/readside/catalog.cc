#include "readside/catalog.h"

#include <algorithm>

#include "crypto/sha256.h"
#include "readside/view.h"

namespace placet::readside {

namespace {

constexpr std::string_view kGeneration = "generation";

}  // namespace

Result<std::uint32_t> Catalog::last_generation() const {
  PLACET_ASSIGN(const auto number, read<std::uint32_t>(views_, kGeneration));
  return number.value_or(0);
}

void Catalog::put(store::RowBatch& batch, const TrainRow& row) { batch.put(kTable, kTrain, store::encode_row(row)); }
void Catalog::put(store::RowBatch& batch, std::string_view name, const LiveRow& row) {
  batch.put(kTable, live_key(name), store::encode_row(row));
}
void Catalog::put(store::RowBatch& batch, std::string_view name, const BuildRow& row) {
  batch.put(kTable, build_key(name), store::encode_row(row));
}
void Catalog::put_last_generation(store::RowBatch& batch, std::uint32_t number) {
  batch.put(kTable, kGeneration, store::encode_row(number));
}

Result<std::optional<LiveRow>> Catalog::live(std::string_view name) const { return live_row(views_, name); }

Result<std::vector<std::string>> Catalog::names_under(std::string_view prefix) const {
  std::vector<std::string> names;
  PLACET_TRY(views_.scan(kTable, store::keys_with_prefix(prefix), [&](BytesView key, BytesView) {
    names.emplace_back(key.substr(prefix.size()));
    return true;
  }));
  return names;
}

Result<std::vector<std::string>> Catalog::names() const {
  PLACET_ASSIGN(auto names, names_under("live/"));
  PLACET_ASSIGN(const auto building, names_under("build/"));
  for (const std::string& name : building)
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  return names;
}

Result<void> Catalog::wipe() {
  // The cursors go first: rows without a cursor are dropped at the next start, a cursor without its rows would be
  // believed.
  PLACET_TRY(views_.drop_table(kTable));
  for (const std::string& table : views_.tables()) PLACET_TRY(views_.drop_table(table));
  return views_.create_table(kTable);
}

Result<void> Catalog::lay_out(const std::vector<projections::ProjectionType>& types, LedgerId ledger) {
  store::RowBatch batch;
  std::uint32_t generation = 0;
  PLACET_TRY(views_.create_table(kTable));
  for (const projections::ProjectionType& type : types) {
    PLACET_TRY(create_tables(views_, type, ++generation));
    put(batch, type.name, LiveRow{type.version, generation});
  }
  put_last_generation(batch, generation);
  put(batch, TrainRow{ledger, {}, {}});
  return views_.write(batch, store::Durability::buffered);
}

Result<void> Catalog::create_tables(store::RowStore& views, const projections::ProjectionType& type,
                                    std::uint32_t generation) {
  const std::string suffix = Generation{std::string(type.name), generation}.suffix();
  for (const std::string_view table : type.tables) PLACET_TRY(views.create_table(std::string(table) + suffix));
  return {};
}

Result<std::optional<LiveRow>> live_row(const store::RowReader& reader, std::string_view projection) {
  return Catalog::read<LiveRow>(reader, Catalog::live_key(projection));
}

Result<LogSize> train_size(const store::RowReader& reader) {
  PLACET_ASSIGN(const auto row, Catalog::read<TrainRow>(reader, Catalog::kTrain));
  return row ? row->size : LogSize{};
}

Result<TrainRow> train_row_at(const store::EventLog& log, LedgerId ledger, LogSize size) {
  TrainRow row{ledger, size, {}};
  if (size.value == 0) return row;
  PLACET_ASSIGN(const Bytes record, log.record({size.value - 1}));
  row.last_record = crypto::sha256(record);
  return row;
}

}  // namespace placet::readside
