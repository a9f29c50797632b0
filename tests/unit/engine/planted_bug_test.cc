#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "base/check.h"
#include "tests/unit/engine/fixture.h"

namespace placet::engine {

// The linker puts this in the place of decide(RegisterPerson), whose linker name is PLACET_PLANTED.
domain::Decision planted_decide(const domain::States& states, const domain::RegisterPerson& command,
                                const domain::Facts& facts) asm("__wrap_" PLACET_PLANTED);
domain::Decision real_decide(const domain::States& states, const domain::RegisterPerson& command,
                             const domain::Facts& facts) asm("__real_" PLACET_PLANTED);

namespace {

using domain::RejectionCode;

const PersonId kFailsACheck{Uuid{0xbad, 1}};
const PersonId kThrows{Uuid{0xbad, 2}};
std::atomic<bool> planted = true;

class PlantedBug : public EngineTest {
 protected:
  PlantedBug() { planted = true; }
};

TEST_F(PlantedBug, RefusesTheCommandThatMeetsItWhileSixtyThreeOtherCallersGoOn) {
  constexpr int kCallers = 64, kEach = 50;
  std::vector<std::vector<Submission>> work(kCallers);
  for (int i = 0; i < kEach; ++i) {
    work[0].push_back(as_person(domain::RegisterPerson{i % 2 == 0 ? kFailsACheck : kThrows, Box::sealed("name")}));
    for (int caller = 1; caller < kCallers; ++caller) work[caller].push_back(as_person(a_person()));
  }
  const LogSize before = log_.size();
  std::atomic<int> took = 0, refused = 0;
  std::vector<std::thread> callers;
  for (auto& submissions : work) {
    callers.emplace_back([&, mine = std::move(submissions)]() mutable {
      for (Submission& submission : mine) {
        const Outcome outcome = act(std::move(submission));
        if (accepted(outcome) != nullptr) ++took;
        if (refusal(outcome) == RejectionCode::bug) ++refused;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();

  EXPECT_EQ(refused, kEach);
  EXPECT_EQ(took, (kCallers - 1) * kEach);
  EXPECT_EQ(log_.size().value, before.value + (kCallers - 1) * kEach);
}

TEST_F(PlantedBug, LeavesNothingBehindSoThatTheSameCommandIsTakenOnceItIsMended) {
  const Submission submission = as_person(domain::RegisterPerson{kFailsACheck, Box::sealed("name")});
  ASSERT_EQ(refusal(act(submission)), RejectionCode::bug);
  planted = false;
  const Outcome outcome = act(submission);
  ASSERT_NE(accepted(outcome), nullptr);
  EXPECT_FALSE(accepted(outcome)->repeated);
}

TEST_F(PlantedBug, InOneCommandOfABatchLeavesTheOthersTheirOwnAnswers) {
  const auto outcomes = act_all(
      {as_person(a_person()), as_person(domain::RegisterPerson{kThrows, Box::sealed("name")}), as_person(a_person())});
  EXPECT_NE(accepted(outcomes[0]), nullptr);
  EXPECT_EQ(refusal(outcomes[1]), RejectionCode::bug);
  EXPECT_NE(accepted(outcomes[2]), nullptr);
}

}  // namespace

domain::Decision planted_decide(const domain::States& states, const domain::RegisterPerson& command,
                                const domain::Facts& facts) {
  if (planted) {
    PLACET_CHECK(command.person != kFailsACheck);
    if (command.person == kThrows) throw std::runtime_error("planted");
  }
  return real_decide(states, command, facts);
}

}  // namespace placet::engine
