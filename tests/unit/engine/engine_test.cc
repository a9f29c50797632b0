#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "codec/command.h"
#include "merkle/hash.h"
#include "tests/unit/engine/fixture.h"

namespace placet::engine {
namespace {

using domain::RejectionCode;

TEST_F(EngineTest, AcceptedCommandsStandInTheLogWhereTheAnswerSays) {
  const auto outcome = act(as_person(a_person()));
  ASSERT_NE(accepted(outcome), nullptr);
  EXPECT_EQ(accepted(outcome)->count, 1u);
  const auto record = codec::read_record(*log_.record(accepted(outcome)->first));
  ASSERT_TRUE(record.has_value());
  EXPECT_TRUE(std::holds_alternative<domain::PersonRegistered>(record->event));
  EXPECT_EQ(record->meta.actor.person, person_);
}

TEST_F(EngineTest, CommandTwoOfAGroupSeesCommandOne) {
  const domain::RegisterPerson person = a_person();
  const auto outcomes = act_all({as_person(person), as_person(person)});
  EXPECT_NE(accepted(outcomes[0]), nullptr);
  EXPECT_EQ(refusal(outcomes[1]), RejectionCode::already_exists);
}

TEST_F(EngineTest, ARepeatGetsTheFirstAnswerAndChangesNothing) {
  const Submission submission = as_person(a_person());
  const auto first = act(submission);
  const LogSize size = log_.size();
  const auto repeat = act(submission);
  ASSERT_NE(accepted(repeat), nullptr);
  EXPECT_EQ(accepted(repeat)->first, accepted(first)->first);
  EXPECT_TRUE(accepted(repeat)->repeated);
  EXPECT_EQ(log_.size(), size);
}

TEST_F(EngineTest, ARepeatInsideOneGroupGetsTheFirstAnswerToo) {
  const Submission submission = as_person(a_person());
  const auto outcomes = act_all({submission, submission});
  ASSERT_NE(accepted(outcomes[1]), nullptr);
  EXPECT_TRUE(accepted(outcomes[1])->repeated);
  EXPECT_EQ(accepted(outcomes[0])->first, accepted(outcomes[1])->first);
}

TEST_F(EngineTest, WhatIsDecidedBesideASyncSeesTheGroupInFlightAndIsAnsweredAfterIt) {
  stop();
  settings_.state_cache_bytes = 1;  // nothing stays that does not have to
  start();
  const domain::RegisterPerson person = a_person();
  const Submission first = as_person(person), other = as_person(a_person());
  ASSERT_NE(accepted(act(other)), nullptr);
  log_.hold_appends();
  auto in_flight = send_and_see_taken({first});
  auto beside =
      send_and_see_taken({first, as_person(person),
                          as_person(domain::VerifyPerson{person.person, domain::VerificationMethod::in_person})});
  auto repeat = send_and_see_taken({other});  // taken: the ones beside are decided
  for (const auto* waiting : {&in_flight, &beside, &repeat})
    EXPECT_EQ(waiting->wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  log_.release_appends();

  const Accepted answer = *accepted(in_flight.get().front());
  const auto outcomes = beside.get();
  EXPECT_EQ(*accepted(outcomes[0]), (Accepted{answer.first, answer.count, true}));
  EXPECT_EQ(refusal(outcomes[1]), RejectionCode::already_exists);
  ASSERT_NE(accepted(outcomes[2]), nullptr);
  EXPECT_EQ(accepted(outcomes[2])->first.value, answer.first.value + answer.count);
  EXPECT_TRUE(accepted(repeat.get().front())->repeated);
}

TEST_F(EngineTest, TheSameIdWithOtherContentIsRefused) {
  Submission submission = as_person(a_person());
  ASSERT_NE(accepted(act(submission)), nullptr);
  submission.request_hash = hash_of(777);
  EXPECT_EQ(refusal(act(submission)), RejectionCode::command_id_reused);
}

TEST_F(EngineTest, TheSameIdOfAnotherAccountIsAnotherCommand) {
  const Submission submission = as_person(a_person());
  ASSERT_NE(accepted(act(submission)), nullptr);
  Submission other = as_person(a_person());
  other.id = submission.id;
  other.actor.account = AccountId(new_id());
  ASSERT_NE(accepted(act(other)), nullptr);
}

TEST_F(EngineTest, RepeatsAreKnownAfterARestart) {
  const Submission submission = as_person(a_person());
  const auto first = act(submission);
  stop();
  start();
  const auto repeat = act(submission);
  ASSERT_NE(accepted(repeat), nullptr);
  EXPECT_EQ(accepted(repeat)->first, accepted(first)->first);
}

TEST_F(EngineTest, ARefusalByAControlIsAFactAndItsRepeatGetsTheFirstAnswer) {
  const Submission submission = as(auditor_, a_person());
  const LogSize before = log_.size();
  const auto refused = act(submission);
  EXPECT_EQ(refusal(refused), RejectionCode::not_allowed);
  EXPECT_EQ(log_.size().value, before.value + 1);
  const auto fact = codec::read_record(*log_.record({before.value}));
  ASSERT_TRUE(std::holds_alternative<domain::RefusedByControl>(fact->event));
  EXPECT_EQ(act(submission), refused);
  EXPECT_EQ(log_.size().value, before.value + 1);
}

TEST_F(EngineTest, AfterAHundredRefusalsInAnHourOneSummaryStandsForTheRest) {
  const LogSize before = log_.size();
  for (int i = 0; i < 150; ++i) EXPECT_EQ(refusal(act(as(auditor_, a_person()))), RejectionCode::not_allowed);
  EXPECT_EQ(log_.size().value, before.value + domain::kRefusalFactsPerHourMax + 1);
}

TEST_F(EngineTest, AnExpectedVersionThatMovedIsRefusedAndLeavesNothing) {
  const domain::RegisterPerson person = a_person();
  Submission first = as_person(person);
  first.expected = StreamVersion{0};
  ASSERT_NE(accepted(act(first)), nullptr);
  Submission second = as_person(domain::VerifyPerson{person.person, domain::VerificationMethod::in_person});
  second.expected = StreamVersion{0};
  const LogSize size = log_.size();
  EXPECT_EQ(refusal(act(second)), RejectionCode::version_moved);
  EXPECT_EQ(log_.size(), size);
}

TEST_F(EngineTest, ColdStatesAreFoldedBeforeTheCommandIsDecided) {
  const domain::RegisterPerson person = a_person();
  ASSERT_NE(accepted(act(as_person(person))), nullptr);
  stop();
  start();
  EXPECT_EQ(refusal(act(as_person(person))), RejectionCode::already_exists);
  EXPECT_NE(accepted(act(as_person(domain::VerifyPerson{person.person, domain::VerificationMethod::in_person}))),
            nullptr);
}

TEST_F(EngineTest, EvictedStatesComeBackAsTheyWere) {
  stop();
  settings_.state_cache_bytes = 1;
  start();
  std::vector<domain::RegisterPerson> persons;
  for (int i = 0; i < 5; ++i) persons.push_back(a_person());
  for (const auto& person : persons) ASSERT_NE(accepted(act(as_person(person))), nullptr);
  for (const auto& person : persons) EXPECT_EQ(refusal(act(as_person(person))), RejectionCode::already_exists);
}

TEST_F(EngineTest, AnActOfTwoPersonsIsProposedByOneAndHappensWhenTheOtherAgrees) {
  const PersonId second(new_id());
  ASSERT_NE(accepted(act(as_service(domain::RegisterPerson{second, Box::sealed("name")}))), nullptr);
  ASSERT_NE(accepted(act(as_service(domain::GrantRole{second, domain::Role::administrator, {}, {}, {}}))), nullptr);
  const domain::RegisterPerson person = a_person();
  ASSERT_NE(accepted(act(as_person(person))), nullptr);
  const domain::Command grant = domain::GrantRole{person.person, domain::Role::compliance, {}, {}, {}};
  EXPECT_EQ(refusal(act(as_person(grant))), RejectionCode::needs_second_person);

  Submission proposal = as_person(grant);
  proposal.intent = Intent::propose;
  const auto proposed = act(proposal);
  ASSERT_NE(accepted(proposed), nullptr);
  const auto stored = codec::read_record(*log_.record(accepted(proposed)->first));
  const auto& fact = std::get<domain::ActProposed>(stored->event);
  const auto agreement = [&](PersonId by) {
    Submission agree = as(by, domain::AgreeToAct{domain::Category::person, person.person.value,
                                                 accepted(proposed)->first, fact.hash, person_});
    agree.proposed = *codec::read_command(fact.act);
    return agree;
  };
  EXPECT_EQ(refusal(act(agreement(person_))), RejectionCode::same_person);
  const auto agreed = act(agreement(second));
  ASSERT_NE(accepted(agreed), nullptr);
  EXPECT_EQ(accepted(agreed)->count, 2u);
  EXPECT_EQ(codec::read_meta(*log_.record(accepted(agreed)->first))->cause, accepted(proposed)->first);
}

TEST_F(EngineTest, AClockSetForwardIsRefusedUntilSomebodyMayAndDoesAcceptIt) {
  clock_.jump_micros(3'600'000'000);
  EXPECT_EQ(refusal(act(as_person(a_person()))), RejectionCode::clock_jumped);
  EXPECT_EQ(refusal(act(as(auditor_, domain::AcceptClock{}))), RejectionCode::not_allowed);
  EXPECT_EQ(refusal(act(as_person(a_person()))), RejectionCode::clock_jumped);
  EXPECT_NE(accepted(act(as_person(domain::AcceptClock{}))), nullptr);
  EXPECT_NE(accepted(act(as_person(a_person()))), nullptr);
}

TEST_F(EngineTest, RecordedTimeNeverGoesBackEvenWhenTheClockDoesALittle) {
  const auto first = act(as_person(a_person()));
  clock_.jump_micros(-1'500'000);
  const auto second = act(as_person(a_person()));
  const auto at = [&](const Outcome& outcome) {
    return codec::read_meta(*log_.record(accepted(outcome)->first))->recorded_at;
  };
  EXPECT_GE(at(second), at(first));
}

TEST_F(EngineTest, AClockThatWentBackFarIsRefusedAlsoAfterARestart) {
  clock_.jump_micros(-10'000'000);
  EXPECT_EQ(refusal(act(as_person(a_person()))), RejectionCode::clock_jumped);
  stop();
  start();
  EXPECT_EQ(refusal(act(as_person(a_person()))), RejectionCode::clock_jumped);
}

TEST_F(EngineTest, LowDiskRefusesUsersAndLetsTheServiceStop) {
  disk_is_low_ = true;
  EXPECT_EQ(refusal(act(as_person(a_person()))), RejectionCode::disk_low);
  EXPECT_NE(accepted(act(as_service(domain::StopSystem{}))), nullptr);
}

TEST_F(EngineTest, AFullInboxRefusesAtOnceAndLeavesTheRequestWithTheCaller) {
  Inbox inbox({.requests = 1, .bytes = 1'000});
  auto first = std::make_unique<Request>();
  auto second = std::make_unique<Request>();
  EXPECT_TRUE(inbox.offer(first));
  EXPECT_FALSE(inbox.offer(second));
  EXPECT_NE(second, nullptr);
}

TEST_F(EngineTest, EachEventNamesTheStartOfTheProgramThatWroteIt) {
  const auto producer_of = [&](const Outcome& outcome) {
    return codec::read_meta(*log_.record(accepted(outcome)->first))->producer;
  };
  const Outcome of_the_first = act(as_person(a_person()));
  const Outcome start = act(as_service(domain::StartSystem{"the next version", {}}));
  const Outcome of_the_second = act(as_person(a_person()));
  ASSERT_TRUE(accepted(of_the_first) && accepted(start) && accepted(of_the_second));
  const auto first = codec::read_record(*log_.record(producer_of(of_the_first)));
  const auto second = codec::read_record(*log_.record(producer_of(of_the_second)));
  EXPECT_EQ(std::get<domain::SystemStarted>(first->event).version, "test");
  EXPECT_EQ(std::get<domain::SystemStarted>(second->event).version, "the next version");
  EXPECT_EQ(producer_of(start), accepted(start)->first);
}

TEST_F(EngineTest, TilesAndHeadCarryTheRootOfEveryRecord) {
  std::vector<Submission> many;
  for (int i = 0; i < 600; ++i) many.push_back(as_person(a_person()));
  act_all(std::move(many));
  stop();
  merkle::Tree tree;
  ASSERT_TRUE(log_.read({0},
                        [&](LogPosition, BytesView record) {
                          tree.append(merkle::leaf_hash(record));
                          return true;
                        })
                  .has_value());
  auto head = store::HeadFile::open(head_path_);
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->read()->value(), (store::Head{log_.size(), tree.root()}));
  for (const merkle::Tile& tile : tree.take_full_tiles()) EXPECT_EQ(*log_.tile(tile.level, tile.index), tile.hashes);
}

TEST_F(EngineTest, ALogShorterThanItsHeadDoesNotStart) {
  ASSERT_NE(accepted(act(as_person(a_person()))), nullptr);
  stop();
  const store::MemoryEventLog empty;
  auto head = store::HeadFile::open(head_path_);
  const auto recovered = recover(empty, *head);
  ASSERT_FALSE(recovered.has_value());
  EXPECT_EQ(recovered.error().code, ErrorCode::corrupt);
}

TEST_F(EngineTest, ABlankHeadBesideALogDoesNotStart) {
  stop();
  std::filesystem::remove(head_path_);
  auto blank = store::HeadFile::create(head_path_);
  ASSERT_TRUE(blank.has_value());
  EXPECT_EQ(recover(log_, *blank).error().code, ErrorCode::corrupt);
}

TEST_F(EngineTest, ALogLongerThanItsHeadGoesOn) {
  stop();
  auto head = store::HeadFile::open(head_path_);
  merkle::Tree tree;
  unsigned taken = 0;
  ASSERT_TRUE(log_.read({0},
                        [&](LogPosition, BytesView record) {
                          tree.append(merkle::leaf_hash(record));
                          return ++taken < 3;
                        })
                  .has_value());
  ASSERT_TRUE(head->write({tree.size(), tree.root()}).has_value());
  const auto recovered = recover(log_, *head);
  ASSERT_TRUE(recovered.has_value()) << recovered.error().message;
  EXPECT_EQ(recovered->tree.size(), log_.size());
}

TEST_F(EngineTest, AFailedWriteEndsTheProcess) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        log_.fail_next_append(store::MemoryEventLog::Fault::lost);
        act(as_person(a_person()));
      },
      "check failed");
}

TEST_F(EngineTest, ManyCallersAtOnceGetAnAnswerEachAndNoHole) {
  constexpr int kCallers = 8, kEach = 200;
  std::vector<std::vector<Submission>> work(kCallers);
  for (auto& submissions : work) {
    for (int i = 0; i < kEach; ++i) submissions.push_back(as_person(a_person()));
  }
  const LogSize before = log_.size();
  std::vector<std::thread> callers;
  std::atomic<int> answered = 0;
  for (auto& submissions : work) {
    callers.emplace_back([&, mine = std::move(submissions)]() mutable {
      for (Submission& submission : mine) {
        if (accepted(act(std::move(submission))) != nullptr) ++answered;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(answered, kCallers * kEach);
  EXPECT_EQ(log_.size().value, before.value + kCallers * kEach);
}

}  // namespace
}  // namespace placet::engine
