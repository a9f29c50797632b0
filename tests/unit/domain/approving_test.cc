#include <gtest/gtest.h>

#include "tests/unit/domain/sheets.h"

namespace placet::domain::testing {
namespace {

constexpr PersonId kAlterEgo = id<PersonId>(31);

NoticeQueued to_worker(NoticeKind kind) { return {kind, kWorkerPerson, kPlacement, sheet_id()}; }

Fact registered(PersonId person) { return {stream_of(person), PersonRegistered{sealed("name")}}; }
Fact contact(PersonId person) {
  return {stream_of(person), RoleGranted{Role::client_contact, PartyId(kClient.value), {}, {}}};
}
Fact appointed(PersonId person) { return {stream_of(kPlacement), ApproverAppointed{person, kMonday, {}}}; }
std::vector<Fact> joined(PersonId one, PersonId other) {
  return {{stream_of(one), PersonsJoined{{one, other}}}, {stream_of(other), PersonsJoined{{one, other}}}};
}

// --- approve ------------------------------------------------------------------------------------------------------

TEST(ApproveHours, ApprovesAllThatWaitsAndTellsTheWorker) {
  Story story = submitted();
  const Digest seen = content_hash(sheet(story), sheet_id());
  story.when(ApproveHours{kPlacement, kWeek, {}, seen, {}}, as(kApprover))
      .then({DaysApproved{{kMonday, kTuesday}, Minutes::of(960), seen, Right::appointment, kApprover},
             to_worker(NoticeKind::hours_approved)});
}

TEST(ApproveHours, OfNamedDaysLeavesTheOthersSubmitted) {
  Story story = submitted();
  story.done(approve(story, {kTuesday}), as(kApprover));
  EXPECT_EQ(std::get<DaysApproved>(story.last()->front().event).days, std::vector{kTuesday});
  EXPECT_TRUE(sheet(story).find(kEntry)->submitted());
  EXPECT_TRUE(sheet(story).find(kSecondEntry)->approved());
}

TEST(ApproveHours, IsRefusedWhenTheEntriesMovedSinceTheApproverSawThem) {
  Story story = submitted();
  const ApproveHours of_eight_hours = approve(story);
  story.done(WithdrawSheet{kPlacement, kWeek}, as(kWorkerPerson))
      .done(change(kEntry, plain(kMonday, 540)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson))
      .when(of_eight_hours, as(kApprover))
      .then_refused(RejectionCode::entries_moved, "read the sheet again");
}

TEST(ApproveHours, IsAcceptedWhenOnlyOtherDaysMoved) {
  Story story = submitted();
  const ApproveHours of_monday = approve(story, {kMonday});
  story.done(WithdrawSheet{kPlacement, kWeek}, as(kWorkerPerson))
      .done(change(kSecondEntry, plain(kTuesday, 540)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson))
      .done(of_monday, as(kApprover));
}

TEST(ApproveHours, IsRefusedWhenNothingWaits) {
  Story open = entered();
  open.when(approve(open), as(kApprover)).then_refused(RejectionCode::not_submitted);
  Story done = approved();
  done.when(approve(done, {kMonday}), as(kApprover)).then_refused(RejectionCode::not_submitted);
}

TEST(ApproveHours, IsRefusedForADayWithoutHoursAndADayNamedTwice) {
  Story story = submitted();
  story.when(approve(story, {kMonday, kWednesday}), as(kApprover))
      .then_refused(RejectionCode::not_submitted, "2026-10-14")
      .when(approve(story, {kMonday, kMonday}), as(kApprover))
      .then_refused(RejectionCode::malformed, "twice")
      .when(approve(story, {Date{-5}}), as(kApprover))
      .then_refused(RejectionCode::malformed, "days");
}

TEST(ApproveHours, IsRefusedForAPlacementThatDoesNotExist) {
  Story story = submitted();
  ApproveHours elsewhere = approve(story);
  elsewhere.placement = kOtherPlacement;
  story.when(elsewhere, as(kApprover)).then_refused(RejectionCode::not_found);
}

TEST(ApproveHours, IsNoActOfWorkerAgencyOrOffice) {
  Story story = submitted();
  for (const PersonId person : {kWorkerPerson, kRecruiter, kOffice, kAdministrator})
    story.when(approve(story), as(person)).then_refused(RejectionCode::not_allowed);
}

// --- by what right ------------------------------------------------------------------------------------------------

TEST(ApprovalRight, IsNotThatOfEveryContact) {
  Story story = submitted();
  story.when(approve(story), as(kSignatory)).then_refused(RejectionCode::not_an_approver);
}

TEST(ApprovalRight, OfASubstituteNamesWhomHeStandsInFor) {
  Story story = with_substitute(submitted());
  story.done(approve(story), as(kSubstitute));
  const auto& event = std::get<DaysApproved>(story.last()->front().event);
  EXPECT_EQ(event.right, Right::substitution);
  EXPECT_EQ(event.holder, kApprover);
}

TEST(ApprovalRight, OfASubstituteEndsWithItsDays) {
  Story story = with_substitute(submitted());
  story.on(kToday.plus_days(31)).when(approve(story), as(kSubstitute)).then_refused(RejectionCode::not_an_approver);
}

TEST(ApprovalRight, OfASubstituteEndsWithTheAppointment) {
  Story story = with_substitute(submitted());
  story.given({{stream_of(kPlacement), ApproverEnded{kApprover, kToday.plus_days(-1)}}})
      .when(approve(story), as(kSubstitute))
      .then_refused(RejectionCode::not_an_approver);
}

TEST(ApprovalRight, IsThatOfTheDayOfTheApprovalNotOfTheDayWorked) {
  Story story = submitted();
  story.done(EndApprover{kPlacement, kClient, kApprover, kTuesday}, as(kSignatory))
      .on(kWednesday)
      .when(approve(story), as(kApprover))
      .then_refused(RejectionCode::not_an_approver);
}

TEST(ApprovalRight, NeedsTheRoleOfAContactBesideTheAppointment) {
  Story story = submitted();
  story.given({{stream_of(kApprover), RoleRevoked{Role::client_contact, PartyId(kClient.value)}}})
      .when(approve(story), as(kApprover))
      .then_refused(RejectionCode::not_found);
}

TEST(ApprovalRight, IsAPersonsWhoeverHeWasRegisteredAs) {
  Story story = submitted();
  story.given({registered(kAlterEgo), contact(kAlterEgo)})
      .given(joined(kApprover, kAlterEgo))
      .done(approve(story), as(kAlterEgo));
}

TEST(Machine, NeverApproves) {
  Story story = submitted();
  story.when(approve(story), as(kMachine, Strength::machine))
      .then_refused(RejectionCode::machine_cannot_approve)
      .when(approve(story), as(kMachine, Strength::token))
      .then_refused(RejectionCode::machine_cannot_approve)
      .when(approve(story), as(kApprover, Strength::machine))
      .then_refused(RejectionCode::machine_cannot_approve)
      .when(approve(story), service())
      .then_refused(RejectionCode::machine_cannot_approve)
      .when(refuse_hours(), as(kMachine, Strength::machine))
      .then_refused(RejectionCode::machine_cannot_approve);
}

TEST(Machine, PassesOnAnApprovalWithThePersonsDelegatedToken) {
  Story story = submitted();
  story.done(approve(story), as(kApprover, Strength::delegated));
}

// --- own hours, entered hours -------------------------------------------------------------------------------------

TEST(OwnHours, AreNotApprovedThoughTheWorkerIsAnApprover) {
  Story story = submitted();
  story.given({contact(kWorkerPerson), appointed(kWorkerPerson)})
      .when(approve(story), as(kWorkerPerson))
      .then_refused(RejectionCode::own_hours);
}

TEST(OwnHours, AreNotApprovedThroughASecondAccountOrPerson) {
  Story story = submitted();
  Actor second_account = as(kApprover);
  second_account.account = id<AccountId>(77);
  story.given(joined(kApprover, kWorkerPerson))
      .when(approve(story), second_account)
      .then_refused(RejectionCode::own_hours);
}

TEST(OwnHours, AreApprovedByTheSubstituteOfTheWorkerWhoIsAnApprover) {
  Story story = submitted();
  story
      .given({{stream_of(kPlacement), ApproverEnded{kApprover, kToday.plus_days(-1)}},
              appointed(kWorkerPerson),
              {stream_of(kPlacement), SubstituteNamed{kWorkerPerson, kSubstitute, kToday, kToday.plus_days(9)}}})
      .done(approve(story), as(kSubstitute));
}

TEST(EnteredHours, AreNotApprovedByWhoRecordedThem) {
  Story story = with_substitute(entered());
  story.done(record(kThirdEntry, plain(kWednesday, 60)), as(kSubstitute))
      .done(submit(), as(kWorkerPerson))
      .when(approve(story), as(kSubstitute))
      .then_refused(RejectionCode::entered_by_you)
      .done(approve(story, {kMonday, kTuesday}), as(kSubstitute))
      .done(approve(story), as(kApprover));
}

TEST(EnteredHours, AreNotApprovedByWhoChangedThem) {
  Story story = with_substitute(entered());
  story.done(change(kEntry, plain(kMonday, 60)), as(kSubstitute))
      .done(change(kEntry, plain(kMonday, 120)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson))
      .when(approve(story), as(kSubstitute))
      .then_refused(RejectionCode::entered_by_you);
}

TEST(EnteredHours, AreNotApprovedByAnotherOfHisPersons) {
  Story story = with_substitute(started());
  story.done(record(kEntry, plain(kMonday, 60)), as(kSignatory))
      .done(submit(), as(kWorkerPerson))
      .given(joined(kSignatory, kApprover))
      .when(approve(story), as(kApprover))
      .then_refused(RejectionCode::entered_by_you);
}

TEST(Controls, AreThoseThatLeaveAFact) {
  for (const RejectionCode code : {RejectionCode::own_hours, RejectionCode::entered_by_you,
                                   RejectionCode::machine_cannot_approve, RejectionCode::not_an_approver})
    EXPECT_TRUE(is_control(code));
  for (const RejectionCode code :
       {RejectionCode::entries_moved, RejectionCode::not_submitted, RejectionCode::needs_second_contact})
    EXPECT_FALSE(is_control(code));
}

// --- refuse, take back --------------------------------------------------------------------------------------------

TEST(RefuseHours, OpensTheDaysWithAReasonAndTellsTheWorker) {
  submitted()
      .when(refuse_hours({kTuesday}), as(kApprover))
      .then({DaysRefused{{kTuesday}, sealed("Tuesday was six hours")}, to_worker(NoticeKind::hours_refused)});
}

TEST(RefuseHours, LetsTheWorkerCorrectAndSubmitAgain) {
  Story story = submitted();
  story.done(refuse_hours({kTuesday}), as(kApprover))
      .done(change(kSecondEntry, plain(kTuesday, 360)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson))
      .done(approve(story), as(kApprover));
}

TEST(RefuseHours, NeedsAReason) {
  RefuseHours without = refuse_hours();
  without.reason = {};
  submitted().when(without, as(kApprover)).then_refused(RejectionCode::malformed, "reason");
}

TEST(RefuseHours, IsTheApproversAlone) {
  submitted().when(refuse_hours(), as(kSignatory)).then_refused(RejectionCode::not_an_approver);
}

TEST(RefuseHours, IsRefusedWhenNothingWaits) {
  approved().when(refuse_hours(), as(kApprover)).then_refused(RejectionCode::not_submitted);
}

TEST(TakeApprovalBack, MakesTheDaysWaitAgainAndTellsTheWorker) {
  Story story = approved();
  story.when(take_back({kMonday}), as(kApprover))
      .then({ApprovalTakenBack{{kMonday}, sealed("approved the wrong week")},
             to_worker(NoticeKind::approval_taken_back)});
  EXPECT_TRUE(sheet(story).find(kEntry)->submitted());
  EXPECT_TRUE(sheet(story).find(kSecondEntry)->approved());
}

TEST(TakeApprovalBack, CanBeDoneByTheOffice) { approved().done(take_back(), as(kOffice)); }

TEST(TakeApprovalBack, NeedsTheRightToApprove) {
  approved().when(take_back(), as(kSignatory)).then_refused(RejectionCode::not_an_approver);
}

TEST(TakeApprovalBack, NeedsAReason) {
  TakeApprovalBack without = take_back();
  without.reason = {};
  approved().when(without, as(kApprover)).then_refused(RejectionCode::malformed, "reason");
}

TEST(TakeApprovalBack, IsRefusedWhenNothingIsApproved) {
  submitted().when(take_back(), as(kApprover)).then_refused(RejectionCode::not_approved);
}

// --- additions ----------------------------------------------------------------------------------------------------

Story added() {
  return approved()
      .done(request_addition({kMonday}), as(kWorkerPerson))
      .done(record(kThirdEntry, plain(kMonday, 90)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson));
}

TEST(Addition, IsApprovedAloneWithItsOwnMinutesAndHash) {
  Story story = added();
  const LogPosition before = std::get<Approved>(sheet(story).find(kEntry)->phase).at;
  story.done(approve(story), as(kApprover));
  const auto& event = std::get<DaysApproved>(story.last()->front().event);
  EXPECT_EQ(event.minutes, Minutes::of(90));
  EXPECT_EQ(event.days, std::vector{kMonday});
  EXPECT_EQ(std::get<Approved>(sheet(story).find(kEntry)->phase).at, before);
}

TEST(Addition, IsRefusedAloneAndCorrected) {
  Story story = added();
  story.done(refuse_hours(), as(kApprover));
  EXPECT_TRUE(sheet(story).find(kEntry)->approved());
  story.done(change(kThirdEntry, plain(kMonday, 60)), as(kWorkerPerson)).done(submit(), as(kWorkerPerson));
}

TEST(Addition, GetsNotStuckWhenTheApprovalIsTakenBack) {
  Story story = approved();
  story.done(request_addition({kMonday}), as(kWorkerPerson))
      .done(record(kThirdEntry, plain(kMonday, 90)), as(kWorkerPerson))
      .done(take_back({kMonday}), as(kApprover))
      .done(change(kThirdEntry, plain(kMonday, 60)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson))
      .done(approve(story), as(kApprover));
  EXPECT_EQ(std::get<DaysApproved>(story.last()->front().event).minutes, Minutes::of(540));
}

// --- accepted for pay ---------------------------------------------------------------------------------------------

Story accepted() {
  Story story = submitted();
  return story.done_by_two(accept_for_pay(story, {kMonday}), as(kOffice), as(kSecondOffice));
}

TEST(AcceptForPay, TakesTwoPersons) {
  Story story = submitted();
  story.when(accept_for_pay(story), as(kOffice))
      .then_refused(RejectionCode::needs_second_person)
      .proposed(accept_for_pay(story), as(kOffice))
      .then_accepted()
      .agreed_by(as(kOffice))
      .then_refused(RejectionCode::same_person)
      .agreed_by(as(kSecondOffice))
      .then_accepted();
}

TEST(AcceptForPay, SaysWhatWasAcceptedAndTellsTheWorker) {
  Story story = accepted();
  const auto& event = std::get<DaysAcceptedForPay>(story.last()->at(1).event);
  EXPECT_EQ(event.days, std::vector{kMonday});
  EXPECT_EQ(event.minutes, Minutes::of(480));
  EXPECT_EQ(std::get<NoticeQueued>(story.last()->at(2).event), to_worker(NoticeKind::hours_accepted_for_pay));
}

TEST(AcceptForPay, NeedsAReasonAndSubmittedHours) {
  Story story = submitted();
  AcceptForPay without = accept_for_pay(story);
  without.reason = {};
  story.proposed(without, as(kOffice)).then_refused(RejectionCode::malformed, "reason");
  Story done = approved();
  done.proposed(accept_for_pay(done), as(kOffice)).then_refused(RejectionCode::not_submitted);
}

TEST(AcceptForPay, IsRefusedWhenTheHoursMovedBeforeTheSecondPersonAgreed) {
  Story story = submitted();
  story.proposed(accept_for_pay(story), as(kOffice))
      .done(WithdrawSheet{kPlacement, kWeek}, as(kWorkerPerson))
      .done(change(kEntry, plain(kMonday, 540)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson))
      .agreed_by(as(kSecondOffice))
      .then_refused(RejectionCode::moved);
}

TEST(AcceptForPay, IsNotForOwnHoursOrHoursOneEntered) {
  Story own = submitted();
  own.given(joined(kOffice, kWorkerPerson))
      .proposed(accept_for_pay(own), as(kOffice))
      .then_refused(RejectionCode::own_hours)
      .proposed(accept_for_pay(own), as(kSecondOffice))
      .agreed_by(as(kOffice))
      .then_refused(RejectionCode::moved, "own hours");
  Story by_office = started();
  by_office.done(record(kEntry, plain(kMonday, 480)), as(kOffice))
      .done(submit(), as(kWorkerPerson))
      .proposed(accept_for_pay(by_office), as(kOffice))
      .then_refused(RejectionCode::entered_by_you);
}

TEST(AcceptedForPay, IsFrozenForTheWorkerAndTheClientCannotRefuseIt) {
  accepted()
      .when(change(kEntry, plain(kMonday, 60)), as(kWorkerPerson))
      .then_refused(RejectionCode::approved)
      .when(refuse_hours({kMonday}), as(kApprover))
      .then_refused(RejectionCode::settled)
      .when(take_back({kMonday}), as(kOffice))
      .then_refused(RejectionCode::not_approved);
}

TEST(AcceptedForPay, CanStillBeApprovedByTheClientAndStandsWhenThatIsTakenBack) {
  Story story = accepted();
  story.done(approve(story), as(kApprover));
  EXPECT_EQ(std::get<DaysApproved>(story.last()->front().event).minutes, Minutes::of(960));
  story.done(take_back(), as(kApprover));
  EXPECT_TRUE(std::holds_alternative<AcceptedForPay>(sheet(story).find(kEntry)->phase));
  EXPECT_TRUE(sheet(story).find(kSecondEntry)->submitted());
}

TEST(AcceptedForPay, IsNotAcceptedAgainWithAnAddition) {
  Story story = accepted();
  story.done(request_addition({kMonday}), as(kWorkerPerson))
      .done(record(kThirdEntry, plain(kMonday, 90)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson))
      .done_by_two(accept_for_pay(story, {kMonday}), as(kOffice), as(kSecondOffice));
  EXPECT_EQ(std::get<DaysAcceptedForPay>(story.last()->at(1).event).minutes, Minutes::of(90));
}

}  // namespace
}  // namespace placet::domain::testing
