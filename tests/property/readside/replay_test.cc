#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "projections/all.h"
#include "readside/projection_host.h"
#include "store/memory/event_log.h"
#include "tests/property/readside/random_history.h"
#include "tests/support/stores.h"

namespace placet::readside {
namespace {

using namespace std::chrono_literals;

const LedgerId kLedger({5, 5});

/// Every row of every projection: table, key -> bytes.
using Rows = std::map<std::pair<std::string, Bytes>, Bytes>;

Rows rows_of(const View& view) {
  Rows rows;
  for (const auto& type : projections::all())
    for (const std::string_view table : type.tables)
      EXPECT_TRUE(view.scan_bytes(table,
                                  [&](BytesView key, BytesView row) {
                                    rows[{std::string(table), Bytes(key)}] = row;
                                    return true;
                                  })
                      .has_value());
  return rows;
}

/// The seed of a run: PLACET_SEED in the environment, or the one given.
std::uint64_t seed_or(std::uint64_t given) {
  const char* set = std::getenv("PLACET_SEED");
  const std::uint64_t seed = set != nullptr ? std::strtoull(set, nullptr, 10) : given;
  std::cout << "PLACET_SEED=" << seed << "\n";
  return seed;
}

struct Run {
  std::uint64_t seed;
  std::size_t events;
  testing::MakeRows make_views;
};

/// One history against one store: live rows, rows of earlier moments and rebuilt rows must be those of a replay.
class Replay {
 public:
  explicit Replay(const Run& run) : run_(run), seed_(seed_or(run.seed)), views_(run.make_views({})), choice_(~seed_) {
    start();
  }

  void live_rows_equal_a_replay_at_every_moment_looked_at() {
    while (log_.size().value < run_.events) {
      history_.write_command();
      host_->advance(log_.size());
      if (choice_.next() % (run_.events / 8) == 0) look();
      if (choice_.next() % (run_.events / 12) == 0) rebuild_one();
      if (choice_.next() % (run_.events / 3) == 0) restart();
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
    const Rows live = rows_of(caught_up());
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

  void every_event_type_occurred() {
    std::size_t total = 0;
    for (std::size_t number = 1; number < history_.written().size(); ++number) {
      total += history_.written()[number];
      EXPECT_GT(history_.written()[number], 0) << domain::kEventNames[number];
    }
    std::cout << total << " events of " << history_.written().size() - 1 << " types, " << seen_.size()
              << " moments looked at, " << rebuilds_ << " rebuilds meanwhile\n";
    EXPECT_GT(rebuilds_, 0);
  }

 private:
  void start() {
    auto started = ProjectionHost::start(log_, views_->rows(), {kLedger, projections::all(), {}});
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
  View caught_up() {
    auto answer = host_->at_least(log_.size(), 10s).value();
    EXPECT_TRUE(std::holds_alternative<Ready>(answer)) << answer.index();
    return std::get<Ready>(std::move(answer)).view;
  }
  void look() {
    const View view = caught_up();
    seen_.emplace_back(view.basis().size, rows_of(view));
  }

  const Run run_;
  const std::uint64_t seed_;
  store::MemoryEventLog log_;
  testing::LedgerWriter ledger_{log_};
  testing::RandomHistory history_{seed_, ledger_};
  std::unique_ptr<testing::RowsUnderTest> views_;
  SeededRandom choice_;
  std::unique_ptr<ProjectionHost> host_;
  std::vector<std::pair<LogSize, Rows>> seen_;
  std::size_t rebuilds_ = 0;
};

TEST(Replay, LiveRebuiltAndPastRowsAreThoseOfAReplayByteForByte) {
  Replay replay({20261012, 50'000, testing::rows_in_memory});
  replay.live_rows_equal_a_replay_at_every_moment_looked_at();
  replay.rebuilt_rows_equal_the_live_ones();
  replay.every_event_type_occurred();
}

TEST(Replay, RowsOnDiskAreThoseOfAReplayByteForByte) {
  Replay replay({20261102, 10'000, testing::rebuildable_rows_on_rocks});
  replay.live_rows_equal_a_replay_at_every_moment_looked_at();
  replay.rebuilt_rows_equal_the_live_ones();
}

}  // namespace
}  // namespace placet::readside
