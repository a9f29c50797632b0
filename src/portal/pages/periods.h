#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "portal/visit.h"

namespace placet::portal::pages {

/// A period with its borders, and by when its hours are wanted, once the payroll calendar says so.
struct PeriodAt {
  domain::Period period;
  Date last;
  std::optional<domain::CalendarPeriod> calendar;

  Date first() const { return period.first; }
};

/// The period of that kind that holds the day; nothing where the calendar has no such four weeks.
Result<std::optional<PeriodAt>> period_holding(const Reading& reading, domain::PeriodKind kind, Date day);

/// As in paths: week, four-weeks, month.
std::string_view word_of(domain::PeriodKind kind);
std::optional<domain::PeriodKind> period_kind_of(std::string_view word);

/// "Week 42, 12 – 18 oktober 2026"; a month: "oktober 2026" stands in its days.
std::string heading(const Visit& visit, const PeriodAt& at);

}  // namespace placet::portal::pages
