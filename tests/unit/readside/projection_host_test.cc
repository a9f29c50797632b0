#include "readside/projection_host.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

#include "tests/unit/readside/hosted.h"

namespace placet::readside {
namespace {

using namespace std::chrono_literals;
using projections::type_of;
using testing::LedgerWriter;
using testing::Tally;
using testing::Witness;

struct ProjectionHostTest : Hosted {
  void TearDown() override { Tally::release(); }

  void start() { Hosted::start({kLedger, types, {}}); }
  void write(std::size_t count) {
    ledger.write(stops(count));
    if (host) host->advance(log.size());
  }
  AtLeast at_least(LogSize size, std::vector<std::string_view> names = {}) {
    return host->at_least(size, testing::kPatience, names).value();
  }
  View caught_up(std::vector<std::string_view> names = {}) {
    auto answer = at_least(log.size(), std::move(names));
    EXPECT_TRUE(std::holds_alternative<Ready>(answer)) << answer.index();
    return std::get<Ready>(std::move(answer)).view;
  }
  template <class Table>
  static std::uint64_t total(const View& view) {
    const auto row = view.get<Table>(0);
    EXPECT_TRUE(row.has_value());
    return row.has_value() ? row->value_or(testing::Totals::Row()).events : 0;
  }
  ProjectionStatus status_of(std::string_view name) {
    for (const auto& one : host->status())
      if (one.name == name) return one;
    ADD_FAILURE() << name;
    return {};
  }
  bool is_table(const std::string& name) {
    const auto tables = views.tables();
    return std::ranges::find(tables, name) != tables.end();
  }
  /// Rebuilds and waits for the end of it.
  Progress::State rebuilt(std::string_view name, ProgressSink also = {}) {
    std::promise<Progress::State> ended;
    const auto asked = host->rebuild(name, [&](const Progress& progress) {
      if (also) also(progress);
      if (progress.state != Progress::State::running) ended.set_value(progress.state);
    });
    EXPECT_TRUE(asked.has_value());
    return ended.get_future().get();
  }
};

// ---- basis and at_least

TEST_F(ProjectionHostTest, AnswersReadyWithRowsOfTheStatedBasis) {
  write(3);
  start();
  write(4);
  const View view = caught_up();
  EXPECT_EQ(view.basis(), (Basis{kLedger, {7}}));
  EXPECT_EQ(total<testing::Totals>(view), 7);
  EXPECT_EQ(total<testing::Witnesses>(view), 7);
}

TEST_F(ProjectionHostTest, AnswersBehindWithItsBasisWhenTheTimeIsUp) {
  start();
  write(3);
  caught_up();
  Tally::hold();
  write(2);
  const auto answer = host->at_least({5}, 1ms).value();
  ASSERT_TRUE(std::holds_alternative<Behind>(answer));
  EXPECT_EQ(std::get<Behind>(answer).basis, (Basis{kLedger, {3}}));
  Tally::release();
  EXPECT_EQ(caught_up().basis().size, LogSize{5});
}

TEST_F(ProjectionHostTest, AnswersUnknownPositionBeyondTheLogAtOnce) {
  write(3);
  start();
  const auto answer = at_least({4});
  ASSERT_TRUE(std::holds_alternative<UnknownPosition>(answer));
  EXPECT_EQ(std::get<UnknownPosition>(answer).log_size, LogSize{3});
}

TEST_F(ProjectionHostTest, AnswersStoppedForAPoisonedProjectionAndServesTheOthers) {
  start();
  write(3);
  caught_up();
  Tally::poisoned = 4;
  write(2);
  write(1);
  const auto answer = at_least({6});
  ASSERT_TRUE(std::holds_alternative<Stopped>(answer));
  EXPECT_EQ(std::get<Stopped>(answer).projection, "tally");
  EXPECT_EQ(std::get<Stopped>(answer).position, LogPosition{4});
  EXPECT_FALSE(std::get<Stopped>(answer).why.empty());

  const View view = caught_up({"witness"});
  EXPECT_EQ(total<testing::Witnesses>(view), 6);
  EXPECT_FALSE(view.has("tally"));
  const auto row = view.get<testing::Totals>(0);
  ASSERT_FALSE(row.has_value());
  EXPECT_EQ(row.error().code, ErrorCode::unavailable);
  EXPECT_EQ(status_of("tally").state, ProjectionState::stopped);
  EXPECT_EQ(status_of("tally").size, LogSize{3});
}

TEST_F(ProjectionHostTest, AStoppedProjectionComesBackWithAProgramThatTakesTheEvent) {
  start();
  write(3);
  caught_up();
  Tally::poisoned = 3;
  write(2);
  ASSERT_TRUE(std::holds_alternative<Stopped>(at_least({5})));
  Tally::poisoned = Tally::kNoPosition;
  start();
  EXPECT_EQ(total<testing::Totals>(caught_up()), 5);
}

TEST_F(ProjectionHostTest, AStoppedProjectionComesBackByARebuild) {
  start();
  Tally::poisoned = 1;
  write(2);
  ASSERT_TRUE(std::holds_alternative<Stopped>(at_least({2})));
  Tally::poisoned = Tally::kNoPosition;
  EXPECT_EQ(rebuilt("tally"), Progress::State::finished);
  EXPECT_EQ(total<testing::Totals>(caught_up()), 2);
}

TEST_F(ProjectionHostTest, ALogThatCannotBeReadStopsAllOfThemVisibly) {
  start();
  write(2);
  caught_up();
  store::Group group(log.size());
  group.add_record(kSystem, {2}, "no record");
  ASSERT_TRUE(log.append(group).has_value());
  host->advance(log.size());
  EXPECT_TRUE(std::holds_alternative<Stopped>(at_least({3})));
  EXPECT_EQ(status_of("witness").state, ProjectionState::stopped);
}

TEST_F(ProjectionHostTest, ARestingTrainDepartsForWhoWaitsAndForNothingElse) {
  std::atomic<int> departures = 0;
  auto started = ProjectionHost::start(
      log, views, archive,
      {.ledger = kLedger, .projections = types, .advanced = [&](LogSize) { ++departures; }, .rest = 24h});
  ASSERT_TRUE(started.has_value()) << started.error().message;
  host = std::move(*started);
  write(1);
  caught_up();
  for (int i = 0; i < 5; ++i) write(1);
  EXPECT_EQ(caught_up().basis().size, LogSize{6});
  host.reset();
  EXPECT_EQ(departures, 2);
}

TEST_F(ProjectionHostTest, AViewDoesNotMove) {
  start();
  write(3);
  const View before = caught_up();
  write(4);
  caught_up();
  EXPECT_EQ(before.basis().size, LogSize{3});
  EXPECT_EQ(total<testing::Totals>(before), 3);
}

// ---- start

TEST_F(ProjectionHostTest, GoesOnWhereItStoodWithoutReadingTheLogAgain) {
  start();
  write(3);
  caught_up();
  host.reset();
  Tally::poisoned = 0;  // would fail if it were read again
  start();
  write(2);
  EXPECT_EQ(total<testing::Totals>(caught_up()), 5);
}

TEST_F(ProjectionHostTest, AfterACrashTheCursorStandsWhereTheRowsDo) {
  start();
  write(3);
  caught_up();
  host.reset();
  ASSERT_TRUE(views.flush().has_value());
  start();
  write(4);
  caught_up();
  host.reset();
  views.crash();
  start();
  EXPECT_EQ(total<testing::Totals>(caught_up()), 7);
}

TEST_F(ProjectionHostTest, RowsOfAnotherLogAreNotTakenForItsOwn) {
  start();
  write(3);
  caught_up();
  host.reset();
  // The log was set back and has grown again, past the old size, with other events.
  store::MemoryEventLog other;
  LedgerWriter other_ledger(other);
  other_ledger.now.micros += 1;
  for (int i = 0; i < 4; ++i) other_ledger.write(stops(1));
  auto started = ProjectionHost::start(other, views, archive, {kLedger, types, {}});
  ASSERT_TRUE(started.has_value());
  auto answer = (*started)->at_least({4}, testing::kPatience).value();
  ASSERT_TRUE(std::holds_alternative<Ready>(answer));
  EXPECT_EQ(total<testing::Totals>(std::get<Ready>(answer).view), 4);
}

// ---- rebuild

TEST_F(ProjectionHostTest, QueriesAreAnsweredDuringARebuildAndTheNewRowsTakeTheirPlace) {
  start();
  write(3);
  const View held = caught_up();
  const auto tables_before = views.tables();
  std::uint64_t seen_meanwhile = 0;
  EXPECT_EQ(rebuilt("tally",
                    [&](const Progress& progress) {
                      if (progress.state != Progress::State::running) return;
                      EXPECT_EQ(status_of("tally").state, ProjectionState::live);
                      seen_meanwhile = total<testing::Totals>(host->view().value());
                    }),
            Progress::State::finished);
  EXPECT_EQ(seen_meanwhile, 3);
  write(2);
  EXPECT_EQ(total<testing::Totals>(caught_up()), 5);
  EXPECT_NE(views.tables(), tables_before);
  EXPECT_EQ(total<testing::Totals>(held), 3) << "an old view keeps its rows";
}

TEST_F(ProjectionHostTest, OldRowsGoWhenNoViewHoldsThemAnyMore) {
  start();
  write(3);
  std::optional<View> held = caught_up();
  ASSERT_EQ(rebuilt("tally"), Progress::State::finished);
  write(1);
  caught_up();
  const std::size_t with_old = views.tables().size();
  held.reset();
  start();
  EXPECT_EQ(views.tables().size(), with_old - 2);
}

TEST_F(ProjectionHostTest, GoesOnAfterTheOldRowsWereDropped) {
  start();
  write(3);
  caught_up();
  const std::size_t tables = views.tables().size();
  ASSERT_EQ(rebuilt("tally"), Progress::State::finished);
  for (std::size_t i = 0; i < 3; ++i) {
    write(1);
    EXPECT_EQ(total<testing::Totals>(caught_up()), 4 + i);
  }
  EXPECT_EQ(views.tables().size(), tables);
}

TEST_F(ProjectionHostTest, ARebuildThatIsCancelledGoesOnWhereItLeftOff) {
  for (int i = 0; i < 140; ++i) ledger.write(stops(1'000));
  start();
  caught_up();
  LogSize reached;
  EXPECT_EQ(rebuilt("tally",
                    [&](const Progress& progress) {
                      reached = progress.done;
                      if (progress.state == Progress::State::running) {
                        EXPECT_TRUE(host->cancel_rebuild("tally"));
                      }
                    }),
            Progress::State::cancelled);
  ASSERT_GT(reached.value, 0);
  ASSERT_LT(reached, log.size());
  EXPECT_EQ(status_of("tally").state, ProjectionState::live);
  EXPECT_EQ(status_of("tally").rebuilt, reached);
  EXPECT_FALSE(host->cancel_rebuild("tally")) << "it is not running any more";

  start();                              // in another process as well
  Tally::poisoned = reached.value - 1;  // would fail if it began anew
  EXPECT_EQ(rebuilt("tally"), Progress::State::finished);
  EXPECT_EQ(total<testing::Totals>(caught_up()), log.size().value);
  EXPECT_EQ(status_of("tally").rebuilt, std::nullopt);
}

TEST_F(ProjectionHostTest, ARebuildThatFailsLeavesTheLiveRowsAsTheyAre) {
  start();
  write(3);
  caught_up();
  Tally::poisoned = 1;
  EXPECT_EQ(rebuilt("tally"), Progress::State::stopped);
  EXPECT_EQ(status_of("tally").state, ProjectionState::live);
  EXPECT_TRUE(status_of("tally").stopped.has_value());
  write(2);
  EXPECT_EQ(total<testing::Totals>(caught_up()), 5);
}

TEST_F(ProjectionHostTest, RebuildsOneThingOnceAtATime) {
  start();
  write(3);
  caught_up();
  EXPECT_EQ(host->rebuild("nothing").error().code, ErrorCode::not_found);
  Tally::hold();
  ASSERT_TRUE(host->rebuild("tally").has_value());
  EXPECT_EQ(host->rebuild("tally").error().code, ErrorCode::unavailable);
}

TEST_F(ProjectionHostTest, ANewVersionIsBuiltWhileTheOthersAreServed) {
  start();
  write(3);
  caught_up();
  const auto old_tables = views.tables();
  host.reset();
  types[0].version = 2;
  Tally::hold();
  start();
  EXPECT_EQ(status_of("tally").state, ProjectionState::building);
  EXPECT_EQ(total<testing::Witnesses>(caught_up({"witness"})), 3);
  EXPECT_TRUE(std::holds_alternative<Behind>(host->at_least({3}, 1ms).value()));
  Tally::release();
  const View view = caught_up();
  EXPECT_EQ(total<testing::Totals>(view), 3);
  EXPECT_EQ(status_of("tally").version, 2);
  for (const std::string& table : old_tables) EXPECT_EQ(is_table(table), !table.starts_with("tally")) << table;
}

TEST_F(ProjectionHostTest, OneThatIsNewJoinsTheOthers) {
  types.pop_back();
  start();
  write(3);
  caught_up();
  types.push_back(type_of<Witness>());
  start();
  write(1);
  const View view = caught_up();
  EXPECT_EQ(total<testing::Totals>(view), 4);
  EXPECT_EQ(total<testing::Witnesses>(view), 4);
}

// ---- threads

TEST_F(ProjectionHostTest, EveryViewIsWholeWhileOthersAppendRebuildAndRead) {
  start();
  constexpr int kCommands = 400;
  std::atomic<bool> writing = true;
  std::atomic<std::uint64_t> views_read = 0;
  std::thread writer([&] {
    for (int i = 0; i < kCommands; ++i) write(static_cast<std::size_t>(1 + i % 5));
    writing = false;
  });
  std::thread rebuilder([&] {
    while (writing) (void)host->rebuild("tally");
  });
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 2; ++reader)
    readers.emplace_back([&] {
      do {
        const View view = host->view().value();
        EXPECT_EQ(total<testing::Totals>(view), view.basis().size.value);
        EXPECT_EQ(total<testing::Witnesses>(view), view.basis().size.value);
        EXPECT_FALSE(command_end_at(log, view.basis().size)->rounded_down);
        ++views_read;
      } while (writing);
    });
  writer.join();
  rebuilder.join();
  for (std::thread& reader : readers) reader.join();
  EXPECT_GT(views_read.load(), 0);
  EXPECT_EQ(total<testing::Totals>(caught_up()), log.size().value);
}

}  // namespace
}  // namespace placet::readside
