#include <gtest/gtest.h>

#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

PayTerms pay(std::int64_t cents) { return {Money::of(cents), Money::of(23), {}}; }

TEST(ProposePlacement, IsKnownToTheEmployment) {
  Story story = people();
  story.done(DrawUpContract{kEmployment, kWorker, digest(1), contract_terms()}, as(kOffice))
      .when(propose_placement(), as(kRecruiter))
      .then({PlacementProposed{kWorker, kWorkerPerson, kClient, kAgency, kEmployment, PeriodKind::week, kFirstDay, {}},
             PlacementLinked{kPlacement, PeriodKind::week, kFirstDay, {}}});
}

TEST(ProposePlacement, NamesWorkerClientAgencyAndPlacementAsParties) {
  const Story story = proposed();
  const Parties parties = story.log().back().meta.parties;
  EXPECT_EQ(parties, (Parties{PartyId(kWorker.value), PartyId(kClient.value), PartyId(kAgency.value),
                              PartyId(kPlacement.value)}));
}

TEST(ProposePlacement, IsRefusedWithoutAContractOfThatWorker) {
  people().when(propose_placement(), as(kRecruiter)).then_refused(RejectionCode::not_found, "employment");
}

TEST(ProposePlacement, DoesNotShowAnAgencyTheClientsOfAnother) {
  const ClientId foreign = id<ClientId>(60);
  ProposePlacement command = propose_placement();
  command.client = foreign;
  people()
      .done(RegisterClient{foreign, Company{"x", {}, {}}, {}}, as(kOffice))
      .done(DrawUpContract{kEmployment, kWorker, digest(1), contract_terms()}, as(kOffice))
      .when(command, as(kRecruiter))
      .then_refused(RejectionCode::not_found, "client")
      .done(command, as(kOffice));
}

TEST(AgreePayTerms, TakesTwoPersons) {
  const Command command = AgreePayTerms{kPlacement, pay(1'550), kFirstDay};
  proposed().when(command, as(kOffice)).then_refused(RejectionCode::needs_second_person);
  Story story = proposed();
  story.proposed(command, as(kOffice))
      .agreed_by(as(kSecondOffice))
      .then({ActAgreed{LogPosition{story.log().size() - 3}, kOffice,
                       std::get<ActProposed>(story.log()[story.log().size() - 3].event).hash},
             PayTermsAgreed{pay(1'550), kFirstDay}});
}

TEST(AgreeClientTerms, RefusesARateOfNothingAndAHourTypeTwice) {
  ClientTerms none{{}, {}, {}};
  ClientTerms twice{Money::of(3'023), {}, {{HourType::overtime, 5'000}, {HourType::overtime, 2'500}}};
  proposed()
      .proposed(AgreeClientTerms{kPlacement, none, kFirstDay}, as(kOffice))
      .then_refused(RejectionCode::malformed, "perHour")
      .proposed(AgreeClientTerms{kPlacement, twice, kFirstDay}, as(kOffice))
      .then_refused(RejectionCode::malformed, "twice");
}

TEST(AgreePurchaseTerms, AreRefusedBeforeThePlacementBegins) {
  proposed()
      .proposed(AgreePurchaseTerms{kPlacement, {16'200, {}}, kFirstDay.plus_days(-1)}, as(kOffice))
      .then_refused(RejectionCode::malformed, "begins on")
      .done_by_two(AgreePurchaseTerms{kPlacement, {16'200, {}}, kFirstDay}, as(kOffice), as(kSecondOffice));
}

TEST(SendAgreement, NamesApproversOfTheClient) {
  proposed()
      .when(SendAgreement{kPlacement, kClient, digest(2), {}}, as(kOffice))
      .then_refused(RejectionCode::malformed, "approvers")
      .when(SendAgreement{kPlacement, kClient, digest(2), {kStranger}}, as(kOffice))
      .then_refused(RejectionCode::not_found, "add the contact");
}

TEST(SendAgreement, IsStaleWithoutTheRightHint) {
  proposed()
      .when(SendAgreement{kPlacement, {}, digest(2), {kApprover}}, as(kOffice))
      .then_refused(RejectionCode::stale, "hint is missing")
      .when(SendAgreement{kPlacement, id<ClientId>(60), digest(2), {kApprover}}, as(kOffice))
      .then_refused(RejectionCode::stale, "another one");
}

TEST(AcceptAgreement, AppointsTheFirstApprovers) {
  proposed()
      .done(SendAgreement{kPlacement, kClient, digest(2), {kApprover, kSubstitute}}, as(kOffice))
      .when(AcceptAgreement{kPlacement, kClient, digest(2)}, as(kSignatory))
      .then({AgreementAccepted{digest(2)}, ApproverAppointed{kApprover, kFirstDay, {}},
             ApproverAppointed{kSubstitute, kFirstDay, {}}});
}

TEST(AcceptAgreement, IsForASignatoryWhoReadTheTextThatWasSent) {
  proposed()
      .when(AcceptAgreement{kPlacement, kClient, digest(2)}, as(kSignatory))
      .then_refused(RejectionCode::not_ready)
      .done(SendAgreement{kPlacement, kClient, digest(2), {kApprover}}, as(kOffice))
      .when(AcceptAgreement{kPlacement, kClient, digest(7)}, as(kSignatory))
      .then_refused(RejectionCode::moved)
      .when(AcceptAgreement{kPlacement, kClient, digest(2)}, as(kApprover))
      .then_refused(RejectionCode::not_a_signatory)
      .when(AcceptAgreement{kPlacement, kClient, digest(2)}, as(kOffice))
      .then_refused(RejectionCode::not_allowed);
}

TEST(StartPlacement, IsAcceptedWhenEveryGateIsOpen) {
  ready().when(start_placement(), as(kOffice)).then({PlacementStarted{kFirstDay}});
}

TEST(StartPlacement, IsRefusedWithoutIdentityEvenWithAnOverride) {
  StartPlacement start = start_placement();
  start.override_ = {true, true, true, true, true};
  start.reason = sealed("needed tomorrow");
  people()
      .done(DrawUpContract{kEmployment, kWorker, digest(1), contract_terms()}, as(kOffice))
      .done(propose_placement(), as(kRecruiter))
      .proposed(start, as(kOffice))
      .then_refused(RejectionCode::identity_missing);
}

TEST(StartPlacement, IsRefusedWhenTheDocumentRunsOutBeforeTheFirstDay) {
  StartPlacement start = start_placement();
  start.first_day = kToday.plus_days(1'001);
  ready().when(start, as(kOffice)).then_refused(RejectionCode::identity_missing, "nobody can override");
}

TEST(StartPlacement, NamesEveryGateThatIsClosed) {
  proposed()
      .when(start_placement(), as(kOffice))
      .then_refused(RejectionCode::gate_closed,
                    "the contract signed by both, the agreement accepted, the assignment confirmed, the worker's file, "
                    "the client's file");
}

TEST(StartPlacement, PastAClosedGateTakesTwoPersonsAReasonAndFiveWorkingDays) {
  StartPlacement start = start_placement();
  start.override_ = {true, true, true, true, true};
  proposed().when(start, as(kOffice)).then_refused(RejectionCode::needs_second_person);
  proposed().proposed(start, as(kOffice)).then_refused(RejectionCode::malformed, "reason");
  start.reason = sealed("the harvest does not wait");
  Story story = proposed();
  story.done_by_two(start, as(kOffice), as(kSecondOffice));
  const auto& overridden = std::get<GatesOverridden>(story.log()[story.log().size() - 2].event);
  EXPECT_EQ(overridden.due_on, kToday.plus_days(7));  // Monday to Monday
  EXPECT_EQ(overridden.missing, (Gates{true, true, true, true, true}));
}

TEST(StartPlacement, NotesOnlyWhatIsMissing) {
  StartPlacement start = start_placement();
  start.override_ = {true, true, true, true, true};
  Story story = ready();
  story.proposed(start, as(kOffice)).agreed_by(as(kSecondOffice)).then_accepted();
  EXPECT_TRUE(std::holds_alternative<ActAgreed>(story.log()[story.log().size() - 2].event));
}

TEST(StartPlacement, HappensOnceAndInsideThePlacement) {
  started().when(start_placement(), as(kOffice)).then_refused(RejectionCode::already_exists);
  StartPlacement early = start_placement();
  early.first_day = kFirstDay.plus_days(-1);
  ready().when(early, as(kOffice)).then_refused(RejectionCode::malformed, "outside");
}

TEST(AppointApprover, IsForASignatoryAndNamesAnApproverOfTheClient) {
  const AppointApprover command{kPlacement, kClient, kSubstitute, {}, {}};
  started().when(command, as(kApprover)).then_refused(RejectionCode::not_a_signatory);
  started().when(command, as(kRecruiter)).then_refused(RejectionCode::not_allowed);
  started().when(command, as(kStranger)).then_refused(RejectionCode::not_found);
  started().done(command, as(kSignatory)).when(command, as(kOffice)).then_refused(RejectionCode::already_exists);
  started()
      .when(AppointApprover{kPlacement, kClient, kStranger, {}, {}}, as(kSignatory))
      .then_refused(RejectionCode::not_found, "person");
}

TEST(AppointApprover, WarnsWhenItIsTheWorker) {
  Story story = started();
  story.given({{stream_of(kClient), ContactAdded{kWorkerPerson, ContactKind::approver}}});
  story.when(AppointApprover{kPlacement, kClient, kWorkerPerson, {}, {}}, as(kSignatory))
      .then({ApproverAppointed{kWorkerPerson, kToday, {}, true}});
}

TEST(ReplaceApprover, LeavesNoDayWithoutAndNoDayWithBoth) {
  Story story = started();
  const Date from = kToday.plus_days(3);
  story.done(ReplaceApprover{kPlacement, kClient, kApprover, kSubstitute, from}, as(kSignatory));
  const auto& placement = story.state_of<Placement>(stream_of(kPlacement));
  EXPECT_TRUE(placement.approver_on(kApprover, from.plus_days(-1)));
  EXPECT_FALSE(placement.approver_on(kSubstitute, from.plus_days(-1)));
  EXPECT_FALSE(placement.approver_on(kApprover, from));
  EXPECT_TRUE(placement.approver_on(kSubstitute, from));
}

TEST(EndApprover, DoesNotReachIntoThePast) {
  started()
      .when(EndApprover{kPlacement, kClient, kApprover, kToday.plus_days(-2)}, as(kSignatory))
      .then_refused(RejectionCode::malformed, "past")
      .done(EndApprover{kPlacement, kClient, kApprover, kToday.plus_days(-1)}, as(kSignatory))
      .when(EndApprover{kPlacement, kClient, kApprover, kToday}, as(kSignatory))
      .then_refused(RejectionCode::not_found);
}

TEST(NameSubstitute, IsForTheApproverHimself) {
  const NameSubstitute command{kPlacement, kClient, kApprover, kSubstitute, {}, kToday.plus_days(7)};
  started().done(command, as(kApprover));
  started().done(command, as(kSignatory));
  started().when(command, as(kSubstitute)).then_refused(RejectionCode::not_a_signatory);
}

TEST(NameSubstitute, IsRefusedForSomebodyWhoDoesNotApprove) {
  started()
      .when(NameSubstitute{kPlacement, kClient, kSubstitute, kApprover, {}, kToday}, as(kSignatory))
      .then_refused(RejectionCode::not_found, "approver");
}

TEST(ExtendPlacement, PutsTheLastDayOff) {
  ProposePlacement command = propose_placement();
  command.until = kToday.plus_days(30);
  people()
      .done(DrawUpContract{kEmployment, kWorker, digest(1), contract_terms()}, as(kOffice))
      .done(command, as(kRecruiter))
      .when(ExtendPlacement{kPlacement, kEmployment, kToday.plus_days(30)}, as(kRecruiter))
      .then_refused(RejectionCode::malformed, "must be after")
      .when(ExtendPlacement{kPlacement, kEmployment, kToday.plus_days(60)}, as(kRecruiter))
      .then({PlacementExtended{kToday.plus_days(60)}, PlacementSpanChanged{kPlacement, kToday.plus_days(60)}});
}

TEST(EndPlacement, LeavesTheEmploymentAlone) {
  Story story = started();
  story.when(EndPlacement{kPlacement, kEmployment, kToday.plus_days(4)}, as(kOffice))
      .then({PlacementEnded{kToday.plus_days(4)}, PlacementSpanChanged{kPlacement, kToday.plus_days(4)}});
  EXPECT_FALSE(story.state_of<Employment>(stream_of(kEmployment)).last_day);
  EXPECT_TRUE(story.state_of<Placement>(stream_of(kPlacement)).runs_on(kToday.plus_days(4)));
  EXPECT_FALSE(story.state_of<Placement>(stream_of(kPlacement)).runs_on(kToday.plus_days(5)));
  story.when(EndPlacement{kPlacement, kEmployment, kToday.plus_days(2)}, as(kOffice))
      .then_refused(RejectionCode::ended);
}

TEST(ChangePeriodKind, OnlyOnADayThatStartsBoth) {
  const auto change = [](PeriodKind kind, Date from) {
    return ChangePeriodKind{kPlacement, kEmployment, kind, from, 0};
  };
  const Date first_of_november = *Date::of(2026, 11, 1), a_monday = kToday.plus_days(7);
  const Date first_of_february = *Date::of(2027, 2, 1);  // a Monday
  started()
      .when(change(PeriodKind::month, first_of_november), as(kOffice))
      .then_refused(RejectionCode::not_published)
      .when(change(PeriodKind::month, a_monday), as(kOffice))
      .then_refused(RejectionCode::not_published)
      .when(change(PeriodKind::four_weeks, a_monday), as(kOffice))
      .then_refused(RejectionCode::not_published)
      .when(change(PeriodKind::week, a_monday), as(kOffice))
      .then_refused(RejectionCode::already_exists)
      .when(change(PeriodKind::month, kToday), as(kOffice))
      .then_refused(RejectionCode::malformed, "future")
      .when(change(PeriodKind::month, first_of_february), as(kOffice))
      .then({PeriodKindChanged{PeriodKind::month, first_of_february},
             PlacementLinked{kPlacement, PeriodKind::month, first_of_february, {}}});
}

TEST(ChangePeriodKind, ToFourWeeksFollowsThePublishedCalendar) {
  const Date first = kToday.plus_days(7);
  const CalendarPeriod period{first, first.plus_days(27), {}, {}, {}, {}, {}};
  started()
      .given({{stream_of(calendar_of(kLedger, PeriodKind::four_weeks, 2026)),
               CalendarPublished{PeriodKind::four_weeks, 2026, {period}}}})
      .done(ChangePeriodKind{kPlacement, kEmployment, PeriodKind::four_weeks, first, 2026}, as(kOffice));
}

}  // namespace
}  // namespace placet::domain::testing
