// P1, P2, P5 under kill -9: four writers, killed at random microseconds, their own notes the judge.

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include "tests/crash/judge.h"
#include "tools/client/daemon.h"
#include "tools/client/scratch_folder.h"

namespace placet::testing {
namespace {

constexpr unsigned kWriters = 4;

unsigned from_environment(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : otherwise;
}

TEST(KilledAtRandomMicroseconds, NoAnsweredCommandIsLostAndARepeatGetsTheFirstAnswer) {
  const unsigned kills = from_environment("PLACET_KILLS", 200);
  const unsigned seed = from_environment(
      "PLACET_SEED", static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count()));
  std::printf("PLACET_KILLS=%u PLACET_SEED=%u\n", kills, seed);
  SeededRandom random(seed);

  const client::ScratchFolder scratch;
  const auto data = scratch.path() / "ledger";
  FoundedLedger ledger(data, kWriters, seed);

  Judge judge;
  for (unsigned kill = 0; kill < kills && !HasFailure(); ++kill) {
    std::vector<Writer> writers(kWriters);
    client::Daemon daemon(data);
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < kWriters; ++i)
      threads.emplace_back([&, i] { writers[i].run(daemon.server(), ledger.token, ledger.hours[i]); });
    std::this_thread::sleep_for(std::chrono::microseconds(random.next() % 60'000));
    daemon.stop(SIGKILL);
    for (std::thread& thread : threads) thread.join();

    const client::Daemon restarted(data);
    client::Connection connection(restarted.server());
    connection.sign_in(ledger.token);
    for (const Writer& writer : writers) judge.judge(connection, writer.calls);
  }
  std::printf(
      "%u kills, %llu answered commands, %llu known when repeated, %llu carried out then, %llu events in the log\n",
      kills, static_cast<unsigned long long>(judge.answered()), static_cast<unsigned long long>(judge.repeated()),
      static_cast<unsigned long long>(judge.made_good()), static_cast<unsigned long long>(judge.size()));
  EXPECT_GT(judge.answered(), kills) << "the writers hardly wrote: the test judged nothing";
}

}  // namespace
}  // namespace placet::testing
