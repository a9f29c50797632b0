#include "base/crew.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "base/thread.h"

namespace placet {
namespace {

class CrewTest : public ::testing::TestWithParam<unsigned> {};

TEST_P(CrewTest, EveryTaskOfARoundIsDoneOnceWhenItReturns) {
  Crew crew(GetParam());
  for (std::size_t count = 0; count < 200; ++count) {
    std::vector<std::atomic<int>> done(count);
    crew.run(count, [&](std::size_t task) { ++done[task]; });
    for (const auto& times : done) ASSERT_EQ(times, 1) << count;
  }
}

TEST(Crew, RunsAsOthersWhenSomebodyWaits) {
  Crew crew(2, Crew::Runs::as_others);
  std::atomic<unsigned> idle = 0;
  crew.run(100, [&](std::size_t) { idle += runs_when_idle() ? 1U : 0U; });
  EXPECT_EQ(idle, 0U);
}

INSTANTIATE_TEST_SUITE_P(Helpers, CrewTest, ::testing::Values(0U, 1U, 3U));

}  // namespace
}  // namespace placet
