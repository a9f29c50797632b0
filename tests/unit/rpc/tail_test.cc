// The newest end of the log, as those who follow it see it.

#include "rpc/tail.h"

#include <gtest/gtest.h>

#include <optional>

#include "domain/streams.h"
#include "store/memory/event_log.h"
#include "tests/unit/readside/ledger_writer.h"
#include "tests/unit/rpc/interests.h"

namespace placet::rpc {
namespace {

using domain::Role;
using testing::bit_of;
using testing::interest;
using testing::kOurs;
using testing::kTheirs;
using testing::staff;

const StreamId kSystem{1, {0, 1}};
constexpr auto kHour = 3'600 * kj::SECONDS;

class TailTest : public ::testing::Test {
 protected:
  TailTest() { ledger_.audience = bit_of(Role::auditor) | bit_of(Role::worker); }
  ~TailTest() noexcept override = default;

  /// One command of so many events.
  LogPosition append(const domain::Parties& parties, std::size_t count = 1, StreamId stream = kSystem) {
    const LogPosition first =
        ledger_.write(std::vector<testing::Fact>(count, {stream, domain::SystemStopped{}, parties}));
    durable_.advance(log_.size());
    return first;
  }
  /// What came for somebody who waits; nothing as long as he does.
  struct Wait {
    std::optional<Found> found;
    kj::Promise<void> promise = nullptr;
  };
  std::unique_ptr<Wait> wait(std::shared_ptr<const Interest> for_what, kj::Duration at_most = kHour) {
    auto waits = std::make_unique<Wait>();
    waits->promise = tail_->beyond(log_.size(), std::move(for_what), timer_.now() + at_most)
                         .then([&into = waits->found](Found found) { into = std::move(found); })
                         .eagerlyEvaluate(nullptr);
    return waits;
  }
  /// As many turns as it has something to do, rests included.
  void run() {
    for (int turn = 0; turn < 100; ++turn) {
      wait_scope_.poll();
      timer_.advanceTo(timer_.now() + 1 * kj::SECONDS);
    }
  }
  /// As far as memory has them.
  std::optional<std::vector<LogPosition>> positions_from(LogSize from) {
    std::vector<LogPosition> positions;
    const auto is_there = tail_->read(from, [&](const codec::Header& header, BytesView record) {
      EXPECT_EQ(Bytes(record), log_.record(header.position).value());
      positions.push_back(header.position);
      return true;
    });
    if (!is_there.value()) return std::nullopt;
    return positions;
  }

  kj::EventLoop loop_;
  kj::WaitScope wait_scope_{loop_};
  kj::TimerImpl timer_{kj::origin<kj::TimePoint>()};
  store::MemoryEventLog log_;
  testing::LedgerWriter ledger_{log_};
  GrowthSignal durable_;
  const Zone zone_ = Zone::find("Europe/Amsterdam").value();
  ManualClock clock_{ledger_.now};
  std::optional<Tail> tail_{std::in_place, log_, durable_, zone_, clock_, timer_};
};

TEST_F(TailTest, WakesThoseForWhomThereIsSomethingAndTellsThemWhere) {
  const auto all = wait(staff()), ours = wait(staff({kOurs})), theirs = wait(staff({kTheirs}));
  const auto our_worker = wait(interest(Role::worker, kOurs)), their_worker = wait(interest(Role::worker, kTheirs));
  append({kTheirs}, 2);
  append({kOurs});
  run();
  const Found of_both{{{0}, {1}, {2}}, {3}}, of_ours{{{2}}, {3}}, of_theirs{{{0}, {1}}, {3}};
  EXPECT_EQ(all->found, of_both);
  EXPECT_EQ(ours->found, of_ours);
  EXPECT_EQ(our_worker->found, of_ours);
  EXPECT_EQ(theirs->found, of_theirs);
  EXPECT_EQ(their_worker->found, of_theirs);
}

TEST_F(TailTest, TellsARecordOnceThoughItStandsUnderSeveralOfHisKeys) {
  const auto both = wait(staff({kOurs, kTheirs}));
  append({kOurs, kTheirs});
  run();
  EXPECT_EQ(both->found, (Found{{{0}}, {1}}));
}

TEST_F(TailTest, TellsNobodyOfWhatHeMayNotSee) {
  const auto client = wait(interest(Role::client_contact, kOurs));
  append({kOurs});
  run();
  EXPECT_FALSE(client->found.has_value());
}

TEST_F(TailTest, WhoseTimeIsUpGoesOnAfterAllThatWasNotForHim) {
  const auto ours = wait(staff({kOurs}), 60 * kj::SECONDS);
  append({kTheirs}, 3);
  append({});
  run();
  EXPECT_EQ(ours->found, (Found{{}, {4}}));
}

TEST_F(TailTest, KnowsNothingOfWhatComesAfterHisRightsMayHaveChanged) {
  const auto before = wait(staff());
  append({kOurs});
  append({}, 2, domain::stream_of(PersonId({4, 1})));
  append({kOurs});
  run();
  EXPECT_EQ(before->found, (Found{{{0}}, {1}}));
  const auto account = wait(staff({kOurs}));
  append({}, 1, domain::stream_of(AccountId({4, 2})));
  run();
  EXPECT_EQ(account->found, (Found{{}, {4}}));
}

TEST_F(TailTest, TellsWholeCommandsHoweverMany) {
  const auto ours = wait(staff({kOurs}));
  append({kOurs}, 999);
  append({kOurs}, 999);
  append({kOurs}, 999);
  run();
  ASSERT_TRUE(ours->found.has_value());
  EXPECT_EQ(ours->found->positions.size(), 1'998U);
  EXPECT_EQ(ours->found->until, LogSize{1'998});
}

TEST_F(TailTest, WakesAsManyAsThereAre) {
  std::vector<std::unique_ptr<Wait>> all;
  for (int i = 0; i < 100; ++i) all.push_back(wait(staff()));
  append({});
  run();
  for (const auto& one : all) EXPECT_EQ(one->found, (Found{{{0}}, {1}}));
  EXPECT_EQ(tail_->waiting(), 0U);
}

TEST_F(TailTest, WhoIsGoneWaitsNoLonger) {
  auto gone = wait(staff());
  auto found = wait(staff());
  EXPECT_EQ(tail_->waiting(), 2U);
  gone.reset();
  EXPECT_EQ(tail_->waiting(), 1U);
  append({});
  EXPECT_EQ(positions_from({0})->size(), 1U);  // has it looked at; nobody was woken yet
  found.reset();
  EXPECT_EQ(tail_->waiting(), 0U);
  run();
}

TEST_F(TailTest, MayGoBeforeThoseWhoWait) {
  const auto waits = wait(staff());
  tail_.reset();
  EXPECT_FALSE(waits->found.has_value());
}

TEST_F(TailTest, HasTheEndOfTheLogInMemory) {
  const auto waits = wait(staff({kOurs}), 100 * kHour);  // so that it keeps up
  for (int i = 0; i < 40; ++i) {
    append({kTheirs}, 500);
    run();
  }
  EXPECT_FALSE(waits->found.has_value());
  for (const std::uint64_t from : {19'500, 19'999, 20'000}) {
    const auto positions = positions_from({from});
    ASSERT_TRUE(positions.has_value());
    ASSERT_EQ(positions->size(), 20'000 - from);
    for (std::size_t i = 0; i < positions->size(); ++i) EXPECT_EQ((*positions)[i], LogPosition{from + i});
  }
  for (const std::uint64_t from : {0, 1}) EXPECT_EQ(positions_from({from}), std::nullopt);
  for (const std::uint64_t position : {0, 19'999})
    EXPECT_EQ(tail_->record({position}).value(), log_.record({position}).value());
  EXPECT_FALSE(tail_->record({20'000}).has_value());
}

TEST_F(TailTest, SkipsWhatWasWrittenWhileNobodyWaited) {
  append({kOurs}, 5'000);
  EXPECT_EQ(positions_from({4'990}), std::nullopt);
  const auto waits = wait(staff());
  const LogPosition position = append({kOurs});
  run();
  EXPECT_EQ(waits->found, (Found{{position}, {position.value + 1}}));
}

}  // namespace
}  // namespace placet::rpc
