#include <gtest/gtest.h>

#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

SignContract sign(ContractParty party, std::uint8_t text) { return {kEmployment, party, digest(text)}; }

TEST(DrawUpContract, IsRefusedForAnUnknownWorker) {
  people()
      .when(DrawUpContract{kEmployment, id<WorkerId>(50), digest(1), contract_terms()}, as(kOffice))
      .then_refused(RejectionCode::not_found, "worker");
}

TEST(DrawUpContract, IsRefusedForASecondEmploymentOfTheWorker) {
  proposed()
      .when(DrawUpContract{id<EmploymentId>(51), kWorker, digest(1), contract_terms()}, as(kOffice))
      .then_refused(RejectionCode::already_exists, kEmployment.to_string());
}

TEST(DrawUpContract, FollowsTheEndOfTheLastOnTheSameEmployment) {
  ContractTerms next = contract_terms();
  people()
      .done(DrawUpContract{kEmployment, kWorker, digest(1), next}, as(kOffice))
      .when(DrawUpContract{kEmployment, kWorker, digest(2), next}, as(kOffice))
      .then_refused(RejectionCode::already_exists, "amend or renew")
      .done(EndEmployment{kEmployment, kToday.plus_days(9)}, as(kOffice))
      .when(DrawUpContract{kEmployment, kWorker, digest(2), next}, as(kOffice))
      .then_refused(RejectionCode::malformed, "terms.from");
  next.from = kToday.plus_days(10);
  Story story = people();
  story.done(DrawUpContract{kEmployment, kWorker, digest(1), contract_terms()}, as(kOffice))
      .done(EndEmployment{kEmployment, kToday.plus_days(9)}, as(kOffice))
      .when(DrawUpContract{kEmployment, kWorker, digest(2), next}, as(kOffice))
      .then({ContractDrawnUp{kWorker, kWorkerPerson, digest(2), next}});
  EXPECT_FALSE(story.state_of<Employment>(stream_of(kEmployment)).last_day);
}

TEST(DrawUpContract, RefusesFixedHoursWithoutHoursAndOnCallWithThem) {
  ContractTerms fixed = contract_terms(), on_call = contract_terms();
  fixed.minutes_per_week = {};
  on_call.hours = ContractHours::on_call;
  for (const ContractTerms& terms : {fixed, on_call})
    people()
        .when(DrawUpContract{kEmployment, kWorker, digest(1), terms}, as(kOffice))
        .then_refused(RejectionCode::malformed, "minutesPerWeek");
}

TEST(SignContract, IsRefusedBeforeItIsSent) {
  proposed().when(sign(ContractParty::worker, 1), as(kWorkerPerson)).then_refused(RejectionCode::not_ready);
}

TEST(SignContract, IsRefusedForAnotherTextThanTheOneSent) {
  proposed()
      .done(SendContract{kEmployment}, as(kOffice))
      .when(sign(ContractParty::worker, 2), as(kWorkerPerson))
      .then_refused(RejectionCode::moved, "read it again");
}

TEST(SignContract, IsForTheWorkerHimselfAndForTheOfficeAsEmployer) {
  Story story = proposed();
  story.done(SendContract{kEmployment}, as(kOffice));
  story.when(sign(ContractParty::worker, 1), as(kOffice)).then_refused(RejectionCode::not_allowed);
  story.when(sign(ContractParty::employer, 1), as(kWorkerPerson)).then_refused(RejectionCode::not_allowed);
  story.when(sign(ContractParty::worker, 1), as(kOtherWorkerPerson)).then_refused(RejectionCode::not_found);
  story.done(sign(ContractParty::worker, 1), as(kWorkerPerson)).done(sign(ContractParty::employer, 1), as(kOffice));
  EXPECT_TRUE(story.state_of<Employment>(stream_of(kEmployment)).contract_signed());
}

TEST(AmendContract, NeedsBothSignaturesAgain) {
  Story story = ready();
  story.done(AmendContract{kEmployment, digest(5), contract_terms()}, as(kOffice));
  EXPECT_FALSE(story.state_of<Employment>(stream_of(kEmployment)).contract_signed());
  story.when(sign(ContractParty::worker, 5), as(kWorkerPerson)).then_refused(RejectionCode::not_ready);
}

TEST(RenewContract, FollowsTheRunningOne) {
  ContractTerms first = contract_terms(), next = contract_terms();
  first.until = kToday.plus_days(90);
  next.from = kToday.plus_days(90);
  people()
      .done(DrawUpContract{kEmployment, kWorker, digest(1), first}, as(kOffice))
      .when(RenewContract{kEmployment, digest(2), next}, as(kOffice))
      .then_refused(RejectionCode::malformed, "lasts until");
  next.from = kToday.plus_days(91);
  people()
      .done(DrawUpContract{kEmployment, kWorker, digest(1), first}, as(kOffice))
      .done(RenewContract{kEmployment, digest(2), next}, as(kOffice));
}

TEST(AnnounceEmploymentEnd, RefusesADayInThePast) {
  ready()
      .when(AnnounceEmploymentEnd{kEmployment, kToday.plus_days(-1)}, as(kWorkerPerson))
      .then_refused(RejectionCode::malformed)
      .done(AnnounceEmploymentEnd{kEmployment, kToday.plus_days(30)}, as(kWorkerPerson));
}

TEST(EndEmployment, WaitsForItsPlacements) {
  started()
      .when(EndEmployment{kEmployment, kToday.plus_days(30)}, as(kOffice))
      .then_refused(RejectionCode::not_ready, "end it first")
      .done(EndPlacement{kPlacement, kEmployment, kToday.plus_days(20)}, as(kOffice))
      .done(EndEmployment{kEmployment, kToday.plus_days(30)}, as(kOffice))
      .when(AmendContract{kEmployment, digest(6), contract_terms()}, as(kOffice))
      .then_refused(RejectionCode::ended);
}

TEST(Employment, KnowsWhichKindOfSheetHoldsADay) {
  Story story = started();
  const Date first_of_february{20'850};  // a Monday
  ASSERT_EQ(first_of_february, *Date::of(2027, 2, 1));
  story.done(ChangePeriodKind{kPlacement, kEmployment, PeriodKind::month, first_of_february, 0}, as(kOffice))
      .done(EndPlacement{kPlacement, kEmployment, first_of_february.plus_days(10)}, as(kOffice));
  const auto* linked = story.state_of<Employment>(stream_of(kEmployment)).find(kPlacement);
  ASSERT_NE(linked, nullptr);
  EXPECT_EQ(linked->kind_on(kFirstDay.plus_days(-1)), PeriodKind::unspecified);
  EXPECT_EQ(linked->kind_on(kFirstDay), PeriodKind::week);
  EXPECT_EQ(linked->kind_on(first_of_february.plus_days(-1)), PeriodKind::week);
  EXPECT_EQ(linked->kind_on(first_of_february), PeriodKind::month);
  EXPECT_EQ(linked->kind_on(first_of_february.plus_days(11)), PeriodKind::unspecified);
}

}  // namespace
}  // namespace placet::domain::testing
