#include "domain/payment/payment_batch.h"
#include "projections/payments/payments.h"
#include "projections/payroll_balances/payroll_balances.h"
#include "readside/queries.h"
#include "readside/query_walk.h"

namespace placet::readside {

using namespace projections;

namespace {

PaymentStatus status_of(const PaymentBatches::Row& batch) {
  if (batch.settled) return PaymentStatus::settled;
  return batch.released ? PaymentStatus::released : PaymentStatus::prepared;
}

PaymentStatus status_of(const Payments::Row& payment, const PaymentBatches::Row& batch) {
  switch (payment.fate) {
    case PaymentFate::withdrawn: return PaymentStatus::withdrawn;
    case PaymentFate::returned: return PaymentStatus::returned;
    case PaymentFate::with_its_batch: return status_of(batch);
  }
  check_failed("what became of a payment", __FILE__, __LINE__);
}

}  // namespace

Result<Page<PayBalance>> Queries::balances(const PartyFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<PayBalance> page;
  PLACET_ASSIGN(page.next,
                (walk<PayBalancesOfWorker, PayBalances>(narrowest(filter), [&](EmploymentId id) -> Result<std::size_t> {
                  PLACET_ASSIGN(const auto row, view_.get<PayBalances>(id));
                  if (!row) return 0;
                  if (!sees({row->worker.value}, kAudienceOf<domain::PayslipCalculated>)) return 0;
                  PayBalance balance;
                  balance.employment = id;
                  balance.worker = row->worker;
                  PLACET_ASSIGN(balance.worker_name, names_.worker(row->worker));
                  balance.payslips = row->payslips;
                  balance.minutes = row->paid_minutes;
                  balance.gross = row->gross;
                  balance.net = row->net;
                  balance.due = row->due;
                  balance.in_payment = row->in_payment;
                  balance.advances = row->advances;
                  balance.holiday_allowance = row->holiday_allowance;
                  balance.leave = row->leave;
                  balance.leave_reserve = row->leave_reserve;
                  page.rows.push_back(std::move(balance));
                  return 1;
                })));
  return page;
}

Result<Page<Payslip>> Queries::payslips(const PartyFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<Payslip> page;
  const auto show = [&](const PayslipsByPosition::Key& key) -> Result<std::size_t> {
    PLACET_ASSIGN(auto row, view_.get<Payslips>(std::get<PayslipId>(key)));
    if (!row) return 0;
    if (!sees({row->worker.value}, kAudienceOf<domain::PayslipCalculated>)) return 0;
    Payslip payslip;
    payslip.payslip = std::get<PayslipId>(key);
    payslip.position = row->position;
    payslip.employment = row->employment;
    payslip.worker = row->worker;
    PLACET_ASSIGN(payslip.worker_name, names_.worker(row->worker));
    payslip.run = row->run;
    payslip.booked_on = row->booked_on;
    payslip.at = row->at;
    payslip.minutes = row->minutes;
    payslip.gross = row->gross;
    payslip.net = row->net;
    payslip.parameters = row->parameters;
    payslip.lines = std::move(row->lines);
    page.rows.push_back(std::move(payslip));
    return 1;
  };
  PLACET_ASSIGN(page.next, (walk<PayslipsOfParty, PayslipsByPosition>(narrowest(filter), show)));
  return page;
}

Result<Page<Run>> Queries::runs() {
  if (!is_staff()) return fail(ErrorCode::denied, "runs: for staff");
  Page<Run> page;
  PLACET_ASSIGN(
      page.next, walk_all<PayrollRunsByPosition>([&](const PayrollRunsByPosition::Key& key) -> Result<std::size_t> {
        PLACET_ASSIGN(const auto row, view_.get<PayrollRuns>(std::get<RunId>(key)));
        if (!row) return 0;
        Run run;
        run.run = std::get<RunId>(key);
        run.status = row->closed ? RunStatus::closed : row->approved ? RunStatus::approved : RunStatus::opened;
        run.period = row->period;
        run.booked_on = row->booked_on;
        run.pay_on = row->pay_on;
        run.basis = row->basis;
        run.payslips = row->payslips;
        run.gross = row->gross;
        run.net = row->net;
        run.hash = bytes_of(row->hash);
        page.rows.push_back(std::move(run));
        return 1;
      }));
  return page;
}

Result<Page<Payment>> Queries::payments(const PartyFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<Payment> page;
  const auto show = [&](const PaymentsByPosition::Key& key) -> Result<std::size_t> {
    PLACET_ASSIGN(const auto row, view_.get<Payments>(std::get<PaymentId>(key)));
    if (!row) return 0;
    if (!sees({row->worker.value}, kAudienceOf<domain::PaymentPrepared>)) return 0;
    PLACET_ASSIGN(const auto batch, view_.get<PaymentBatches>(row->batch));
    if (!batch) return 0;
    Payment payment;
    payment.payment = std::get<PaymentId>(key);
    payment.position = row->position;
    payment.batch = row->batch;
    payment.status = status_of(*row, *batch);
    payment.employment = row->employment;
    payment.worker = row->worker;
    PLACET_ASSIGN(payment.worker_name, names_.worker(row->worker));
    payment.amount = row->amount;
    payment.account = row->account;
    payment.why = row->why;
    page.rows.push_back(std::move(payment));
    return 1;
  };
  PLACET_ASSIGN(page.next, (walk<PaymentsOfParty, PaymentsByPosition>(narrowest(filter), show)));
  return page;
}

Result<Page<PaymentBatch>> Queries::payment_batches() {
  if (!is_staff()) return fail(ErrorCode::denied, "paymentBatches: for staff");
  Page<PaymentBatch> page;
  const auto show = [&](const PaymentBatchesByPosition::Key& key) -> Result<std::size_t> {
    PLACET_ASSIGN(const auto row, view_.get<PaymentBatches>(std::get<BatchId>(key)));
    if (!row) return 0;
    PaymentBatch batch;
    batch.batch = std::get<BatchId>(key);
    batch.status = status_of(*row);
    batch.count = row->count;
    batch.amount = row->amount;
    batch.returned = row->returned;
    batch.hash = bytes_of(row->hash);
    const Timestamp until{row->changed_at.micros + domain::kAccountHoldDays * kMicrosPerDay};
    if (!row->released && context_.now < until) {
      batch.held_until = until;
      for (const PersonId person : row->changed_by) {
        PLACET_ASSIGN(std::string name, names_.person(person));
        batch.held_for.push_back({person, std::move(name)});
      }
    }
    page.rows.push_back(std::move(batch));
    return 1;
  };
  PLACET_ASSIGN(page.next, walk_all<PaymentBatchesByPosition>(show));
  return page;
}

}  // namespace placet::readside
