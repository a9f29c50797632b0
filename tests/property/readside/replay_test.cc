#include <gtest/gtest.h>

#include <future>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "codec/record.h"
#include "projections/all.h"
#include "readside/projection_host.h"
#include "tests/property/engine/sent_history.h"
#include "tests/support/patience.h"
#include "tests/support/row_maps.h"
#include "tests/support/seed.h"
#include "tests/support/stores.h"

namespace placet::readside {
namespace {

using domain::testing::kLedger;

constexpr std::size_t kStepsAtOnce = 20;

using testing::rows_of;

struct Run {
  std::uint64_t seed;
  std::size_t events;
  testing::MakeRows make_views;
};

/// One history against one store: live rows, rows of earlier moments and rebuilt rows must be those of a replay.
class Replay {
 public:
  explicit Replay(const Run& run)
      : run_(run),
        history_(testing::seed_or(run.seed)),
        views_(run.make_views({})),
        choice_(~history_.history().seed()) {
    start();
  }

  void live_rows_equal_a_replay_at_every_moment_looked_at() {
    while (log_.size().value < run_.events) {
      history_.run(kStepsAtOnce);
      host_->advance(log_.size());
      if (about(8)) look();
      if (about(12)) rebuild_one();
      if (about(3)) restart();
    }
    look();
    for (const auto& [size, rows] : seen_) {
      const auto view = host_->as_of().at(size);
      ASSERT_TRUE(view.has_value()) << view.error().message;
      EXPECT_EQ(view->basis().size, size);
      EXPECT_TRUE(rows_of(*view) == rows) << "at size " << size.value;
    }
  }

  void rebuilt_rows_equal_the_live_ones() {
    restart();  // whatever is being rebuilt is interrupted, and goes on below
    const testing::RowMap live = rows_of(caught_up());
    for (const auto& type : projections::all()) {
      std::promise<Progress::State> ended;
      ASSERT_TRUE(host_
                      ->rebuild(type.name,
                                [&](const Progress& progress) {
                                  if (progress.state != Progress::State::running) ended.set_value(progress.state);
                                })
                      .has_value());
      EXPECT_EQ(ended.get_future().get(), Progress::State::finished) << type.name;
      EXPECT_TRUE(rows_of(caught_up()) == live) << "after a rebuild of " << type.name;
    }
  }

  void every_command_refusal_and_event_occurred() {
    std::cout << history_.history().table() << log_.size().value << " events in the log, " << seen_.size()
              << " moments looked at, " << rebuilds_ << " rebuilds meanwhile\n";
    EXPECT_EQ(history_.history().missing(), "");
    EXPECT_GT(rebuilds_, 0);
    // Takes a hundred refusals in an hour, and no projection has a row of it.
    std::set<std::uint16_t> types = {domain::EventTraits<domain::RefusalsSummarised>::kNumber};
    ASSERT_TRUE(log_.read({0},
                          [&](LogPosition, BytesView record) {
                            types.insert(static_cast<std::uint16_t>(codec::read_record(record)->event.index()));
                            return true;
                          })
                    .has_value());
    for (std::uint16_t number = 1; number < std::variant_size_v<domain::Event::Alternatives>; ++number)
      EXPECT_TRUE(types.contains(number)) << "no event " << domain::kEventNames[number];
  }

 private:
  void start() {
    auto started = ProjectionHost::start(
        log_, views_->rows(), views_->archive(),
        {.ledger = kLedger, .projections = projections::all(), .advanced = {}, .snapshot_every = 2'000});
    ASSERT_TRUE(started.has_value()) << started.error().message;
    host_ = std::move(*started);
  }
  void restart() {
    host_.reset();
    views_->reopen();
    start();
  }
  void rebuild_one() {
    const auto types = projections::all();
    // One that is being rebuilt already is left alone.
    if (host_->rebuild(types[choice_.next() % types.size()].name)) ++rebuilds_;
  }
  /// True about so often in the whole run.
  bool about(std::size_t times) { return choice_.next() % (run_.events / kStepsAtOnce / times) == 0; }
  View caught_up() {
    auto answer = host_->at_least(log_.size(), testing::kPatience).value();
    EXPECT_TRUE(std::holds_alternative<Ready>(answer)) << answer.index();
    return std::get<Ready>(std::move(answer)).view;
  }
  void look() {
    const View view = caught_up();
    seen_.emplace_back(view.basis().size, rows_of(view));
  }

  const Run run_;
  testing::SentHistory history_;
  const store::EventLog& log_ = history_.log();
  std::unique_ptr<testing::RowsUnderTest> views_;
  SeededRandom choice_;
  std::unique_ptr<ProjectionHost> host_;
  std::vector<std::pair<LogSize, testing::RowMap>> seen_;
  std::size_t rebuilds_ = 0;
};

TEST(Replay, LiveRebuiltAndPastRowsAreThoseOfAReplayByteForByte) {
  Replay replay({20261012, 50'000, testing::rows_in_memory});
  replay.live_rows_equal_a_replay_at_every_moment_looked_at();
  replay.rebuilt_rows_equal_the_live_ones();
  replay.every_command_refusal_and_event_occurred();
}

TEST(Replay, RowsOnDiskAreThoseOfAReplayByteForByte) {
  Replay replay({20261102, 10'000, testing::rebuildable_rows_on_rocks});
  replay.live_rows_equal_a_replay_at_every_moment_looked_at();
  replay.rebuilt_rows_equal_the_live_ones();
}

}  // namespace
}  // namespace placet::readside
