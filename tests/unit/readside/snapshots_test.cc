#include "readside/snapshots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "domain/books/books.h"
#include "readside/as_of.h"
#include "tests/unit/readside/hosted.h"

namespace placet::readside {
namespace {

using projections::type_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::LedgerWriter;
using testing::Tally;
using testing::Witness;

struct SnapshotsTest : Hosted {
  void start() {
    Hosted::start({.ledger = kLedger, .projections = types, .advanced = {}, .snapshot_every = 10});
    catch_up();
  }
  void catch_up() {
    host->advance(log.size());
    ASSERT_TRUE(std::holds_alternative<Ready>(host->at_least(log.size(), testing::kPatience).value()));
  }
  /// Rows are kept behind the commit that a query may see.
  std::vector<LogSize> kept_at_the_end() {
    host.reset();
    return archive.sizes();
  }
  void write(std::size_t commands, std::size_t events) {
    for (std::size_t i = 0; i < commands; ++i) ledger.write(stops(events));
  }
  std::uint64_t total_at(std::uint64_t size) {
    const auto view = host->as_of().at(LogSize{size});
    EXPECT_TRUE(view.has_value()) << view.error().message;
    if (!view.has_value()) return 0;
    return view->get<testing::Totals>(0).value().value_or(testing::Totals::Row()).events;
  }
};

TEST_F(SnapshotsTest, AreTakenEverySoManyEventsAtTheEndOfACommand) {
  write(9, 4);
  start();
  EXPECT_THAT(kept_at_the_end(), ElementsAre(LogSize{8}, LogSize{20}, LogSize{28}));
  write(1, 4);
  start();
  EXPECT_THAT(kept_at_the_end(), ElementsAre(LogSize{8}, LogSize{20}, LogSize{28}, LogSize{40}));
}

TEST_F(SnapshotsTest, AreTakenWhereAPeriodWasClosed) {
  write(3, 1);
  ledger.write({{domain::books_stream(), domain::PeriodClosed{}, {}}, {kSystem, domain::SystemStopped{}, {}}});
  start();
  EXPECT_THAT(kept_at_the_end(), ElementsAre(LogSize{5}));
  write(1, 1);
  ledger.write(domain::books_stream(), domain::PeriodClosed{});
  write(1, 1);
  start();
  EXPECT_THAT(kept_at_the_end(), ElementsAre(LogSize{5}, LogSize{7}));
}

TEST_F(SnapshotsTest, ALookAtThePastFoldsOnFromTheNearestOne) {
  write(25, 1);
  start();
  kept_at_the_end();
  start();
  Tally::poisoned = 19;  // would fail if it were folded again
  EXPECT_EQ(total_at(20), 20);
  EXPECT_EQ(total_at(24), 24);
  EXPECT_EQ(total_at(25), 25);
  Tally::poisoned = 20;
  EXPECT_EQ(total_at(15), 15);
}

TEST_F(SnapshotsTest, OneThatIsGoneIsTakenAgainByTheLookThatPassesThere) {
  write(35, 1);
  start();
  kept_at_the_end();
  ASSERT_TRUE(archive.drop({10}));
  ASSERT_TRUE(archive.drop({20}));
  start();
  EXPECT_EQ(total_at(25), 25);
  EXPECT_THAT(host->snapshots(), ElementsAre(LogSize{10}, LogSize{20}, LogSize{30}));
}

TEST_F(SnapshotsTest, OnesOfAnotherVersionAreNotUsed) {
  write(15, 1);
  start();
  host.reset();
  types[0].version = 2;
  Tally::poisoned = 3;
  auto started = ProjectionHost::start(log, views, archive,
                                       {.ledger = kLedger, .projections = types, .advanced = {}, .snapshot_every = 10});
  ASSERT_TRUE(started.has_value());
  host = std::move(*started);
  EXPECT_FALSE(host->as_of().at(LogSize{12}).has_value()) << "must have begun at 0";
  EXPECT_THAT(host->snapshots(), IsEmpty());
}

TEST_F(SnapshotsTest, ARebuildForgetsThem) {
  write(15, 1);
  start();
  kept_at_the_end();
  start();
  EXPECT_EQ(total_at(12), 12);
  std::promise<Progress::State> ended;
  ASSERT_TRUE(host->rebuild("tally",
                            [&](const Progress& progress) {
                              if (progress.state != Progress::State::running) ended.set_value(progress.state);
                            })
                  .has_value());
  ASSERT_EQ(ended.get_future().get(), Progress::State::finished);
  EXPECT_THAT(host->snapshots(), IsEmpty());
  Tally::poisoned = 3;
  EXPECT_FALSE(host->as_of().at(LogSize{12}).has_value()) << "must have begun at 0";
}

TEST_F(SnapshotsTest, OnesOfAnotherLogAreNotUsed) {
  write(15, 1);
  start();
  host.reset();
  store::MemoryEventLog other;
  LedgerWriter other_ledger(other);
  other_ledger.now.micros += 1;
  for (int i = 0; i < 15; ++i) other_ledger.write(kSystem, domain::SystemStarted{});
  Snapshots snapshots(other, kLedger, types, archive, 10);
  EXPECT_EQ(snapshots.nearest({12})->size, LogSize{0});
  EXPECT_THAT(snapshots.sizes(), IsEmpty());
}

TEST_F(SnapshotsTest, OneThatLacksAStoppedProjectionIsNotTaken) {
  Tally::poisoned = 3;
  write(15, 1);
  host.reset();
  auto started = ProjectionHost::start(log, views, archive,
                                       {.ledger = kLedger, .projections = types, .advanced = {}, .snapshot_every = 10});
  ASSERT_TRUE(started.has_value());
  host = std::move(*started);
  const std::vector<std::string_view> witness = {"witness"};
  ASSERT_TRUE(std::holds_alternative<Ready>(host->at_least({15}, testing::kPatience, witness).value()));
  EXPECT_THAT(kept_at_the_end(), IsEmpty());
}

TEST_F(SnapshotsTest, AreThinnedTheMoreTheFurtherBack) {
  write(400, 1);
  start();
  const auto sizes = kept_at_the_end();
  EXPECT_EQ(sizes.size(), Snapshots::kMax);
  EXPECT_EQ(sizes.back(), LogSize{400});
  EXPECT_EQ(sizes[sizes.size() - 2], LogSize{390});
  EXPECT_LE(sizes.front(), LogSize{200});
}

}  // namespace
}  // namespace placet::readside
