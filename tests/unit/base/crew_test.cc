#include "base/crew.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

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

INSTANTIATE_TEST_SUITE_P(Helpers, CrewTest, ::testing::Values(0U, 1U, 3U));

}  // namespace
}  // namespace placet
