#pragma once

#include <optional>

#include "domain/decision.h"

namespace placet::domain {

/// Up to which day the books are closed.
///
/// Invariants, each with a property test of the same name:
///   NothingIntoAClosedPeriod  no fact is booked on a day that was closed before it was recorded.
struct Books {
  std::optional<Date> closed_through;

  bool closed_on(Date day) const { return closed_through && day <= *closed_through; }
};

Books evolve(Books state, const PeriodClosed& event, const Meta& meta);

void needs(const ClosePeriod& command, const Facts& facts, Needs& out);

/// Only days that are over are closed, and nearly every fact is booked on the day on which it is recorded: so of all
/// commands only those that name a day to book on need ask.
Decision decide(const States& states, const ClosePeriod& command, const Facts& facts);

std::expected<void, Rejection> check_open_on(const Books& books, Date day);

}  // namespace placet::domain
