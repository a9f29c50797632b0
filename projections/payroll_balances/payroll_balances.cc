#include "projections/payroll_balances/payroll_balances.h"

#include "domain/payroll_run/payroll_run.h"
#include "domain/pricing/pricing.h"

namespace placet::projections {

namespace {

PayBalances::Row& balance_of(PayrollBalances::Tables& rows, const domain::Meta& meta) {
  PayBalances::Row& balance = rows.of<PayBalances>().edit_or_add(EmploymentId(meta.stream.id));
  balance.changed = meta.position;
  return balance;
}

/// The same for an event that may be the first one.
PayBalances::Row& balance_of(PayrollBalances::Tables& rows, WorkerId worker, const domain::Meta& meta) {
  PayBalances::Row& balance = balance_of(rows, meta);
  if (balance.worker == worker) return balance;
  balance.worker = worker;
  rows.of<PayBalancesOfWorker>().put({PartyId(worker.value), EmploymentId(meta.stream.id)}, {});
  return balance;
}

void count(PayBalances::Row& balance, const domain::PayslipLine& line) {
  using enum domain::PayslipLineKind;
  switch (line.kind) {
    case advance_recovered:
    case carried_forward: add(balance.advances, line.amount); break;
    case holiday_allowance: add(balance.holiday_allowance, line.amount); break;
    case leave_hours: add(balance.leave, line.minutes); break;
    case leave_reserve: add(balance.leave_reserve, line.amount); break;
    case unspecified:
    case hours: break;
  }
}

/// Out of payment, and due again.
void back(PayrollBalances::Tables& rows, Money amount, const domain::Meta& meta) {
  PayBalances::Row& balance = balance_of(rows, meta);
  add(balance.in_payment, negated(amount));
  add(balance.due, amount);
}

}  // namespace

void PayrollBalances::apply(Tables& rows, const domain::HoursPaid& event, const Meta& meta) {
  rows.of<PaidSheets>().put({sheet_id(meta), event.payslip},
                            {domain::minutes_of(event.lines), domain::sum_of(event.lines)});
}

void PayrollBalances::apply(Tables& rows, const domain::PayslipCalculated& event, const Meta& meta) {
  PayBalances::Row& balance = balance_of(rows, event.worker, meta);
  ++balance.payslips;
  add(balance.paid_minutes, event.minutes);
  add(balance.gross, event.gross);
  add(balance.net, event.net);
  add(balance.due, event.net);
  for (const domain::PayslipLine& line : event.lines) count(balance, line);
  rows.of<Payslips>().put(event.payslip,
                          {meta.position, event.worker, EmploymentId(meta.stream.id), event.run, event.booked_on,
                           meta.recorded_at, event.lines, event.minutes, event.gross, event.net, event.parameters});
  rows.of<PayslipsByPosition>().put({meta.position, event.payslip}, {});
  rows.of<PayslipsOfParty>().put({PartyId(event.worker.value), meta.position, event.payslip}, {});
}

void PayrollBalances::apply(Tables& rows, const domain::AdvanceGranted& event, const Meta& meta) {
  PayBalances::Row& balance = balance_of(rows, event.worker, meta);
  add(balance.advances, event.amount);
  add(balance.due, event.amount);
}

void PayrollBalances::apply(Tables& rows, const domain::PaymentPrepared& event, const Meta& meta) {
  PayBalances::Row& balance = balance_of(rows, meta);
  add(balance.due, negated(event.amount));
  add(balance.in_payment, event.amount);
}
void PayrollBalances::apply(Tables& rows, const domain::PaymentWithdrawn& event, const Meta& meta) {
  back(rows, event.amount, meta);
}
void PayrollBalances::apply(Tables& rows, const domain::PaymentReturned& event, const Meta& meta) {
  back(rows, event.amount, meta);
}

void PayrollBalances::apply(Tables& rows, const domain::RunOpened& event, const Meta& meta) {
  PayrollRuns::Row run;
  run.position = meta.position;
  run.period = event.period;
  run.booked_on = event.booked_on;
  run.pay_on = event.pay_on;
  run.basis = event.basis;
  rows.of<PayrollRuns>().put(RunId(meta.stream.id), run);
  rows.of<PayrollRunsByPosition>().put({meta.position, RunId(meta.stream.id)}, {});
}
void PayrollBalances::apply(Tables& rows, const domain::PayslipAdded& event, const Meta& meta) {
  PayrollRuns::Row& run = rows.of<PayrollRuns>().edit(RunId(meta.stream.id));
  ++run.payslips;
  add(run.gross, event.gross);
  add(run.net, event.net);
  run.hash = domain::run_hash(run.hash, event);
}
void PayrollBalances::apply(Tables& rows, const domain::RunApproved&, const Meta& meta) {
  rows.of<PayrollRuns>().edit(RunId(meta.stream.id)).approved = true;
}
void PayrollBalances::apply(Tables& rows, const domain::RunClosed&, const Meta& meta) {
  rows.of<PayrollRuns>().edit(RunId(meta.stream.id)).closed = true;
}

}  // namespace placet::projections
