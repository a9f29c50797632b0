#include "domain/timesheet/timesheet.h"

#include <algorithm>

#include "domain/states.h"

namespace placet::domain {

namespace {

bool contains(const Period& period, Date day) {
  switch (period.kind) {
    case PeriodKind::unspecified: return false;
    case PeriodKind::week: return period.first == day.monday_of_week();
    case PeriodKind::four_weeks: return period.first <= day && day < period.first.plus_days(28);
    case PeriodKind::month: return period.first == day.first_of_month();
  }
  return false;
}

bool overlap(const Worked& a, const Worked& b) {
  return a.start_at && b.start_at && *a.start_at < *b.end_at && *b.start_at < *a.end_at;
}

/// Hours must be positive, fit their local day together with the others of that day, and not run into another entry.
std::expected<void, Rejection> check_hours(const Timesheet& sheet, const Worked& worked) {
  if (worked.minutes.count() <= 0) return refuse(RejectionCode::malformed, "worked.minutes: must be above 0");
  if (worked.break_minutes.count() < 0)
    return refuse(RejectionCode::malformed, "worked.breakMinutes: must not be negative");
  std::int64_t of_day = worked.minutes.count();
  for (const Entry& entry : sheet.entries) {
    if (entry.worked.day == worked.day) of_day += entry.worked.minutes.count();
    if (overlap(entry.worked, worked))
      return refuse(RejectionCode::hours_overlap, "worked: runs into another entry of " + entry.worked.day.to_string());
  }
  if (of_day > worked.day_minutes.count())
    return refuse(RejectionCode::hours_over_day, "worked: " + std::to_string(of_day) + " minutes on " +
                                                     worked.day.to_string() + ", a day of " +
                                                     std::to_string(worked.day_minutes.count()));
  return {};
}

}  // namespace

Timesheet evolve(Timesheet state, const EntryRecorded& event, const Meta& meta) {
  state.placement = event.placement;
  state.period = event.period;
  state.entries.push_back({event.entry, event.hour_type, event.worked, meta.actor.person});
  return state;
}

void needs(const RecordEntry& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(sheet_of(facts.ledger, command.placement, command.period)));
}

Decision decide(const States& states, const RecordEntry& command, const Facts& facts) {
  const SheetId id = sheet_of(facts.ledger, command.placement, command.period);
  const Timesheet& sheet = states.timesheet(id);
  if (!contains(command.period, command.worked.day))
    return refuse(RejectionCode::malformed, "period: does not hold the day " + command.worked.day.to_string());
  if (sheet.entries.size() >= kEntriesPerSheetMax)
    return refuse(RejectionCode::too_large, "the sheet has 512 entries already; put hours of a day together");
  if (std::any_of(sheet.entries.begin(), sheet.entries.end(), [&](const Entry& e) { return e.id == command.entry; }))
    return refuse(RejectionCode::already_exists, "entry: this id is on the sheet already");
  if (auto checked = check_hours(sheet, command.worked); !checked) return std::unexpected(std::move(checked).error());
  return one(
      stream_of(id),
      EntryRecorded{command.entry, command.placement, command.period, command.hour_type, command.worked, command.note},
      command.worked.day, {PartyId(command.worker.value), PartyId(command.placement.value)});
}

}  // namespace placet::domain
