#pragma once

#include <optional>
#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// A part of a sum that runs on: floor(base x rate). Begins anew each year and when the rate changes.
struct Accrual {
  Parameter rate;
  std::int64_t base = 0;

  /// Cents or minutes, to date; rounded down.
  std::int64_t to_date() const;
};

/// A net amount that waits to be paid. `run`: from a payslip of it; nil: an advance, or a payment that came back.
struct DueAmount {
  RunId run;
  Money amount;
};

/// One that is in a batch of payments, or was paid by it.
struct PaymentMade {
  PaymentId id;
  BatchId batch;
  Money amount;
  LogPosition account;  // the fact of the account that it goes to
  bool back = false;    // withdrawn or returned: due again
};

/// What the employer owes a worker and he the employer: one per employment, under the same id.
///
/// Invariants, each with a property test of the same name:
///   NetIsGrossLessDeductions  of every payslip, and its gross is the sum of its hours' lines.
///   NetIsNeverNegative        what a worker would owe is an advance, or the payslip is refused.
///   DueIsPaidOnce             net amounts and advances = due + in payment or paid, returned ones counted once.
///   AccrualsAreCumulative     what was reserved in a year at one rate = floor(base of that year x rate).
struct PayAccount {
  WorkerId worker;  // nil: nothing yet
  std::uint32_t payslips = 0;
  std::uint32_t payments = 0;
  std::uint16_t year = 0;  // of the accruals
  Accrual holiday_allowance, leave_hours, leave_reserve;
  Money advances;  // to be recovered by payslips
  std::vector<DueAmount> due;
  std::vector<PaymentMade> made;  // the last ones

  Money due_of(RunId run) const;
  /// The payment that he is to get by that batch, or got; nullptr: none, or it came back.
  const PaymentMade* made_by(BatchId batch) const;
  /// The oldest, of which nothing will be known once another is prepared; nullptr: none that could still come back.
  const PaymentMade* next_forgotten() const;
};

/// A payment comes back within days or never: so many are remembered per worker, and all that are not released.
inline constexpr std::size_t kPaymentsRemembered = 16;
inline constexpr std::size_t kDueMax = 64;

PayAccount evolve(PayAccount state, const PayslipCalculated& event, const Meta& meta);
PayAccount evolve(PayAccount state, const AdvanceGranted& event, const Meta& meta);
PayAccount evolve(PayAccount state, const PaymentPrepared& event, const Meta& meta);
PayAccount evolve(PayAccount state, const PaymentWithdrawn& event, const Meta& meta);
PayAccount evolve(PayAccount state, const PaymentReturned& event, const Meta& meta);

void needs(const CalculatePayslip& command, const Facts& facts, Needs& out);
void needs(const GrantAdvance& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const CalculatePayslip& command, const Facts& facts);
Decision decide(const States& states, const GrantAdvance& command, const Facts& facts);

}  // namespace placet::domain
