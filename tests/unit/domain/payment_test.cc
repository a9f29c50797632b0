#include <gtest/gtest.h>

#include "tests/unit/domain/money.h"

namespace placet::domain::testing {
namespace {

constexpr WorkerId kSecondWorker = id<WorkerId>(42);
constexpr EmploymentId kSecondEmployment = id<EmploymentId>(43);

LogPosition account_fact(const Story& story) {
  LogPosition found;
  for (const Story::Recorded& record : story.log())
    if (std::holds_alternative<WorkerBankAccountChanged>(record.event)) found = record.meta.position;
  return found;
}

/// A run is approved, and nobody is paid: the worker has no account yet.
Story without_account() { return with_approved_run(); }

/// The account was recorded today, by kThirdOffice and kFourthOffice.
Story with_fresh_account() {
  Story story = with_approved_run();
  return story.done_by_two(change_account(story), as(kThirdOffice), as(kFourthOffice));
}

/// A second worker is to get an advance of 50.00.
Story& give_second_payee(Story& story) {
  return story.given(
      {{stream_of(kSecondWorker), WorkerRegistered{kOtherWorkerPerson, kAgency}},
       {stream_of(employment_of(kLedger, kSecondWorker)),
        Reserved{ReservationKind::employment_of_worker, kSecondEmployment.value}},
       {stream_of(kSecondEmployment), ContractDrawnUp{kSecondWorker, kOtherWorkerPerson, digest(1), contract_terms()}},
       {stream_of(kSecondWorker), WorkerBankAccountChanged{sealed("NL02"), {}}},
       {pay_account_stream_of(kSecondEmployment), AdvanceGranted{kSecondWorker, cents(50'00), kToday, sealed("x")}}});
}

// --- prepare ------------------------------------------------------------------------------------------------------

TEST(PreparePayments, PutsWhatARunMadeDueIntoABatch) {
  Story story = with_account();
  const PaymentPrepared payment{
      payment_of(kLedger, kEmployment, 0), kBatch, kWorker, cents(620'00), account_fact(story), kRun};
  story.when(prepare_payments(), as(kOffice))
      .then({payment, PaymentsAdded{kRun, 1, cents(620'00), payments_hash({}, payment), {}}});
  EXPECT_EQ(pay_account(story).due_of(kRun), cents(0));
  EXPECT_EQ(batch_of(story).count, 1U);
  EXPECT_EQ(batch_of(story).amount, cents(620'00));
  EXPECT_EQ(batch_of(story).hash, payments_hash({}, payment));
}

TEST(PreparePayments, TakesSeveralPayeesInOneOrder) {
  Story story = with_account();
  by_office(story, grant_advance(cents(100'00)));
  give_second_payee(story);
  PreparePayments both = prepare_payments(kBatch, {});
  both.payees.push_back({kSecondEmployment, kSecondWorker});
  story.done(both, as(kOffice));
  EXPECT_EQ(batch_of(story).count, 2U);
  EXPECT_EQ(batch_of(story).amount, cents(150'00));
  Digest hash{};
  for (const NewEvent& event : *story.last())
    if (const auto* payment = std::get_if<PaymentPrepared>(&event.event)) hash = payments_hash(hash, *payment);
  EXPECT_EQ(batch_of(story).hash, hash);
}

TEST(PreparePayments, WithoutARunPaysAdvancesAlone) {
  Story story = with_account();
  by_office(story, grant_advance(cents(100'00))).done(prepare_payments(kBatch, {}), as(kOffice));
  EXPECT_EQ(batch_of(story).amount, cents(100'00));
  EXPECT_EQ(pay_account(story).due_of(kRun), cents(620'00));
}

TEST(PreparePayments, AddsToABatchUntilItIsReleased) {
  Story story = with_batch();
  give_second_payee(story);
  const PreparePayments more{kBatch, {}, {{kSecondEmployment, kSecondWorker}}, false};
  const Digest before = batch_of(story).hash;
  story.done(more, as(kOffice));
  EXPECT_EQ(batch_of(story).count, 2U);
  EXPECT_EQ(batch_of(story).hash, payments_hash(before, last_event<PaymentPrepared>(story)));
  Story released = with_released();
  give_second_payee(released);
  released.when(more, as(kOffice)).then_refused(RejectionCode::approved, "prepare another one");
}

TEST(PreparePayments, NeedsNoMoreStreamsThanACommandMayForTheMostPayees) {
  PreparePayments most = prepare_payments();
  most.payees.clear();
  for (std::size_t n = 0; n < kPayeesPerCommandMax; ++n)
    most.payees.push_back({id<EmploymentId>(500 + n), id<WorkerId>(600 + n), kSecondBatch});
  EXPECT_LE(streams_needed(people(), most), kStatesMax);
}

TEST(PreparePayments, IsRefusedForARunThatIsNotApproved) {
  Story story = with_payslip();
  story.done_by_two(change_account(story), as(kThirdOffice), as(kFourthOffice))
      .when(prepare_payments(), as(kOffice))
      .then_refused(RejectionCode::not_ready, "run: is not approved")
      .when(prepare_payments(kBatch, kSecondRun), as(kOffice))
      .then_refused(RejectionCode::not_ready);
}

TEST(PreparePayments, IsRefusedForNobodyAndForOneNamedTwice) {
  PreparePayments none = prepare_payments(), twice = none;
  none.payees.clear();
  twice.payees.push_back(twice.payees.front());
  with_account()
      .when(none, as(kOffice))
      .then_refused(RejectionCode::malformed, "payees: are missing")
      .when(twice, as(kOffice))
      .then_refused(RejectionCode::malformed, "payees[1].employment: is named twice");
}

TEST(PreparePayments, IsRefusedWhenNothingIsDue) {
  with_account()
      .when(prepare_payments(kBatch, {}), as(kOffice))
      .then_refused(RejectionCode::settled, "payees[0].employment: nothing is due");
  with_batch().when(prepare_payments(kSecondBatch), as(kOffice)).then_refused(RejectionCode::settled);
}

TEST(PreparePayments, IsRefusedWithAnotherWorkerThanThePayee) {
  PreparePayments blind = prepare_payments(), wrong = blind;
  blind.payees.front().worker = {};
  wrong.payees.front().worker = kSecondWorker;
  with_account()
      .when(blind, as(kOffice))
      .then_refused(RejectionCode::stale, "payees[0].worker")
      .when(wrong, as(kOffice))
      .then_refused(RejectionCode::stale, "payees[0].worker");
}

TEST(PreparePayments, IsRefusedForWhoIsInTheBatchAlready) {
  Story story = with_batch();
  by_office(story, grant_advance(cents(100'00)))
      .when(prepare_payments(kBatch, {}), as(kOffice))
      .then_refused(RejectionCode::already_exists, "take it out first")
      .done(prepare_payments(kSecondBatch, {}), as(kOffice));
}

TEST(PreparePayments, IsRefusedBesideSixteenOfWhichTheOldestWaits) {
  const auto nth_batch = [](std::size_t n) { return id<BatchId>(300 + n); };
  Story story = with_account();
  for (std::size_t n = 0; n < kPaymentsRemembered; ++n)
    by_office(story, grant_advance(cents(1'00))).done(prepare_payments(nth_batch(n), {}), as(kOffice));
  by_office(story, grant_advance(cents(1'00)));
  PreparePayments blind = prepare_payments(kSecondBatch, {}), wrong = blind, right = blind;
  wrong.payees.front().forgets = nth_batch(1);
  right.payees.front().forgets = nth_batch(0);
  story.when(blind, as(kOffice))
      .then_refused(RejectionCode::stale, "payees[0].forgets")
      .when(wrong, as(kOffice))
      .then_refused(RejectionCode::stale, "payees[0].forgets")
      .when(right, as(kOffice))
      .then_refused(RejectionCode::too_large, "release or withdraw the oldest first");
  by_office(story, release_payments(story, nth_batch(0))).done(right, as(kOffice));
  EXPECT_EQ(pay_account(story).made_by(nth_batch(0)), nullptr);
  // Once one is taken out there is room.
  by_office(story, grant_advance(cents(1'00))).done(WithdrawPayment{nth_batch(5), kEmployment}, as(kOffice));
  story.done(prepare_payments(id<BatchId>(320), {}), as(kOffice));
}

TEST(PreparePayments, IsRefusedToAWorkerWithoutAnAccount) {
  without_account()
      .when(prepare_payments(), as(kOffice))
      .then_refused(RejectionCode::account_closed, "payees[0].worker: has no bank account");
}

TEST(PreparePayments, IsRefusedToAClosedAccount) {
  Story story = with_settled();
  story.done(return_payment(story, ReturnReason::account_closed), as(kOffice))
      .when(prepare_payments(kSecondBatch, {}), as(kOffice))
      .then_refused(RejectionCode::account_closed, "the bank account is closed");
}

TEST(PreparePayments, IsPossibleAgainOnceAnotherAccountIsRecorded) {
  Story story = with_settled();
  story.done(return_payment(story, ReturnReason::account_closed), as(kOffice));
  story.done_by_two(change_account(story), as(kThirdOffice), as(kFourthOffice))
      .done(prepare_held(kSecondBatch, {}), as(kOffice));
  EXPECT_EQ(last_event<PaymentPrepared>(story).account, account_fact(story));
}

TEST(PreparePayments, ToAnAccountThatChangedInTheLastSevenDaysIsAskedForByName) {
  Story story = with_fresh_account();
  story.when(prepare_payments(), as(kOffice))
      .then_refused(RejectionCode::account_held, "payees[0].worker: the bank account changed less than 7 days ago")
      .on(kToday.plus_days(6))
      .when(prepare_payments(), as(kOffice))
      .then_refused(RejectionCode::account_held)
      .on(kToday.plus_days(7))
      .done(prepare_payments(), as(kOffice));
}

TEST(PreparePayments, SaysWhoChangedTheAccountInTheLastSevenDays) {
  Story fresh = with_fresh_account();
  fresh.done(prepare_held(), as(kOffice));
  const auto added = last_event<PaymentsAdded>(fresh);
  ASSERT_EQ(added.changes.size(), 2U);
  EXPECT_EQ(added.changes[0].person, kThirdOffice);
  EXPECT_EQ(added.changes[1].person, kFourthOffice);
  Story old = with_fresh_account();
  old.on(kToday.plus_days(7)).done(prepare_payments(), as(kOffice));
  EXPECT_TRUE(last_event<PaymentsAdded>(old).changes.empty());
}

// --- withdraw -----------------------------------------------------------------------------------------------------

TEST(WithdrawPayment, MakesTheAmountDueAgain) {
  Story story = with_batch();
  const PaymentId payment = payment_of(kLedger, kEmployment, 0);
  story.when(WithdrawPayment{kBatch, kEmployment}, as(kOffice))
      .then({PaymentWithdrawn{payment, kBatch, cents(620'00)}, PaymentTakenOut{payment, cents(620'00)}});
  EXPECT_EQ(pay_account(story).due_of({}), cents(620'00));
  EXPECT_EQ(batch_of(story).count, 0U);
  EXPECT_EQ(batch_of(story).amount, cents(0));
  story.done(prepare_payments(kBatch, {}), as(kOffice));
  EXPECT_EQ(last_event<PaymentPrepared>(story).payment, payment_of(kLedger, kEmployment, 1));
}

TEST(WithdrawPayment, ChangesTheHashThoughTheBatchIsAsBefore) {
  Story story = with_batch();
  const Digest before = batch_of(story).hash;
  story.done(WithdrawPayment{kBatch, kEmployment}, as(kOffice)).done(prepare_payments(kBatch, {}), as(kOffice));
  EXPECT_NE(batch_of(story).hash, before);
}

TEST(WithdrawPayment, IsRefusedForNoBatchAndForNoPaymentInIt) {
  with_account()
      .when(WithdrawPayment{kBatch, kEmployment}, as(kOffice))
      .then_refused(RejectionCode::not_found, "batch");
  with_batch()
      .when(WithdrawPayment{kBatch, kSecondEmployment}, as(kOffice))
      .then_refused(RejectionCode::not_found, "has no payment")
      .done(WithdrawPayment{kBatch, kEmployment}, as(kOffice))
      .when(WithdrawPayment{kBatch, kEmployment}, as(kOffice))
      .then_refused(RejectionCode::not_found, "has no payment");
}

TEST(WithdrawPayment, IsRefusedOnceReleased) {
  with_released()
      .when(WithdrawPayment{kBatch, kEmployment}, as(kOffice))
      .then_refused(RejectionCode::approved, "returnPayment");
}

// --- release ------------------------------------------------------------------------------------------------------

TEST(ReleasePayments, TakesTwoPersonsAndNamesWhatTheySaw) {
  Story story = with_batch();
  story.when(release_payments(story), as(kOffice)).then_refused(RejectionCode::needs_second_person);
  const Digest seen = batch_of(story).hash;
  by_office(story, release_payments(story));
  EXPECT_EQ(last_event<PaymentsReleased>(story), (PaymentsReleased{1, cents(620'00), seen, story.today()}));
}

TEST(ReleasePayments, IsRefusedToOnePersonTwice) {
  Story story = with_batch();
  story.proposed(release_payments(story), as(kOffice)).agreed_by(as(kOffice)).then_refused(RejectionCode::same_person);
}

TEST(ReleasePayments, IsRefusedForNoBatchAnEmptyOneAndOneThatIsReleased) {
  with_account().proposed(ReleasePayments{kBatch, {}}, as(kOffice)).then_refused(RejectionCode::not_found);
  Story empty = with_batch();
  empty.done(WithdrawPayment{kBatch, kEmployment}, as(kOffice))
      .proposed(release_payments(empty), as(kOffice))
      .then_refused(RejectionCode::not_ready, "batch: is empty");
  Story done = with_released();
  done.proposed(release_payments(done), as(kOffice)).then_refused(RejectionCode::approved, "released already");
}

TEST(ReleasePayments, IsRefusedForOtherPaymentsThanThoseSeen) {
  Story story = with_batch();
  const ReleasePayments of_one = release_payments(story);
  give_second_payee(story);
  story.done(PreparePayments{kBatch, {}, {{kSecondEmployment, kSecondWorker}}, false}, as(kOffice))
      .proposed(of_one, as(kOffice))
      .then_refused(RejectionCode::moved, "other payments");
}

TEST(ReleasePayments, IsRefusedWhenAPaymentIsTakenOutBetweenProposalAndAgreement) {
  Story story = with_batch();
  give_second_payee(story);
  story.done(PreparePayments{kBatch, {}, {{kSecondEmployment, kSecondWorker}}, false}, as(kOffice));
  story.proposed(release_payments(story), as(kOffice)).then_accepted();
  story.done(WithdrawPayment{kBatch, kEmployment}, as(kOffice))
      .agreed_by(as(kSecondOffice))
      .then_refused(RejectionCode::moved);
}

TEST(ReleasePayments, IsRefusedForSevenDaysToWhoeverChangedAPayeesAccount) {
  for (const PersonId changer : {kThirdOffice, kFourthOffice}) {
    Story story = with_fresh_account();
    story.done(prepare_held(), as(kOffice));
    story.proposed(release_payments(story), as(changer))
        .then_refused(RejectionCode::account_changed_by_you, "for 7 days");
    story.proposed(release_payments(story), as(kOffice))
        .agreed_by(as(changer))
        .then_refused(RejectionCode::moved, "for 7 days");
    story.on(kToday.plus_days(6))
        .proposed(release_payments(story), as(changer))
        .then_refused(RejectionCode::account_changed_by_you);
    story.on(kToday.plus_days(7)).done_by_two(release_payments(story), as(changer), as(kOffice));
  }
}

TEST(ReleasePayments, IsRefusedToWhoeverChangedItUnderAnotherName) {
  Story story = with_fresh_account();
  story
      .given({{stream_of(kOffice), PersonsJoined{{kOffice, kThirdOffice}}},
              {stream_of(kThirdOffice), PersonsJoined{{kOffice, kThirdOffice}}}})
      .done(prepare_held(), as(kOffice));
  story.proposed(release_payments(story), as(kOffice)).then_refused(RejectionCode::account_changed_by_you);
}

TEST(ReleasePayments, IsRefusedToWhoeverChangedItThoughOthersChangedItSince) {
  Story story = with_fresh_account();
  story.on(kToday.plus_days(1)).done_by_two(change_account(story), as(kOffice), as(kSecondOffice));
  story.done(prepare_held(), as(kOffice))
      .proposed(release_payments(story), as(kThirdOffice))
      .then_refused(RejectionCode::account_changed_by_you);
  story.on(kToday.plus_days(7)).done_by_two(release_payments(story), as(kThirdOffice), as(kFourthOffice));
}

TEST(ReleasePayments, IsForTwoOthersWhileTheAccountIsFresh) {
  Story story = with_fresh_account();
  story.done(prepare_held(), as(kThirdOffice));
  by_office(story, release_payments(story));
}

// --- the payee's account changes ----------------------------------------------------------------------------------

TEST(ChangeWorkerBankAccount, NamesBothPersons) {
  Story story = with_fresh_account();
  EXPECT_EQ(last_event<WorkerBankAccountChanged>(story).proposer, kThirdOffice);
  const auto& changes = story.state_of<Worker>(stream_of(kWorker)).account->changes;
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].person, kThirdOffice);
  EXPECT_EQ(changes[1].person, kFourthOffice);
}

TEST(ChangeWorkerBankAccount, TakesThePaymentOutOfABatchThatWaits) {
  Story story = with_batch();
  const ReleasePayments seen = release_payments(story);
  story.done_by_two(change_account(story), as(kThirdOffice), as(kFourthOffice));
  EXPECT_EQ(last_event<PaymentTakenOut>(story).amount, cents(620'00));
  EXPECT_EQ(last_event<PaymentWithdrawn>(story).batch, kBatch);
  EXPECT_EQ(pay_account(story).due_of({}), cents(620'00));
  EXPECT_EQ(batch_of(story).count, 0U);
  story.proposed(seen, as(kOffice)).then_refused(RejectionCode::not_ready);
}

/// What was due is in kBatch, and an advance in kSecondBatch; neither is released.
Story with_two_batches() {
  Story story = with_batch();
  by_office(story, grant_advance(cents(100'00)));
  story.done(prepare_payments(kSecondBatch, {}), as(kOffice));
  return story;
}

TEST(ChangeWorkerBankAccount, TakesThePaymentsOutOfEveryBatchThatWaits) {
  Story story = with_two_batches();
  story.done_by_two(change_account(story), as(kThirdOffice), as(kFourthOffice));
  EXPECT_EQ(batch_of(story, kBatch).count, 0U);
  EXPECT_EQ(batch_of(story, kSecondBatch).count, 0U);
  EXPECT_EQ(pay_account(story).due_of({}), cents(720'00));
}

TEST(ChangeWorkerBankAccount, TakesThePaymentOutThoughALaterOneWasWithdrawn) {
  Story story = with_two_batches();
  story.done(WithdrawPayment{kSecondBatch, kEmployment}, as(kOffice))
      .done_by_two(change_account(story), as(kThirdOffice), as(kFourthOffice));
  EXPECT_EQ(batch_of(story, kBatch).count, 0U);
}

TEST(ReturnPayment, TakesWhatWaitsForTheClosedAccountOutOfItsBatch) {
  Story story = with_settled();
  by_office(story, grant_advance(cents(100'00)));
  story.done(prepare_payments(kSecondBatch, {}), as(kOffice))
      .done(return_payment(story, ReturnReason::account_closed), as(kOffice));
  EXPECT_EQ(batch_of(story, kSecondBatch).count, 0U);
  EXPECT_TRUE(story.state_of<Worker>(stream_of(kWorker)).account->closed);
}

TEST(ChangeWorkerBankAccount, LeavesWhatIsReleased) {
  Story story = with_released();
  story.done_by_two(change_account(story), as(kThirdOffice), as(kFourthOffice));
  EXPECT_EQ(batch_of(story).count, 1U);
  EXPECT_EQ(pay_account(story).due_of({}), cents(0));
}

TEST(ChangeWorkerBankAccount, IsRefusedWhenItsHintsAreOld) {
  Story story = with_batch();
  ChangeWorkerBankAccount before_the_batch = change_account(story), without_contract = before_the_batch;
  before_the_batch.batches = {};
  without_contract.employment = {};
  story.proposed(before_the_batch, as(kThirdOffice))
      .then_refused(RejectionCode::stale, "batches: there is another payment")
      .proposed(without_contract, as(kThirdOffice))
      .then_refused(RejectionCode::stale, "employment");
}

// --- settle and return --------------------------------------------------------------------------------------------

TEST(SettlePayments, IsOfAllThatWasReleased) {
  Story story = with_released();
  story.when(SettlePayments{kBatch, cents(619'99)}, as(kOffice))
      .then_refused(RejectionCode::malformed, "62000 cents")
      .when(SettlePayments{kBatch, cents(620'00)}, as(kOffice))
      .then({PaymentsSettled{cents(620'00), story.today()}});
}

TEST(SettlePayments, FollowsTheReleaseAndHappensOnce) {
  with_batch()
      .when(SettlePayments{kBatch, cents(620'00)}, as(kOffice))
      .then_refused(RejectionCode::not_ready, "not released");
  with_settled().when(SettlePayments{kBatch, cents(620'00)}, as(kOffice)).then_refused(RejectionCode::settled);
}

TEST(ReturnPayment, MakesTheAmountDueAgainAndClosesTheAccount) {
  for (const ReturnReason why : {ReturnReason::account_closed, ReturnReason::account_unknown}) {
    Story story = with_settled();
    const PaymentId payment = payment_of(kLedger, kEmployment, 0);
    story.when(return_payment(story, why), as(kOffice))
        .then({PaymentReturned{payment, kBatch, cents(620'00), why, story.today()}, BankAccountClosed{}});
    EXPECT_EQ(pay_account(story).due_of({}), cents(620'00));
    EXPECT_TRUE(story.state_of<Worker>(stream_of(kWorker)).account->closed);
  }
}

TEST(ReturnPayment, LeavesTheAccountWhenTheBankRefused) {
  Story story = with_settled();
  story.when(return_payment(story, ReturnReason::refused_by_bank), as(kOffice))
      .then({PaymentReturned{payment_of(kLedger, kEmployment, 0), kBatch, cents(620'00), ReturnReason::refused_by_bank,
                             story.today()}})
      .done(prepare_payments(kSecondBatch, {}), as(kOffice));
}

TEST(ReturnPayment, LeavesTheAccountThatTheWorkerHasSince) {
  Story story = with_settled();
  story.done_by_two(change_account(story), as(kThirdOffice), as(kFourthOffice))
      .done(return_payment(story, ReturnReason::account_closed), as(kOffice));
  EXPECT_FALSE(story.state_of<Worker>(stream_of(kWorker)).account->closed);
  story.done(prepare_held(kSecondBatch, {}), as(kOffice));
}

TEST(ReturnPayment, HappensOnceAndOnlyOfWhatWasSettled) {
  Story early = with_released();
  early.when(return_payment(early, ReturnReason::refused_by_bank), as(kOffice))
      .then_refused(RejectionCode::not_ready, "not settled");
  Story story = with_settled();
  const ReturnPayment back = return_payment(story, ReturnReason::refused_by_bank);
  story.done(back, as(kOffice)).when(back, as(kOffice)).then_refused(RejectionCode::not_found, "came back already");
}

TEST(ReturnPayment, IsRefusedForAnotherPaymentOrWorker) {
  Story story = with_settled();
  ReturnPayment other = return_payment(story, ReturnReason::refused_by_bank), somebody = other;
  other.payment = payment_of(kLedger, kEmployment, 7);
  somebody.worker = kSecondWorker;
  story.when(other, as(kOffice))
      .then_refused(RejectionCode::not_found, "payment")
      .when(somebody, as(kOffice))
      .then_refused(RejectionCode::stale, "worker");
}

TEST(PayAccount, RemembersItsLastPayments) {
  PayAccount account;
  for (std::uint32_t n = 0; n < kPaymentsRemembered + 2; ++n)
    account = evolve(
        std::move(account),
        PaymentPrepared{payment_of(kLedger, kEmployment, n), id<BatchId>(300 + n), kWorker, cents(1), {}, {}}, Meta{});
  EXPECT_EQ(account.made.size(), kPaymentsRemembered);
  EXPECT_EQ(account.made_by(id<BatchId>(301)), nullptr);
  EXPECT_NE(account.made_by(id<BatchId>(302)), nullptr);
  EXPECT_EQ(account.made.back().batch, id<BatchId>(300 + kPaymentsRemembered + 1));
}

}  // namespace
}  // namespace placet::domain::testing
