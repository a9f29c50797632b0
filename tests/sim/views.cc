#include "tests/sim/views.h"

#include <gtest/gtest.h>

#include "projections/all.h"
#include "tests/support/patience.h"
#include "tests/support/row_maps.h"
#include "tests/unit/domain/harness.h"

namespace placet::sim {

using namespace std::chrono_literals;
using readside::ProjectionHost;
using testing::rows_of;

void Views::start() {
  auto started = ProjectionHost::start(log_, rows_, archive_,
                                       {.ledger = domain::testing::kLedger,
                                        .projections = projections::all(),
                                        .advanced = {},
                                        .rest = 0ms,
                                        .snapshot_every = 200});
  ASSERT_TRUE(started.has_value()) << started.error().message;
  host_ = std::move(*started);
}

void Views::crash() {
  if (below(2) == 0) (void)rows_.flush();
  stop();
  rows_.crash();
}

std::string_view Views::any_projection() {
  static const auto types = projections::all();
  return types[below(types.size())].name;
}

void Views::incident() {
  host_->advance(log_.size());
  switch (below(8)) {
    case 0: return fail_a_write();
    case 1:
      incidents_.add(Incident::views_restarted);
      stop();
      return start();
    case 2:
    case 3: return rebuild(any_projection());
    case 4: {
      const std::string_view name = any_projection();
      rebuild(name);
      if (host_->cancel_rebuild(name)) incidents_.add(Incident::cancelled_rebuild);
      return;
    }
    case 5: EXPECT_TRUE(rows_.flush().has_value()); return;
    case 6: {
      incidents_.add(Incident::look_at_the_past);
      const auto view = host_->as_of().at(LogSize{below(log_.size().value + 1)});
      ASSERT_TRUE(view.has_value()) << view.error().message;
      return equals_a_replay(*view);
    }
    default: return equal_a_replay();
  }
}

/// They stop as soon as they are to be written, and stand where they stood until the next start.
void Views::fail_a_write() {
  incidents_.add(Incident::failed_view_write);
  rows_.fail_writes();
  (void)at_the_end_of_the_log();
  crash();
  start();
}

void Views::rebuild(std::string_view name) {
  // One that is being rebuilt already is left alone.
  if (host_->rebuild(name)) incidents_.add(Incident::rebuild);
}

void Views::equal_a_replay() {
  incidents_.add(Incident::live_against_replay);
  host_->advance(log_.size());
  const auto answer = at_the_end_of_the_log();
  const auto* ready = std::get_if<readside::Ready>(&answer);
  ASSERT_NE(ready, nullptr) << "not all projections have caught up";
  EXPECT_EQ(ready->view.basis().size, log_.size());
  equals_a_replay(ready->view);
}

/// However long it takes: their threads run when a processor has nothing else to do.
readside::AtLeast Views::at_the_end_of_the_log() {
  while (true) {
    auto answer = host_->at_least(log_.size(), testing::kPatience).value();
    if (!std::holds_alternative<readside::Behind>(answer)) return answer;
  }
}

void Views::equals_a_replay(const readside::View& view) {
  store::MemoryRowStore fresh{{}};
  const auto folded = readside::fold_all(log_, view.basis().size, projections::all(), fresh, {});
  ASSERT_TRUE(folded.has_value()) << folded.error().message;
  EXPECT_TRUE(rows_of(view) == rows_of(fresh)) << "at size " << view.basis().size.value;
}

}  // namespace placet::sim
