#include <gtest/gtest.h>

#include "tests/unit/domain/sheets.h"

// Who approves by somebody's delegation: the lender's hands are tied, and so are his.

namespace placet::domain::testing {
namespace {

constexpr PersonId kDeputy = id<PersonId>(30);
const PartyId kScope(kClient.value);

/// kDeputy acts as client contact by the delegation of the lender.
Fact lent_by(PersonId lender) {
  return {stream_of(kDeputy), DelegationReceived{lender, Role::client_contact, kScope, kToday, kToday.plus_days(9)}};
}

Story with_deputy_of(PersonId lender, Story story) {
  story.given({{stream_of(kDeputy), PersonRegistered{sealed("deputy")}}, lent_by(lender)});
  return story;
}

Story with_approver(PersonId person, Story story) {
  story.given({{stream_of(person), RoleGranted{Role::client_contact, kScope, {}, {}}},
               {stream_of(kPlacement), ApproverAppointed{person, kMonday, {}}}});
  return story;
}

Story joined(PersonId one, PersonId other, Story story) {
  story.given({{stream_of(one), PersonsJoined{{one, other}}}, {stream_of(other), PersonsJoined{{one, other}}}});
  return story;
}

ApproveHours approve_for(PersonId lender, Story& story, std::vector<Date> days = {}) {
  ApproveHours command = approve(story, std::move(days));
  command.lender = lender;
  return command;
}

TEST(Lender, IsNamedByTheApproval) {
  Story story = with_deputy_of(kApprover, submitted());
  story.done(approve_for(kApprover, story), as(kDeputy));
  const auto& event = std::get<DaysApproved>(story.last()->front().event);
  EXPECT_EQ(event.right, Right::delegation);
  EXPECT_EQ(event.holder, kApprover);
}

TEST(Lender, MustBeAnApproverHimself) {
  Story story = with_deputy_of(kApprover, submitted());
  story.given({{stream_of(kPlacement), ApproverEnded{kApprover, kToday.plus_days(-1)}}})
      .when(approve_for(kApprover, story), as(kDeputy))
      .then_refused(RejectionCode::not_an_approver);
}

TEST(Lender, CannotLendTheApprovalOfHisOwnHours) {
  Story story = with_deputy_of(kWorkerPerson, with_approver(kWorkerPerson, submitted()));
  story.when(approve_for(kWorkerPerson, story), as(kDeputy)).then_refused(RejectionCode::own_hours);
}

TEST(Lender, CannotLendItWhenHeTurnsOutToBeTheWorker) {
  Story story = with_deputy_of(kApprover, submitted());
  story = joined(kApprover, kWorkerPerson, std::move(story));
  story.when(approve_for(kApprover, story), as(kDeputy)).then_refused(RejectionCode::own_hours);
}

TEST(Lender, CannotLendTheApprovalOfHoursThatHeEntered) {
  Story story = with_deputy_of(kApprover, with_substitute(entered()));
  story.done(record(kThirdEntry, plain(kWednesday, 60)), as(kApprover))
      .done(submit(), as(kWorkerPerson))
      .when(approve_for(kApprover, story), as(kDeputy))
      .then_refused(RejectionCode::entered_by_you)
      .done(approve_for(kApprover, story, {kMonday, kTuesday}), as(kDeputy));
}

TEST(Lender, CannotLendItWhenHeTurnsOutToHaveEnteredThem) {
  Story story = with_deputy_of(kApprover, started());
  story.done(record(kEntry, plain(kMonday, 60)), as(kSignatory)).done(submit(), as(kWorkerPerson));
  story = joined(kSignatory, kApprover, std::move(story));
  story.when(approve_for(kApprover, story), as(kDeputy)).then_refused(RejectionCode::entered_by_you);
}

TEST(Lender, IsStaleWhenHeIsNotNamedOrAnotherOneIs) {
  Story story = with_deputy_of(kApprover, submitted());
  for (const PersonId wrong : {PersonId{}, kSignatory}) {
    story.when(approve_for(wrong, story), as(kDeputy))
        .then_refused(RejectionCode::stale, "lender: is not by whose delegation you approve by now");
  }
}

TEST(Lender, IsOfNoMatterToWhoHasARightOfHisOwnByNow) {
  Story story = with_approver(kDeputy, with_deputy_of(kApprover, submitted()));
  story.done(approve_for(kApprover, story), as(kDeputy));
  EXPECT_EQ(std::get<DaysApproved>(story.last()->front().event).right, Right::appointment);
}

TEST(Lender, LeavesRefusingAndTakingBackToHisDelegateWhoeverHeIs) {
  Story waiting = joined(kApprover, kWorkerPerson, with_deputy_of(kApprover, submitted()));
  waiting.done(refuse_hours(), as(kDeputy));
  Story done = joined(kApprover, kWorkerPerson, with_deputy_of(kApprover, approved()));
  done.done(take_back(), as(kDeputy));
}

}  // namespace
}  // namespace placet::domain::testing
