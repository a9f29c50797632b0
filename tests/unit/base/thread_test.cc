#include "base/thread.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <thread>

namespace placet {
namespace {

/// How often the calling thread has let go of the processor of its own accord.
long times_let_go() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nvcsw;
}

/// How often a thread that does nothing but ask does let go in 20 ms of its own time.
long times_let_go_in_20_ms(bool when_idle) {
  long times = 0;
  std::thread([&] {
    if (when_idle) run_when_idle(this_thread());
    let_go();  // its first turn begins here
    const long before = times_let_go();
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
    while (std::chrono::steady_clock::now() < end) let_go();
    times = times_let_go() - before;
  }).join();
  return times;
}

// Before the others: once somebody waited, it takes a second.
TEST(LetGo, NobodySleepsAsLongAsNobodyWaits) { EXPECT_EQ(times_let_go_in_20_ms(true), 0); }

TEST(LetGo, AThreadThatRunsWhenIdleSleepsNowAndThenButNotAllTheTime) {
  somebody_waits();
  const long times = times_let_go_in_20_ms(true);
  EXPECT_GT(times, 0);
  EXPECT_LE(times, 20'000 / 200);
}

TEST(LetGo, OtherThreadsAreLeftAlone) { EXPECT_EQ(times_let_go_in_20_ms(false), 0); }

}  // namespace
}  // namespace placet
