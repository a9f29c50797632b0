#include "domain/payroll_run/payroll_run.h"

#include "crypto/sha256.h"
#include "domain/canonical.h"
#include "domain/money.h"
#include "domain/states.h"

namespace placet::domain {

namespace {

constexpr std::int32_t kAheadDaysMax = 62;

std::expected<void, Rejection> check_opened(const PayrollRun& run) {
  if (!run.opened) return refuse(RejectionCode::not_found, "run: no such run; open it first");
  return {};
}

}  // namespace

Digest run_hash(const Digest& before, const PayslipAdded& payslip) {
  Bytes input = "placet-run-v1";
  input.append(view_of(before));
  append_canonical(input, payslip.payslip.value);
  append_canonical(input, payslip.gross.count());
  append_canonical(input, payslip.net.count());
  return crypto::sha256(input);
}

PayrollRun evolve(PayrollRun state, const RunOpened& event, const Meta&) {
  state.opened = true;
  state.period = event.period;
  state.booked_on = event.booked_on;
  state.pay_on = event.pay_on;
  return state;
}
PayrollRun evolve(PayrollRun state, const PayslipAdded& event, const Meta&) {
  ++state.payslips;
  state.gross = add(state.gross, event.gross);
  state.net = add(state.net, event.net);
  state.hash = run_hash(state.hash, event);
  return state;
}
PayrollRun evolve(PayrollRun state, const RunApproved&, const Meta&) {
  state.approved = true;
  return state;
}
PayrollRun evolve(PayrollRun state, const RunClosed&, const Meta&) {
  state.closed = true;
  return state;
}

void needs(const OpenRun& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.run));
  out.states.push_back(books_stream());
}
void needs(const ApproveRun& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.run)); }
void needs(const CloseRun& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.run)); }

Decision decide(const States& states, const OpenRun& command, const Facts& facts) {
  if (states.payroll_run(command.run).opened)
    return refuse(RejectionCode::already_exists, "run: this id is in use already");
  if (!in_reach(command.period.first))
    return refuse(RejectionCode::malformed, "period.first: must lie from 1970 to 2198");
  if (command.booked_on < command.period.first || facts.today.plus_days(kAheadDaysMax) < command.booked_on)
    return refuse(RejectionCode::malformed,
                  "bookedOn: must lie after the period's first day, and 62 days ahead at most");
  if (command.pay_on < command.booked_on || command.booked_on.plus_days(kAheadDaysMax) < command.pay_on)
    return refuse(RejectionCode::malformed, "payOn: must lie from bookedOn to 62 days later");
  if (auto open = check_open_on(states.books(), command.booked_on); !open) return std::unexpected(open.error());
  return one(stream_of(command.run), RunOpened{command.period, command.booked_on, command.pay_on, command.basis},
             command.booked_on);
}

Decision decide(const States& states, const ApproveRun& command, const Facts& facts) {
  const PayrollRun& run = states.payroll_run(command.run);
  if (auto checked = check_opened(run); !checked) return std::unexpected(checked.error());
  if (run.approved) return refuse(RejectionCode::approved, "run: is approved already");
  if (run.payslips == 0) return refuse(RejectionCode::not_ready, "run: has no payslips; calculate them first");
  if (command.seen != run.hash)
    return refuse(RejectionCode::moved, "seen: the run has other payslips than those that you saw; look again");
  return one(stream_of(command.run), RunApproved{run.payslips, run.gross, run.net, run.hash}, facts.today);
}

Decision decide(const States& states, const CloseRun& command, const Facts& facts) {
  const PayrollRun& run = states.payroll_run(command.run);
  if (auto checked = check_opened(run); !checked) return std::unexpected(checked.error());
  if (!run.approved) return refuse(RejectionCode::not_ready, "run: is not approved; two persons approve it first");
  if (run.closed) return refuse(RejectionCode::already_exists, "run: is closed already");
  return one(stream_of(command.run), RunClosed{}, facts.today);
}

}  // namespace placet::domain
