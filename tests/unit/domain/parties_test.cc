#include <gtest/gtest.h>

#include "tests/unit/domain/people.h"

// Worker, client and agency.

namespace placet::domain::testing {
namespace {

VerifyIdentity verify(Date until) {
  return {
      kWorker, VerificationMethod::in_person, DocumentKind::passport, sealed("NX1"), until, RightToWork::unrestricted,
      {}};
}

TEST(ValidBsn, PassesTheElevenTest) {
  EXPECT_TRUE(valid_bsn("111222333"));
  EXPECT_FALSE(valid_bsn("111252333"));
  EXPECT_FALSE(valid_bsn("000000000"));
  EXPECT_FALSE(valid_bsn("11122233"));
  EXPECT_FALSE(valid_bsn("11122233x"));
}

TEST(RegisterWorker, IsRefusedASecondTimeForThePerson) {
  const WorkerId first = id<WorkerId>(50), second = id<WorkerId>(51);
  people()
      .done(RegisterWorker{first, kOtherWorkerPerson, kAgency}, as(kRecruiter))
      .when(RegisterWorker{second, kOtherWorkerPerson, kAgency}, as(kRecruiter))
      .then_refused(RejectionCode::already_exists, "one worker per person");
}

TEST(RegisterWorker, OfAnotherAgencyIsNotSeen) {
  people()
      .when(RegisterWorker{id<WorkerId>(50), kOtherWorkerPerson, id<AgencyId>(52)}, as(kRecruiter))
      .then_refused(RejectionCode::not_found);
}

TEST(RecordCitizenNumber, IsRefusedWhenAnotherWorkerHasIt) {
  const ReservationId key = id<ReservationId>(53);
  const WorkerId other = id<WorkerId>(50);
  people()
      .done(RegisterWorker{other, kOtherWorkerPerson, {}}, as(kOffice))
      .done(RecordCitizenNumber{kWorker, sealed("111222333"), key}, as(kOffice))
      .when(RecordCitizenNumber{other, sealed("111222333"), key}, as(kOffice))
      .then_refused(RejectionCode::already_exists, "one worker per citizen number");
}

TEST(VerifyIdentity, IsRefusedWithADocumentThatHasRunOut) {
  people().when(verify(kToday.plus_days(-1)), as(kOffice)).then_refused(RejectionCode::malformed, "run out");
}

TEST(VerifyIdentity, OfAPermitHoldsUntilThePermitEnds) {
  Story story = people();
  VerifyIdentity command = verify(kToday.plus_days(100));
  command.right_to_work = RightToWork::permit;
  story.when(command, as(kOffice)).then_refused(RejectionCode::malformed, "rightToWorkUntil");
  command.right_to_work_until = kToday.plus_days(10);
  story.done(command, as(kOffice));
  EXPECT_TRUE(story.state_of<Worker>(stream_of(kWorker)).may_work_on(kToday.plus_days(10)));
  EXPECT_FALSE(story.state_of<Worker>(stream_of(kWorker)).may_work_on(kToday.plus_days(11)));
}

TEST(ExpireDocument, IsRefusedWhileItHolds) {
  people()
      .done(verify(kToday.plus_days(5)), as(kOffice))
      .when(ExpireDocument{kWorker}, as(kOffice))
      .then_refused(RejectionCode::not_ready)
      .on(kToday.plus_days(6))
      .when(ExpireDocument{kWorker}, as(kOffice))
      .then({DocumentExpired{kToday.plus_days(5)}});
}

TEST(ChangeWorkerBankAccount, TakesTwoPersons) {
  const Command command = ChangeWorkerBankAccount{kWorker, sealed("NL91ABNA0417164300")};
  people().when(command, as(kOffice)).then_refused(RejectionCode::needs_second_person);
  people().done_by_two(command, as(kOffice), as(kSecondOffice));
}

TEST(ChangeWorkerDetails, IsForTheWorkerAndNobodyElsesWorker) {
  const ChangeWorkerDetails command{kWorker, sealed("Kade 1"), {}, {}};
  people().done(command, as(kWorkerPerson));
  people().when(command, as(kOtherWorkerPerson)).then_refused(RejectionCode::not_found);
  people().when(command, as(kAuditor)).then_refused(RejectionCode::not_allowed);
  people()
      .when(ChangeWorkerDetails{kWorker, {}, {}, {}}, as(kWorkerPerson))
      .then_refused(RejectionCode::malformed, "at least one");
}

TEST(AddContact, IsForASignatoryOfTheClientAndTheOffice) {
  const AddContact command{kClient, kStranger, ContactKind::finance};
  people().when(command, as(kApprover)).then_refused(RejectionCode::not_a_signatory);
  people().done(command, as(kSignatory));
  people().done(command, as(kOffice)).when(command, as(kOffice)).then_refused(RejectionCode::already_exists);
}

TEST(RemoveContact, IsRefusedWhenThereIsNone) {
  people()
      .when(RemoveContact{kClient, kApprover, ContactKind::finance}, as(kSignatory))
      .then_refused(RejectionCode::not_found);
  people().done(RemoveContact{kClient, kApprover, ContactKind::approver}, as(kSignatory));
}

TEST(AnswerCreditCheck, IsRefusedUnlessOneIsAsked) {
  const AnswerCreditCheck answer{kClient, true, Money::of(5'000'000), kToday.plus_days(90)};
  people().when(answer, as(kOffice)).then_refused(RejectionCode::not_ready);
  people()
      .done(AskCreditCheck{kClient}, as(kRecruiter))
      .done(answer, as(kOffice))
      .when(answer, as(kOffice))
      .then_refused(RejectionCode::not_ready);
}

TEST(AnswerCreditCheck, HasALimitAndALastDayOnlyWhenGranted) {
  people()
      .done(AskCreditCheck{kClient}, as(kRecruiter))
      .when(AnswerCreditCheck{kClient, false, Money::of(1), {}}, as(kOffice))
      .then_refused(RejectionCode::malformed)
      .when(AnswerCreditCheck{kClient, true, Money::of(1), {}}, as(kOffice))
      .then_refused(RejectionCode::malformed)
      .done(AnswerCreditCheck{kClient, false, {}, {}}, as(kOffice));
}

TEST(WithdrawCreditCheck, TakesTheAnswerBackOnce) {
  people()
      .done(AskCreditCheck{kClient}, as(kOffice))
      .done(AnswerCreditCheck{kClient, false, {}, {}}, as(kOffice))
      .done(WithdrawCreditCheck{kClient}, as(kOffice))
      .when(WithdrawCreditCheck{kClient}, as(kOffice))
      .then_refused(RejectionCode::not_ready);
}

TEST(AcceptConditions, IsForASignatory) {
  people()
      .when(AcceptConditions{kClient, digest(9)}, as(kApprover))
      .then_refused(RejectionCode::not_a_signatory)
      .done(AcceptConditions{kClient, digest(9)}, as(kSignatory))
      .when(AcceptConditions{kClient, digest(9)}, as(kSignatory))
      .then_refused(RejectionCode::already_exists);
}

TEST(ChangeBilling, RefusesMoreThanTheWholeOnTheBlockedAccount) {
  people()
      .when(ChangeBilling{kClient, Billing{"PO 1", {}, 101}}, as(kSignatory))
      .then_refused(RejectionCode::malformed, "gAccountPercent")
      .done(ChangeBilling{kClient, Billing{"PO 1", {}, 25}}, as(kSignatory));
}

TEST(SignCooperation, RefusesAFactorBelowOne) {
  const Cooperation terms{16'200, Money::of(0), PayOutBasis::on_invoicing, true};
  Cooperation below = terms;
  below.purchase_factor = 9'999;
  people()
      .when(SignCooperation{kAgency, digest(4), below, kToday}, as(kOffice))
      .then_refused(RejectionCode::malformed, "purchaseFactor")
      .done(SignCooperation{kAgency, digest(4), terms, kToday}, as(kOffice));
}

TEST(RegisterAgency, HappensOnce) {
  people().when(RegisterAgency{kAgency, Company{"x", {}, {}}}, as(kOffice)).then_refused(RejectionCode::already_exists);
}

TEST(ChangeAgencyBankAccount, TakesTwoPersons) {
  const Command command = ChangeAgencyBankAccount{kAgency, sealed("NL91ABNA0417164300")};
  people().when(command, as(kOffice)).then_refused(RejectionCode::needs_second_person);
  people().done_by_two(command, as(kOffice), as(kSecondOffice));
}

TEST(RecordAdmission, IsRefusedForAnUnknownAgency) {
  people().when(RecordAdmission{id<AgencyId>(52), "NBBU", "1", {}}, as(kOffice)).then_refused(RejectionCode::not_found);
}

}  // namespace
}  // namespace placet::domain::testing
