#include "readside/fold.h"

#include <gtest/gtest.h>

#include <optional>

#include "readside/as_of.h"
#include "store/memory/event_log.h"
#include "store/memory/row_archive.h"
#include "store/memory/row_store.h"
#include "tests/unit/readside/ledger_writer.h"
#include "tests/unit/readside/tally.h"

namespace placet::readside {
namespace {

using projections::type_of;
using testing::LedgerWriter;
using testing::Tally;

const std::vector<std::string> kTables = {"tally.totals", "tally.streams", "witness.totals"};
const StreamId kSystem{1, {0, 1}};

std::vector<testing::Fact> stops(std::size_t count) {
  return std::vector<testing::Fact>(count, {kSystem, domain::SystemStopped{}, {}});
}

struct FoldTest : ::testing::Test {
  store::MemoryEventLog log;
  LedgerWriter ledger{log};
  store::MemoryRowStore rows{kTables};
  std::vector<LogSize> commits;
  std::optional<Stopped> stopped;
  std::stop_source stop;
  bool stop_at_commit = false;
  Fold fold{log,
            {},
            Fold::kLive,
            {[this](store::RowBatch& batch, LogSize size) {
               commits.push_back(size);
               if (stop_at_commit) stop.request_stop();
               return rows.write(batch, store::Durability::buffered);
             },
             [this](const Stopped& why) { stopped = why; }}};

  void SetUp() override {
    Tally::poisoned = Tally::kNoPosition;
    fold.add(type_of<Tally>().make(rows, ""));
    fold.add(type_of<testing::Witness>().make(rows, ""));
  }
  std::uint64_t total(std::string_view table) {
    const auto bytes = rows.get(table, projections::key_bytes(std::uint8_t{0})).value();
    return bytes ? store::decode_row<testing::Totals::Row>(*bytes).value().events : 0;
  }
};

TEST_F(FoldTest, CommandsAreTakenWholeOrNotAtAll) {
  ledger.write(stops(3));
  ledger.write(stops(4));
  ASSERT_TRUE(fold.advance({5}).has_value());
  EXPECT_EQ(fold.size(), LogSize{3});
  EXPECT_EQ(total("tally.totals"), 3);
  ASSERT_TRUE(fold.advance({7}).has_value());
  EXPECT_EQ(fold.size(), LogSize{7});
  EXPECT_EQ(total("tally.totals"), 7);
}

TEST_F(FoldTest, EveryCommitStandsAtTheEndOfACommand) {
  for (int i = 0; i < 3'000; ++i) ledger.write(stops(7));
  ASSERT_TRUE(fold.advance(log.size()).has_value());
  EXPECT_GE(commits.size(), 2);
  for (const LogSize size : commits) EXPECT_EQ(size.value % 7, 0);
  EXPECT_EQ(commits.back(), log.size());
}

TEST_F(FoldTest, StopsBetweenCommandsAndKeepsWhatIsDone) {
  for (int i = 0; i < 3'000; ++i) ledger.write(stops(7));
  stop_at_commit = true;
  ASSERT_TRUE(fold.advance(log.size(), stop.get_token()).has_value());
  EXPECT_LT(fold.size(), log.size());
  EXPECT_EQ(total("tally.totals"), fold.size().value);
  stop = {};
  stop_at_commit = false;
  ASSERT_TRUE(fold.advance(log.size(), stop.get_token()).has_value());
  EXPECT_EQ(total("tally.totals"), log.size().value);
}

TEST_F(FoldTest, AProjectionThatFailsFallsOffAndTheOthersGoOn) {
  ledger.write(stops(2));
  ASSERT_TRUE(fold.advance(log.size()).has_value());
  ledger.write(stops(3));
  Tally::poisoned = 3;
  ASSERT_TRUE(fold.advance(log.size()).has_value());
  ASSERT_TRUE(stopped.has_value());
  EXPECT_EQ(stopped->projection, "tally");
  EXPECT_EQ(stopped->position, LogPosition{3});
  EXPECT_NE(stopped->why.find("poisoned by the test"), std::string::npos);
  EXPECT_EQ(total("tally.totals"), 2) << "its rows stay at the last commit";
  EXPECT_EQ(total("witness.totals"), 5);
  EXPECT_EQ(fold.riders(), 1);
}

TEST_F(FoldTest, ARecordThatCannotBeReadEndsItWithoutACommit) {
  ledger.write(stops(2));
  store::Group group(log.size());
  group.add_record(kSystem, {2}, "no record");
  ASSERT_TRUE(log.append(group).has_value());
  const auto advanced = fold.advance(log.size());
  ASSERT_FALSE(advanced.has_value());
  EXPECT_EQ(advanced.error().code, ErrorCode::corrupt);
  EXPECT_TRUE(commits.empty());
}

struct AsOfTest : ::testing::Test {
  store::MemoryEventLog log;
  LedgerWriter ledger{log};
  std::vector<projections::ProjectionType> types = {type_of<Tally>()};
  store::MemoryRowArchive archive;
  Snapshots snapshots{log, LedgerId({1, 1}), types, archive};
  AsOf as_of{log, LedgerId({1, 1}), types, snapshots};

  void SetUp() override { Tally::poisoned = Tally::kNoPosition; }
  std::uint64_t total(const View& view) {
    return view.get<testing::Totals>(0).value().value_or(testing::Totals::Row()).events;
  }
};

TEST_F(AsOfTest, RowsAreThoseOfThatSize) {
  ledger.write(stops(3));
  ledger.write(stops(4));
  for (const std::uint64_t size : {0, 3, 7}) {
    const auto view = as_of.at(LogSize{size});
    ASSERT_TRUE(view.has_value());
    EXPECT_EQ(view->basis(), (Basis{LedgerId({1, 1}), {size}}));
    EXPECT_FALSE(view->rounded_down());
    EXPECT_EQ(total(*view), size);
  }
}

TEST_F(AsOfTest, TheMiddleOfACommandIsRoundedDownAndSaidSo) {
  ledger.write(stops(3));
  ledger.write(stops(4));
  const auto view = as_of.at(LogSize{6});
  ASSERT_TRUE(view.has_value());
  EXPECT_EQ(view->basis().size, LogSize{3});
  EXPECT_TRUE(view->rounded_down());
}

TEST_F(AsOfTest, BeyondTheLogIsAnUnknownPosition) {
  ledger.write(stops(3));
  const auto view = as_of.at(LogSize{4});
  ASSERT_FALSE(view.has_value());
  EXPECT_EQ(view.error().code, ErrorCode::not_found);
}

TEST_F(AsOfTest, AMomentMeansWhatWasRecordedUpToThen) {
  const Timestamp first = ledger.now;
  ledger.write(stops(3));
  ledger.write(stops(2));
  ledger.now.micros += 10;
  ledger.write(stops(4));
  EXPECT_EQ(as_of.at(Timestamp{first.micros - 1})->basis().size, LogSize{0});
  EXPECT_EQ(as_of.at(first)->basis().size, LogSize{5});
  EXPECT_EQ(as_of.at(Timestamp{first.micros + 9})->basis().size, LogSize{5});
  EXPECT_EQ(as_of.at(ledger.now)->basis().size, LogSize{9});
}

TEST_F(AsOfTest, TheLastOnesAreKept) {
  ledger.write(stops(1));
  ledger.write(stops(1));
  ledger.write(stops(1));
  ASSERT_TRUE(as_of.at(LogSize{1}).has_value());
  ASSERT_TRUE(as_of.at(LogSize{2}).has_value());
  Tally::poisoned = 0;  // from here on nothing can be folded
  EXPECT_TRUE(as_of.at(LogSize{1}).has_value());
  EXPECT_TRUE(as_of.at(LogSize{2}).has_value());
  const auto fresh = as_of.at(LogSize{3});
  ASSERT_FALSE(fresh.has_value());
  EXPECT_EQ(fresh.error().code, ErrorCode::unavailable);
}

TEST_F(AsOfTest, AQueryThatIsCalledOffLeavesNothingBehind) {
  ledger.write(stops(1));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(as_of.at(LogSize{1}, stop.get_token()).has_value());
  EXPECT_TRUE(as_of.at(LogSize{1}).has_value());
}

}  // namespace
}  // namespace placet::readside
