#include "portal/throttle.h"

#include <gtest/gtest.h>

namespace placet::portal {
namespace {

using namespace std::chrono_literals;

const Throttle::Clock::time_point kStart{};

TEST(Throttle, LetsFiveFailThenAsksForMoreAndMorePatience) {
  Throttle throttle;
  auto now = kStart + 1h;
  for (unsigned i = 1; i < Throttle::kFree; ++i) {
    throttle.failed("anna", now);
    EXPECT_EQ(throttle.wait("anna", now), 0s);
  }
  for (const auto wait : {1s, 2s, 4s, 8s}) {
    throttle.failed("anna", now);
    EXPECT_EQ(throttle.wait("anna", now), wait);
    now += wait;
    EXPECT_EQ(throttle.wait("anna", now), 0s) << "never a lock for good";
  }
  EXPECT_EQ(throttle.wait("bas", now), 0s);
}

TEST(Throttle, NeverAsksForMoreThanAQuarterOfAnHour) {
  Throttle throttle;
  for (int i = 0; i < 100; ++i) throttle.failed("anna", kStart);
  EXPECT_EQ(throttle.wait("anna", kStart), Throttle::kLongest);
}

TEST(Throttle, ForgetsWhatFailedBeforeOnceItSucceeds) {
  Throttle throttle;
  for (int i = 0; i < 10; ++i) throttle.failed("anna", kStart);
  throttle.succeeded("anna");
  throttle.failed("anna", kStart);
  EXPECT_EQ(throttle.wait("anna", kStart), 0s);
}

}  // namespace
}  // namespace placet::portal
