#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// The payroll calendar of one kind of period and one ISO year (of months: one calendar year), every date written out.
///
/// Invariants, each with a property test of the same name:
///   PeriodsAdjoin    a period begins on the day after the last of the one before.
///   BordersStand     publishing again may move deadlines and pay days, never the first or last day of a period.
struct Calendar {
  PeriodKind kind = PeriodKind::unspecified;  // unspecified: not published
  std::uint16_t year = 0;
  std::vector<CalendarPeriod> periods;

  /// The published period that starts on that day, or nullptr.
  const CalendarPeriod* starting(Date first) const;
  /// The published period that holds that day, or nullptr.
  const CalendarPeriod* holding(Date day) const;
};

/// From 1970 to 2198. A day from outside is asked this before anything is computed with it.
constexpr bool in_reach(Date day) { return 0 <= day.days && day.days <= 83'640; }

/// Where the periods of four weeks around that day are published: they never cross an ISO year.
CalendarId four_weeks_calendar_of(LedgerId ledger, Date day);

/// First and last day of a period.
struct PeriodSpan {
  Date first;
  Date last;
  friend bool operator==(const PeriodSpan&, const PeriodSpan&) = default;
};

/// The calendar of four weeks of a day.
using FourWeeksOn = std::function<const Calendar&(Date)>;

/// The period of that kind that holds the day. Weeks and months are what they are; four weeks are as published in the
/// calendar of that day, which is asked for then only, or not at all.
std::optional<PeriodSpan> period_holding(PeriodKind kind, Date day, const FourWeeksOn& four_weeks_on);

/// For a message: "week", "four weeks", "month".
const char* words_of(PeriodKind kind);

Calendar evolve(Calendar state, const CalendarPublished& event, const Meta& meta);

void needs(const PublishCalendar& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const PublishCalendar& command, const Facts& facts);

}  // namespace placet::domain
