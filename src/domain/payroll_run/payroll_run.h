#pragma once

#include "domain/decision.h"

namespace placet::domain {

/// One payroll run: a process. It is opened for a period, each worker's payslip is a command of its own
/// (pay_account), two persons approve exactly these payslips, and it is closed.
///
/// Invariants, each with a property test of the same name:
///   RunHoldsItsPayslips   an approved run has the payslips that were calculated in it, and their sums.
///   NothingAfterApproval  no payslip is added to an approved run.
struct PayrollRun {
  bool opened = false;
  Period period;
  Date booked_on;
  Date pay_on;
  std::uint32_t payslips = 0;
  Money gross, net;
  Digest hash{};  // of the payslips so far
  bool approved = false;
  bool closed = false;
};

/// The hash of a run with one more payslip: SHA-256 of
///
///   "placet-run-v1"
///   hash before   32 bytes, zero for the first
///   payslip id    16 bytes
///   gross, net    i64 each, cents, big-endian
Digest run_hash(const Digest& before, const PayslipAdded& payslip);

PayrollRun evolve(PayrollRun state, const RunOpened& event, const Meta& meta);
PayrollRun evolve(PayrollRun state, const PayslipAdded& event, const Meta& meta);
PayrollRun evolve(PayrollRun state, const RunApproved& event, const Meta& meta);
PayrollRun evolve(PayrollRun state, const RunClosed& event, const Meta& meta);

void needs(const OpenRun& command, const Facts& facts, Needs& out);
void needs(const ApproveRun& command, const Facts& facts, Needs& out);
void needs(const CloseRun& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const OpenRun& command, const Facts& facts);
Decision decide(const States& states, const ApproveRun& command, const Facts& facts);
Decision decide(const States& states, const CloseRun& command, const Facts& facts);

}  // namespace placet::domain
