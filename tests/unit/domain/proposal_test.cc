#include <gtest/gtest.h>

#include "domain/proposal/proposal.h"
#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

const AgreePayTerms kTerms{kPlacement, {Money::of(1'550), {}, {}}, kFirstDay};

Story with_proposal() {
  Story story = proposed();
  story.proposed(kTerms, as(kOffice)).then_accepted();
  return story;
}

TEST(Propose, ChangesNothingButThatItWaits) {
  Story story = with_proposal();
  EXPECT_TRUE(story.state_of<Placement>(stream_of(kPlacement)).pay.empty());
  EXPECT_EQ(story.state(stream_of(kPlacement)).proposals.size(), 1u);
}

TEST(Propose, IsRefusedWhatWouldBeRefusedNow) {
  people().proposed(kTerms, as(kOffice)).then_refused(RejectionCode::not_found, "placement");
}

TEST(Propose, IsRefusedForACommandThatTakesOnePerson) {
  proposed().proposed(SendContract{kEmployment}, as(kOffice)).then_refused(RejectionCode::malformed, "one person");
}

TEST(Propose, IsRefusedTheThirtyThirdTimeOnOneStream) {
  Story story = proposed();
  for (std::size_t i = 0; i < kProposalsPerStreamMax; ++i) story.proposed(kTerms, as(kOffice)).then_accepted();
  story.proposed(kTerms, as(kOffice)).then_refused(RejectionCode::too_large);
  // A week later they are dead and make room.
  story.on(kToday.plus_days(8)).proposed(kTerms, as(kOffice)).then_accepted();
  EXPECT_EQ(story.state(stream_of(kPlacement)).proposals.size(), 1u);
}

TEST(AgreeToAct, IsRefusedToWhoeverProposedIt) {
  with_proposal().agreed_by(as(kOffice)).then_refused(RejectionCode::same_person, "another person");
}

TEST(AgreeToAct, IsRefusedToTheProposerUnderAnotherName) {
  Story story = proposed();
  story.done_by_two(JoinPersons{kOffice, kSecondOffice, {}}, as(kOffice), as(kAdministrator));
  story.proposed(kTerms, as(kOffice)).agreed_by(as(kSecondOffice)).then_refused(RejectionCode::same_person);
}

TEST(AgreeToAct, IsForThoseWhoMaySendTheCommandThemselves) {
  with_proposal().agreed_by(as(kAuditor)).then_refused(RejectionCode::not_allowed);
  with_proposal().agreed_by(as(kStranger)).then_refused(RejectionCode::not_found);
}

TEST(AgreeToAct, IsRefusedAfterSevenDays) {
  with_proposal().on(kToday.plus_days(7)).agreed_by(as(kSecondOffice)).then_accepted();
  with_proposal()
      .on(kToday.plus_days(8))
      .agreed_by(as(kSecondOffice))
      .then_refused(RejectionCode::proposal_expired, "propose it again");
}

TEST(AgreeToAct, HappensOnce) {
  with_proposal()
      .agreed_by(as(kSecondOffice))
      .then_accepted()
      .agreed_by(as(kSecondOffice))
      .then_refused(RejectionCode::not_found, "agreed to already");
}

TEST(AgreeToAct, IsRefusedWhenTheStateMoved) {
  Story story = ready();
  StartPlacement start = start_placement();
  start.override_ = {true, true, true, true, true};
  start.reason = sealed("now");
  story.proposed(start, as(kOffice)).then_accepted();
  story.done(start_placement(), as(kOffice))
      .agreed_by(as(kSecondOffice))
      .then_refused(RejectionCode::moved, "started on");
}

TEST(AgreeToAct, IsRefusedWhenTheProposerMayNoMore) {
  with_proposal()
      .done(RevokeRole{kOffice, Role::back_office, {}, {}}, as(kAdministrator))
      .agreed_by(as(kSecondOffice))
      .then_refused(RejectionCode::moved);
}

TEST(AgreeToAct, IsRefusedForAnotherHashThanTheOneProposed) {
  Story story = with_proposal();
  Facts facts = story.facts(as(kSecondOffice));
  facts.proposed = kTerms;
  const LogPosition position{story.log().size() - 1};
  const AgreeToAct agree{Category::placement, kPlacement.value, position, digest(99), kOffice};
  const Needs needs = needs_of(agree, facts);
  States states;
  for (const StreamId& stream : needs.states) states.add(stream, &story.state(stream));
  const Decision decision = decide(states, agree, facts);
  ASSERT_FALSE(decision.has_value());
  EXPECT_EQ(decision.error().code, RejectionCode::moved);
}

TEST(State, OfAStreamThatHoldsOnlyProposalsCountsAsNone) {
  const AgencyId agency = id<AgencyId>(70);
  Story story = people();
  story.given({{stream_of(agency), ActProposed{1, "act", digest(1)}, kOffice}})
      .done(RegisterAgency{agency, Company{"x", {}, {}}}, as(kOffice));
  EXPECT_EQ(story.state(stream_of(agency)).events, 2u);
  EXPECT_EQ(story.state(stream_of(agency)).proposals.size(), 1u);
}

}  // namespace
}  // namespace placet::domain::testing
