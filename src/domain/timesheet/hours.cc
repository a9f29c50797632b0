#include "domain/timesheet/hours.h"

#include <algorithm>

#include "domain/placement/placement.h"

namespace placet::domain {

namespace {

constexpr std::int64_t kMinuteMicros = 60'000'000;
constexpr std::int64_t kLongestDay = 1'500;  // minutes: 25 hours
/// So long after its last day a placement that was ended since may still hold hours: its end may have been set back,
/// and hours are entered until the end of a period, of at most 35 days, that has begun.
constexpr std::int32_t kHoursPastEndDays = kEndedBackDaysMax + 35;
constexpr std::int64_t kInstantMax = 84'000 * kMicrosPerDay;

std::unexpected<Rejection> malformed(const char* what) { return refuse(RejectionCode::malformed, what); }

bool overlap(const Worked& a, const Worked& b) {
  return a.start_at && b.start_at && *a.start_at < *b.end_at && *b.start_at < *a.end_at;
}

std::expected<void, Rejection> check_start_end(const Worked& worked) {
  const std::int64_t start = worked.start_at->micros, end = worked.end_at->micros;
  if (start < 0 || end > kInstantMax) return malformed("worked.startAt: out of reach");
  if (end <= start) return malformed("worked.endAt: must be after the start");
  if ((end - start) % kMinuteMicros != 0) return malformed("worked: start and end must lie whole minutes apart");
  const std::int64_t span = (end - start) / kMinuteMicros;
  if (span > kLongestDay) return malformed("worked.endAt: must be on the day after the start at the latest");
  if (worked.minutes.count() != span - worked.break_minutes.count())
    return malformed("worked.minutes: must be the time from start to end less the break");
  return {};
}

/// The kind of the sheet that may hold hours of that day.
PeriodKind kind_of_hours(const LinkedPlacement& linked, Date day) {
  const bool over = linked.until && linked.until->plus_days(kHoursPastEndDays) < day;
  return over ? PeriodKind::unspecified : kind_on(linked.kinds, day);
}

bool ends_on_its_day(const Worked& worked) {
  return worked.start_local && worked.end_local && *worked.start_local < *worked.end_local;
}

}  // namespace

std::expected<void, Rejection> check_worked(const Worked& worked) {
  if (!in_reach(worked.day)) return malformed("worked.day: must lie from 1970 to 2198");
  if (worked.minutes.count() <= 0) return malformed("worked.minutes: must be above 0");
  if (worked.break_minutes.count() < 0) return malformed("worked.breakMinutes: must not be negative");
  if (worked.day_minutes.count() <= 0 || worked.day_minutes.count() > kLongestDay)
    return malformed("worked.dayMinutes: is not the length of a day");
  if (worked.start_at.has_value() != worked.end_at.has_value())
    return malformed("worked: give start and end, or plain minutes");
  if (worked.start_at) return check_start_end(worked);
  if (worked.break_minutes.count() != 0)
    return malformed("worked.breakMinutes: only with start and end; plain minutes are paid ones");
  return {};
}

std::expected<void, Rejection> check_fit(std::span<const Timesheet* const> sheets, const Worked& worked,
                                         EntryId replaced) {
  std::int64_t of_day = worked.minutes.count();
  for (const Timesheet* sheet : sheets) {
    for (const Entry& entry : sheet->entries) {
      if (sheet == sheets.front() && entry.id == replaced) continue;
      if (entry.worked.day == worked.day) of_day += entry.worked.minutes.count();
      if (overlap(entry.worked, worked))
        return refuse(RejectionCode::hours_overlap,
                      "worked: runs into another entry of " + entry.worked.day.to_string());
    }
  }
  // The sum is not told: it may hold hours at another client.
  if (of_day > worked.day_minutes.count())
    return refuse(RejectionCode::hours_over_day, "worked: with the other hours of " + worked.day.to_string() +
                                                     " more than the " + std::to_string(worked.day_minutes.count()) +
                                                     " minutes of that day");
  return {};
}

std::vector<Date> days_touched(const Worked& worked) {
  if (!worked.start_at) return {worked.day};
  std::vector<Date> days = {worked.day.plus_days(-1), worked.day};
  if (!ends_on_its_day(worked)) days.push_back(worked.day.plus_days(1));
  return days;
}

void add_other_sheets(const Employment& employment, LedgerId ledger, PlacementId placement, const Period& period,
                      const Worked& worked, const FourWeeksOn& four_weeks_on, std::vector<SheetId>& sheets) {
  const std::vector<Date> days = days_touched(worked);
  for (const LinkedPlacement& linked : employment.placements) {
    std::optional<Period> last;
    for (const Date day : days) {
      const PeriodKind kind = kind_of_hours(linked, day);
      const auto span = period_holding(kind, day, four_weeks_on);
      if (!span) continue;  // no such period, so no sheet
      if (last && last->kind == kind && last->first == span->first) continue;
      last = {kind, span->first};
      if (linked.id == placement && period == *last) continue;
      const SheetId sheet = sheet_of(ledger, linked.id, *last);
      if (std::find(sheets.begin(), sheets.end(), sheet) == sheets.end()) sheets.push_back(sheet);
    }
  }
}

}  // namespace placet::domain
