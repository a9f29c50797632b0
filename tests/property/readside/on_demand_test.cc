#include "readside/on_demand.h"

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "codec/record.h"
#include "projections/all.h"
#include "readside/as_of.h"
#include "store/memory/row_archive.h"
#include "store/memory/row_store.h"
#include "tests/property/engine/sent_history.h"
#include "tests/support/seed.h"

namespace placet::readside {
namespace {

using domain::testing::kLedger;

constexpr std::size_t kStepsAtOnce = 20;
constexpr std::uint64_t kEvents = 20'000;
constexpr std::uint64_t kSnapshotEvery = 3'000;
constexpr std::size_t kMoments = 12;

struct OnDemand : ::testing::Test {
  const std::vector<projections::ProjectionType> types = projections::all();
  testing::SentHistory history{testing::seed_or(20261127)};
  const store::EventLog& log = history.log();
  SeededRandom choice{~history.history().seed()};

  void SetUp() override {
    while (log.size().value < kEvents) history.run(kStepsAtOnce);
  }
};

/// What tables say of their rows (projections/projection.h) is so.
TEST_F(OnDemand, ARowRestsOnTheOneStreamThatItsTableNamesAndIsNotErasedWhereItSaysSo) {
  std::size_t checked = 0;
  for (const auto& type : types) {
    store::MemoryRowStore rows(std::vector<std::string>(type.tables.begin(), type.tables.end()));
    const auto folder = type.make(rows, "");
    ASSERT_TRUE(log.read({0}, [&](LogPosition position, BytesView record) {
      const auto stored = codec::read_record(record).value();
      folder->apply(stored.event, stored.meta);
      store::RowBatch batch;
      folder->flush(batch);
      batch.for_each([&](const store::RowBatch::Change& change) {
        const std::string& table = batch.tables()[change.table];
        const auto place = std::ranges::find(type.tables, table) - type.tables.begin();
        const projections::TableOrigin& origin = type.origins[static_cast<std::size_t>(place)];
        if (origin.rests_on == nullptr) return;
        ++checked;
        EXPECT_EQ(origin.rests_on(change.key), stored.meta.stream) << table << ", position " << position.value;
        EXPECT_TRUE(change.value || !origin.never_erased) << table << ", position " << position.value;
      });
      EXPECT_TRUE(rows.write(batch, store::Durability::synced));
      return !HasFailure();
    }));
  }
  std::cout << checked << " changes of rows looked at\n";
  EXPECT_GT(checked, kEvents / 4);
}

using Rows = std::map<Bytes, Bytes>;

Rows rows_in(const View& view, std::string_view table) {
  Rows rows;
  EXPECT_TRUE(view.scan_bytes(table, [&](BytesView key, BytesView row) { return rows.emplace(key, row).second; }));
  return rows;
}

TEST_F(OnDemand, RowsAreThoseOfWholeBooks) {
  store::MemoryRowArchive archive;
  Snapshots snapshots(log, kLedger, types, archive, kSnapshotEvery);
  AsOf as_of(log, kLedger, types, snapshots);
  const View live = as_of.at(command_end_at(log, log.size())->size).value();
  ASSERT_FALSE(archive.sizes().empty());
  std::size_t rows_seen = 0, lists_seen = 0;
  for (std::size_t moment = 0; moment < kMoments; ++moment) {
    const LogSize size = command_end_at(log, {choice.next() % log.size().value})->size;
    const View whole = as_of.at(size).value();
    const auto base = snapshots.nearest_to_read(size).value();
    const auto fresh = [&] { return RowsOnDemand(log, types, base, live, size); };
    auto on_demand = std::make_unique<RowsOnDemand>(fresh());
    for (std::size_t projection = 0; projection < types.size(); ++projection) {
      for (std::size_t i = 0; i < types[projection].tables.size(); ++i) {
        const auto& origin = types[projection].origins[i];
        if (origin.rests_on == nullptr) continue;
        const std::string_view table = types[projection].tables[i];
        const std::string stored = std::string(table) + base->generations[projection]->suffix();
        const Rows should_be = rows_in(whole, table);
        for (const auto& [key, ignored] : rows_in(live, table)) {
          if (choice.next() % 8 != 0) continue;
          // Alone, and beside others that were looked at before.
          if (choice.next() % 4 == 0) on_demand = std::make_unique<RowsOnDemand>(fresh());
          const auto found = should_be.find(key);
          const auto row = on_demand->get(stored, key);
          ASSERT_TRUE(row.has_value()) << table << ": " << row.error().message;
          ASSERT_EQ(*row, found == should_be.end() ? std::nullopt : std::optional(found->second))
              << table << " as of " << size.value;
          ++rows_seen;
          if (!origin.never_erased) continue;
          const store::KeyRange range = store::keys_with_prefix(BytesView(key).substr(0, 16));
          Rows list, expected;
          ASSERT_TRUE(on_demand->scan(stored, range, [&](BytesView one, BytesView its_row) {
            return list.emplace(one, its_row).second;
          })) << table;
          ASSERT_TRUE(whole.scan_bytes(
              table, [&](BytesView one, BytesView its_row) { return expected.emplace(one, its_row).second; }, range));
          ASSERT_EQ(list, expected) << table << " as of " << size.value;
          ++lists_seen;
        }
        EXPECT_FALSE(on_demand->gave_up());
      }
    }
  }
  std::cout << rows_seen << " rows and " << lists_seen << " lists at " << kMoments << " moments, snapshots at "
            << archive.sizes().size() << " sizes\n";
  EXPECT_GT(rows_seen, 1'000);
  EXPECT_GT(lists_seen, 100);
}

}  // namespace
}  // namespace placet::readside
