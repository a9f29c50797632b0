// Rules over what hours become in money, under two writers at once.

#include <gtest/gtest.h>

#include <map>

#include "base/clock.h"
#include "domain/invoice/invoice.h"
#include "domain/streams.h"
#include "tests/e2e/race.h"
#include "tools/client/back_office.h"
#include "tools/client/balances.h"

namespace placet::e2e {
namespace {

using namespace domain;

/// A thousand approved sheets: of a hundred workers, of ten weeks each.
class MoneyRace : public Race {
 protected:
  MoneyRace() {
    std::vector<Command> terms = {PublishParameters{
        kFirstMonday,
        {{ParameterKind::holiday_allowance, 8, 100}, {ParameterKind::leave, 4, 52}, {ParameterKind::vat, 21, 100}},
        "races"}};
    for (const client::PlacedWorker& one : placed_) {
      terms.push_back(AgreePayTerms{one.placement, {Money::of(1'550), {}, {}}, kFirstMonday});
      terms.push_back(AgreeClientTerms{one.placement, {Money::of(3'023), {}, {}}, kFirstMonday});
      terms.push_back(AgreePurchaseTerms{one.placement, {16'200, {}}, kFirstMonday});
    }
    stage_.world().act_by_two(terms);
    for (unsigned round = 0; round < kRounds; ++round) {
      const SheetSeen at = sheet(round);
      preparations_.emplace_back(
          eight_hours(at.placement, static_cast<int>(round % kRoundsPerWorker), stage_.make<EntryId>()));
      preparations_.emplace_back(SubmitSheet{at.placement, at.period});
    }
    client::Follower follower;
    read_on<SheetSubmitted>(follower);
    prepare();
    std::map<Uuid, Digest> seen;
    for (const auto& [submitted, meta] : read_on<SheetSubmitted>(follower))
      seen[meta.stream.id] = submitted.content_hash;
    const LedgerId ledger = stage_.world().office().connection().ledger();
    std::vector<Command> approvals;
    for (unsigned round = 0; round < kRounds; ++round) {
      const SheetSeen at = sheet(round);
      approvals.push_back(
          ApproveHours{at.placement, at.period, {}, seen.at(sheet_of(ledger, at.placement, at.period).value), {}});
    }
    client::Desk(stage_.server(), approver_.token).act(approvals, stage_.random());
  }

  SheetSeen sheet(unsigned round) const {
    return {placed_[round / kRoundsPerWorker].placement, week(static_cast<int>(round % kRoundsPerWorker)), 0};
  }
  EmploymentId employment(unsigned round) const { return placed_[round / kRoundsPerWorker].employment; }

  std::vector<RunId> open_runs(unsigned count) {
    const auto runs = make<RunId>(count);
    const Date today = stage_.world().office().connection().zone().local_day(SystemClock().now());
    for (const RunId run : runs) preparations_.emplace_back(OpenRun{run, week(0), today, today, 0});
    prepare();
    return runs;
  }
  std::vector<InvoiceId> draft(unsigned count) {
    const auto drafts = make<InvoiceId>(count);
    for (const InvoiceId invoice : drafts)
      preparations_.emplace_back(DraftInvoice{invoice, stage_.ours().client, stage_.ours().agency});
    prepare();
    return drafts;
  }
  void expect_books_balance() {
    EXPECT_EQ(client::balances_of(stage_.world().office().connection()), client::Balances());
  }

  const Member approver_ = stage_.ours().members.at(Role::client_contact);
  const std::vector<client::PlacedWorker> placed_ =
      stage_.world().place(kPeople, {stage_.ours().agency, stage_.ours().client, approver_.person});
};

TEST_F(MoneyRace, HoursArePaidOnce) {
  const auto runs = open_runs(2);
  race([&](unsigned round,
           unsigned who) { return CalculatePayslip{runs[who], employment(round), {sheet(round)}, false}; },
       RejectionCode::settled);
  expect_books_balance();
}

TEST_F(MoneyRace, HoursAreInvoicedOnce) {
  const auto drafts = draft(2);
  race([&](unsigned round, unsigned who) { return AddInvoiceLines{drafts[who], {sheet(round)}}; },
       RejectionCode::settled);
  expect_books_balance();
}

TEST_F(MoneyRace, ADraftIsIssuedOnceAndNumbersHaveNoGap) {
  const auto drafts = draft(kRounds);
  for (unsigned round = 0; round < kRounds; ++round)
    preparations_.emplace_back(AddInvoiceLines{drafts[round], {sheet(round)}});
  client::Follower follower;
  read_on<InvoiceLinesAdded>(follower);
  prepare();
  std::map<Uuid, Digest> hashes;
  for (const auto& [added, meta] : read_on<InvoiceLinesAdded>(follower))
    hashes[meta.stream.id] = invoice_hash({}, added.lines);
  race(
      [&](unsigned round, unsigned) {
        return IssueInvoice{
            drafts[round], stage_.ours().client, hashes.at(drafts[round].value), VatTreatment::standard, {}};
      },
      RejectionCode::settled);
  std::uint32_t expected = 0;
  for (const auto& [taken, meta] : read_on<NumberTaken>(follower)) EXPECT_EQ(taken.number, ++expected);
  EXPECT_EQ(expected, kRounds);
  expect_books_balance();
}

TEST_F(MoneyRace, WhatIsDueIsInOneBatchOfPayments) {
  const auto runs = open_runs(kRoundsPerWorker);
  const auto run_of = [&](unsigned round) { return runs[round % kRoundsPerWorker]; };
  for (unsigned round = 0; round < kRounds; ++round)
    preparations_.emplace_back(CalculatePayslip{run_of(round), employment(round), {sheet(round)}, false});
  prepare();
  client::BackOffice back_office(stage_.world().office(), stage_.random());
  for (const RunId run : runs) stage_.world().act_by_two({back_office.approval_of(run)});
  std::vector<Command> accounts;
  for (const client::PlacedWorker& one : placed_)
    accounts.push_back(ChangeWorkerBankAccount{one.worker, Box::plain("NL91ABNA0417164300"), {}, {}});
  stage_.world().act_by_two(accounts);
  // A batch has one payment to a worker, so that each of the two has one for each run.
  const std::vector<BatchId> batches[] = {make<BatchId>(kRoundsPerWorker), make<BatchId>(kRoundsPerWorker)};
  race(
      [&](unsigned round, unsigned who) {
        return PreparePayments{batches[who][round % kRoundsPerWorker], run_of(round), {{employment(round), {}}}, true};
      },
      RejectionCode::settled);
  expect_books_balance();
}

}  // namespace
}  // namespace placet::e2e
