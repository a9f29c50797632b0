// What does not fit is refused by its name, and nothing of it is in the log.

#include <gtest/gtest.h>

#include "domain/streams.h"
#include "tests/e2e/stage.h"
#include "tools/client/back_office.h"
#include "tools/client/balances.h"

namespace placet::e2e {
namespace {

using namespace domain;

constexpr Date kBookedOn = week(1).first;

/// The hours of the first week are paid, and on an invoice.
class MoneyRefusals : public ::testing::Test {
 protected:
  MoneyRefusals() { stage_.settle(); }
  ~MoneyRefusals() noexcept override {  // those of Cap'n Proto may throw; those of test fixtures must not
    EXPECT_EQ(client::balances_of(office_.connection()), client::Balances());
  }

  /// `propose`: of what takes two persons, already the first one is told.
  void expect_refused(const Command& command, RejectionCode code, bool propose = false) {
    const std::uint64_t size = log_size(office_.connection());
    const client::Desk::Answer answer = office_.ask({command}, stage_.random(), propose).front();
    ASSERT_FALSE(answer) << "is taken";
    EXPECT_EQ(answer.error().code, code) << answer.error().message;
    EXPECT_FALSE(answer.error().message.empty());
    EXPECT_EQ(log_size(office_.connection()), size);
  }

  RunId open_run() {
    const auto run = stage_.make<RunId>();
    stage_.act({OpenRun{run, week(0), kBookedOn, kBookedOn, 0}});
    return run;
  }
  CalculatePayslip first_week(RunId run) const { return {run, ours_.employment, {sheet(0)}, false}; }
  SheetSeen sheet(int number) const { return {ours_.placement, week(number), 0}; }

  /// Our client's contact approves what waits of that week.
  void approve(int number) {
    client::Desk approver(stage_.server(), ours_.members.at(Role::client_contact).token);
    const Digest seen = content_hash(approver.connection(), ours_.placement, week(number));
    approver.act({ApproveHours{ours_.placement, week(number), {}, seen, {}}}, stage_.random());
  }

  Stage stage_;
  const Side& ours_ = stage_.ours();
  client::Desk& office_ = stage_.world().office();
  client::BackOffice back_office_{office_, stage_.random()};
};

TEST_F(MoneyRefusals, HoursPaidTwice) { expect_refused(first_week(open_run()), RejectionCode::settled); }

TEST_F(MoneyRefusals, ARateBeforeThePlacement) {
  const Date before = kFirstMonday.plus_days(-1);
  expect_refused(AgreePayTerms{ours_.placement, {Money::of(1'600), {}, {}}, before}, RejectionCode::malformed, true);
  expect_refused(AgreeClientTerms{ours_.placement, {Money::of(3'200), {}, {}}, before}, RejectionCode::malformed, true);
}

TEST_F(MoneyRefusals, ANegativeNet) {
  stage_.world().act_by_two({ReverseHours{ours_.placement, week(0), {}, {}, Box::plain("not worked")}});
  expect_refused(first_week(open_run()), RejectionCode::negative_net);
}

TEST_F(MoneyRefusals, ACreditAboveTheInvoice) {
  approve(1);
  const auto credit_note = stage_.make<InvoiceId>();
  stage_.act({DraftCreditNote{credit_note, ours_.invoice}});
  expect_refused(AddInvoiceLines{credit_note, {sheet(1)}}, RejectionCode::not_settled);
  expect_refused(AddInvoiceLines{credit_note, {sheet(0), sheet(1)}}, RejectionCode::not_settled);
  stage_.act({AddInvoiceLines{credit_note, {sheet(0)}}});
  expect_refused(AddInvoiceLines{credit_note, {sheet(0)}}, RejectionCode::not_settled);
}

TEST_F(MoneyRefusals, AVatThatDoesNotFit) {
  approve(1);
  const auto invoice = stage_.make<InvoiceId>();
  stage_.act({DraftInvoice{invoice, ours_.client, ours_.agency}, AddInvoiceLines{invoice, {sheet(1)}}});
  const Digest seen = back_office_.hash_of(invoice, ours_.client);
  expect_refused(IssueInvoice{invoice, ours_.client, seen, VatTreatment::reverse_charged, {}},
                 RejectionCode::vat_does_not_fit);
  stage_.act({IssueInvoice{invoice, ours_.client, seen, VatTreatment::standard, {}}});
}

TEST_F(MoneyRefusals, APaymentToAClosedAccount) {
  const BatchId batch = stage_.batch();
  const client::PaymentsDone payments = back_office_.read(batch);
  stage_.world().whole_office().appoint_paymasters()->act_by_two({client::BackOffice::release_of(payments)});
  back_office_.settle(payments);
  const PaymentId payment = payment_of(office_.connection().ledger(), ours_.employment, 0);
  stage_.act({ReturnPayment{batch, ours_.employment, ours_.worker, payment, ReturnReason::account_closed, {}}});
  expect_refused(PreparePayments{stage_.make<BatchId>(), {}, {{ours_.employment, {}, {}}}, true},
                 RejectionCode::account_closed);
}

TEST_F(MoneyRefusals, ARunOverAClosedPeriod) {
  const RunId open = open_run();
  approve(1);
  stage_.world().act_by_two({ClosePeriod{kBookedOn}});
  expect_refused(OpenRun{stage_.make<RunId>(), week(0), kBookedOn, kBookedOn, 0}, RejectionCode::period_closed);
  expect_refused(CalculatePayslip{open, ours_.employment, {sheet(1)}, false}, RejectionCode::period_closed);
}

}  // namespace
}  // namespace placet::e2e
