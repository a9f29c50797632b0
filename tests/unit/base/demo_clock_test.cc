#include <gtest/gtest.h>

#include "base/clock.h"
#include "engine/clock_guard.h"

namespace placet {
namespace {

constexpr Timestamp kStart{1'791'777'600'000'000};
constexpr std::int64_t kHour = 3'600'000'000;

Timestamp after(std::int64_t micros) { return {kStart.micros + micros}; }

class DemoClockTest : public ::testing::Test {
 protected:
  ManualClock machine_{{0}};
  DemoClock clock_{kStart, machine_};
};

TEST_F(DemoClockTest, StandsWhileTheMachinesTimePasses) {
  machine_.advance_micros(kHour);
  EXPECT_EQ(clock_.now(), kStart);
  EXPECT_TRUE(clock_.move(after(kHour), false));
  machine_.advance_micros(kHour);
  EXPECT_EQ(clock_.now(), after(kHour));
}

TEST_F(DemoClockTest, TicksFromWhereItWasMovedTo) {
  EXPECT_TRUE(clock_.move(after(kHour), true));
  machine_.advance_micros(5);
  EXPECT_EQ(clock_.now(), after(kHour + 5));
  machine_.jump_micros(-kHour);
  EXPECT_EQ(clock_.now(), after(kHour + 5)) << "setting the machine's wall clock does not move it";
}

TEST_F(DemoClockTest, NeverGoesBack) {
  EXPECT_TRUE(clock_.move(after(kHour), true));
  machine_.advance_micros(5);
  EXPECT_FALSE(clock_.move(after(kHour), false));
  machine_.advance_micros(5);
  EXPECT_EQ(clock_.now(), after(kHour + 10)) << "a refused move does not stop it either";
}

TEST_F(DemoClockTest, IsTrustedAfterAMove) {
  engine::ClockGuard guard(clock_, kStart);
  EXPECT_TRUE(clock_.move(after(300 * kHour), true));
  EXPECT_EQ(guard.now(), after(300 * kHour));
  machine_.advance_micros(kHour);
  EXPECT_EQ(guard.now(), after(301 * kHour));
}

}  // namespace
}  // namespace placet
