#pragma once

#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// The payroll calendar of one kind of period and one year, with every date written out.
struct Calendar {
  PeriodKind kind = PeriodKind::unspecified;  // unspecified: not published
  std::uint16_t year = 0;
  std::vector<CalendarPeriod> periods;

  /// The published period that starts on that day, or nullptr.
  const CalendarPeriod* starting(Date first) const;
};

Calendar evolve(Calendar state, const CalendarPublished& event, const Meta& meta);

}  // namespace placet::domain
