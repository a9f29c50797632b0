#include "domain/calendar/calendar.h"

#include <algorithm>

#include "domain/states.h"

namespace placet::domain {

namespace {

constexpr std::int32_t kFourWeeks = 28;
constexpr std::int32_t kFiveWeeks = 35;  // the last period of an ISO year of 53 weeks

bool weekend(Date day) { return day.weekday() >= Weekday::saturday; }

std::unexpected<Rejection> malformed(std::size_t index, const char* what) {
  return refuse(RejectionCode::malformed, "periods[" + std::to_string(index) + "]" + what);
}

/// The days are those of one period of that kind in that year.
bool right_days(PeriodKind kind, int year, const CalendarPeriod& period, bool last_of_year) {
  const auto length = static_cast<std::int64_t>(period.last.days) - period.first.days + 1;
  const bool iso = period.first.weekday() == Weekday::monday && iso_week_of(period.first).year == year &&
                   iso_week_of(period.last).year == year;
  switch (kind) {
    case PeriodKind::unspecified: return false;
    case PeriodKind::week: return iso && length == 7;
    case PeriodKind::four_weeks: return iso && (length == kFourWeeks || (last_of_year && length == kFiveWeeks));
    case PeriodKind::month:
      return period.first.year() == year && period.first == period.first.first_of_month() &&
             period.last == period.first.last_of_month();
  }
  return false;
}

std::expected<void, Rejection> check_periods(const PublishCalendar& command) {
  if (command.periods.empty()) return refuse(RejectionCode::malformed, "periods: is empty");
  for (std::size_t i = 0; i < command.periods.size(); ++i) {
    const CalendarPeriod& period = command.periods[i];
    for (const Date date : {period.first, period.last, period.submit_by, period.approve_by, period.run, period.pay_day,
                            period.invoice_day}) {
      if (!in_reach(date)) return malformed(i, ": every date must lie from 1970 to 2198");
    }
    if (!right_days(command.kind, command.year, period, i + 1 == command.periods.size()))
      return malformed(i, ": first and last are not those of a period of this kind and year");
    if (i > 0 && period.first != command.periods[i - 1].last.plus_days(1))
      return malformed(i, ".first: must be the day after the period before");
    if (period.submit_by < period.first) return malformed(i, ".submitBy: lies before the period");
    if (period.approve_by < period.submit_by) return malformed(i, ".approveBy: lies before submitBy");
    if (period.run < period.approve_by) return malformed(i, ".run: lies before approveBy");
    if (period.pay_day < period.run) return malformed(i, ".payDay: lies before run");
    if (period.invoice_day < period.approve_by) return malformed(i, ".invoiceDay: lies before approveBy");
    if (weekend(period.approve_by) || weekend(period.run) || weekend(period.pay_day) || weekend(period.invoice_day))
      return malformed(i, ": approveBy, run, payDay and invoiceDay must be working days; take the next one");
  }
  return {};
}

/// Every period published before is there with the same first and last day; later ones may follow.
bool keeps_borders(const std::vector<CalendarPeriod>& before, const std::vector<CalendarPeriod>& after) {
  return before.size() <= after.size() &&
         std::equal(before.begin(), before.end(), after.begin(), [](const CalendarPeriod& a, const CalendarPeriod& b) {
           return a.first == b.first && a.last == b.last;
         });
}

}  // namespace

const CalendarPeriod* Calendar::starting(Date first) const {
  const CalendarPeriod* found = holding(first);
  return found != nullptr && found->first == first ? found : nullptr;
}

const CalendarPeriod* Calendar::holding(Date day) const {
  const auto found = std::find_if(periods.begin(), periods.end(), [&](const CalendarPeriod& period) {
    return period.first <= day && day <= period.last;
  });
  return found == periods.end() ? nullptr : &*found;
}

CalendarId four_weeks_calendar_of(LedgerId ledger, Date day) {
  return calendar_of(ledger, PeriodKind::four_weeks, static_cast<std::uint16_t>(iso_week_of(day).year));
}

std::optional<PeriodSpan> period_holding(PeriodKind kind, Date day, const FourWeeksOn& four_weeks_on) {
  switch (kind) {
    case PeriodKind::unspecified: return std::nullopt;
    case PeriodKind::week: return PeriodSpan{day.monday_of_week(), day.monday_of_week().plus_days(6)};
    case PeriodKind::four_weeks: {
      const CalendarPeriod* period = four_weeks_on(day).holding(day);
      if (period == nullptr) return std::nullopt;
      return PeriodSpan{period->first, period->last};
    }
    case PeriodKind::month: return PeriodSpan{day.first_of_month(), day.last_of_month()};
  }
  return std::nullopt;
}

const char* words_of(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::unspecified: break;
    case PeriodKind::week: return "week";
    case PeriodKind::four_weeks: return "four weeks";
    case PeriodKind::month: return "month";
  }
  return "no period";
}

Calendar evolve(Calendar state, const CalendarPublished& event, const Meta&) {
  state.kind = event.kind;
  state.year = event.year;
  state.periods = event.periods;
  return state;
}

void needs(const PublishCalendar& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(calendar_of(facts.ledger, command.kind, command.year)));
}

Decision decide(const States& states, const PublishCalendar& command, const Facts& facts) {
  const CalendarId id = calendar_of(facts.ledger, command.kind, command.year);
  const Calendar& before = states.calendar(id);
  if (auto checked = check_periods(command); !checked) return std::unexpected(std::move(checked).error());
  if (before.periods == command.periods)
    return refuse(RejectionCode::already_exists, "periods: this calendar is published already, just so");
  if (!keeps_borders(before.periods, command.periods))
    return refuse(RejectionCode::already_exists,
                  "periods: first and last days stand once published; only other dates may change");
  return one(stream_of(id), CalendarPublished{command.kind, command.year, command.periods},
             command.periods.front().first);
}

}  // namespace placet::domain
