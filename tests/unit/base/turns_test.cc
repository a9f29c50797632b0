#include "base/turns.h"

#include <gtest/gtest.h>

namespace placet {
namespace {

using Time = Turns::Clock::time_point;

constexpr Time kNow{std::chrono::seconds(1)};

TEST(Turns, OfOneThreadHaveAPauseBetween) {
  Turns turns(1);
  const Time first = turns.next(kNow);
  EXPECT_EQ(first, kNow + Turns::kPause);
  EXPECT_EQ(turns.next(first + Turns::kTurn), first + Turns::kTurn + Turns::kPause);
}

TEST(Turns, OfSeveralThreadsFollowOneAnotherInTheOrderInWhichTheyAsk) {
  Turns turns(1);
  const Time first = turns.next(kNow);
  const Time second = turns.next(kNow);
  const Time third = turns.next(first + Turns::kTurn);
  EXPECT_EQ(second, first + Turns::kTurn + Turns::kPause);
  EXPECT_EQ(third, second + Turns::kTurn + Turns::kPause);
}

TEST(Turns, AreNoMoreAtOnceThanAllowed) {
  Turns turns(3);
  Time started[9];
  for (Time& start : started) start = turns.next(kNow);
  for (int i = 3; i < 9; ++i) EXPECT_GE(started[i], started[i - 3] + Turns::kTurn + Turns::kPause);
}

}  // namespace
}  // namespace placet
