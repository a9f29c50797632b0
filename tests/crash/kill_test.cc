// P1, P2, P5 under kill -9: four writers, killed at random microseconds, their own notes the judge.

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/crash/judge.h"
#include "tests/support/seed.h"
#include "tools/client/daemon.h"
#include "tools/client/scratch_folder.h"

namespace placet::testing {
namespace {

constexpr unsigned kWriters = 4;

TEST(KilledAtRandomMicroseconds, NoAnsweredCommandIsLostAndARepeatGetsTheFirstAnswer) {
  const std::uint64_t kills = times_or("PLACET_KILLS", 200);
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  const std::uint64_t seed = seed_or(static_cast<std::uint64_t>(now));
  SeededRandom random(seed);

  const client::ScratchFolder scratch;
  const auto data = scratch.path() / "ledger";
  FoundedLedger ledger(data, kWriters, seed);

  Judge judge;
  for (unsigned kill = 0; kill < kills && !HasFailure(); ++kill) {
    client::Daemon daemon(data);
    Writers writers(daemon.server(), ledger);
    std::this_thread::sleep_for(std::chrono::microseconds(random.next() % 60'000));
    daemon.stop(SIGKILL);
    writers.join();
    judge.judge_next_life(data, ledger, writers);
  }
  judge.report(kills, "kills");
}

}  // namespace
}  // namespace placet::testing
