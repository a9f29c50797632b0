#include "tests/sim/simulation.h"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

#include "tests/support/seed.h"

// The ledger under the faults of a seed, judged by a model that shares no code with it. Reactors do not exist yet, and
// are not in it.

namespace placet::sim {
namespace {

constexpr std::size_t kCommands = 1'500;
constexpr std::size_t kLittleRoom = 64 << 10, kRoomForAll = 80 << 20;
constexpr std::uint64_t kSample = 10;
/// Of so many seeds one is run a second time.
constexpr std::uint64_t kTwice = 5;

class Simulations : public ::testing::Test {
 protected:
  // The ledger says of each fault that it was hit by one.
  Simulations() { spdlog::set_level(spdlog::level::off); }
  ~Simulations() override { spdlog::set_level(spdlog::level::info); }

  struct Written {
    std::vector<Bytes> records;
    Hash root;
    friend bool operator==(const Written&, const Written&) = default;
  };

  Written run(std::uint64_t seed, std::size_t state_cache_bytes) {
    Simulation simulation(seed, state_cache_bytes);
    simulation.run(kCommands);
    const Model& model = simulation.model();
    for (std::size_t i = 0; i < std::min<std::size_t>(10, model.broken().size()); ++i)
      ADD_FAILURE() << model.broken()[i];
    incidents_.add(simulation.incidents());
    for (const auto& [name, count] : model.judged()) judged_[name] += count;
    events_ += model.size();
    return {simulation.records(), model.root()};
  }

  void print() const {
    std::cout << events_ << " events";
    for (std::size_t i = 0; i < kIncidentNames.size(); ++i)
      std::cout << ", " << incidents_.counts().at(i) << " " << kIncidentNames.at(i);
    std::cout << "; judged";
    for (const auto& [name, count] : judged_) std::cout << " " << name << " " << count;
    std::cout << "\n";
  }
  void expect_each_incident() const {
    for (std::size_t i = 0; i < kIncidentNames.size(); ++i)
      EXPECT_GT(incidents_.counts().at(i), 0U) << kIncidentNames.at(i);
  }

 private:
  Incidents incidents_;
  std::map<std::string, std::size_t> judged_;
  std::uint64_t events_ = 0;
};

TEST_F(Simulations, KeepWhatTheModelKnowsAndTheSameSeedWritesTheSameRecords) {
  const std::uint64_t sample = std::getenv("PLACET_SEED") != nullptr ? 1 : kSample;
  const std::uint64_t seeds = testing::times_or("PLACET_SIM_SEEDS", sample);
  const std::uint64_t first = testing::seed_or(20261127);
  for (std::uint64_t seed = first; seed < first + seeds && !HasFailure(); ++seed) {
    SCOPED_TRACE("PLACET_SEED=" + std::to_string(seed));
    const Written written = run(seed, kLittleRoom);
    const bool again = (seed - first) % kTwice == 0;
    EXPECT_TRUE(!again || run(seed, kRoomForAll) == written) << "another run of the same seed";
  }
  print();
  if (seeds >= kSample) expect_each_incident();
}

}  // namespace
}  // namespace placet::sim
