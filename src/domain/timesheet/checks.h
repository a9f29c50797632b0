#pragma once

#include <span>
#include <string>

#include "domain/placement/checks.h"
#include "domain/states.h"

namespace placet::domain {

/// The sheet that a command is about, and where it belongs.
struct SheetAt {
  SheetId id;
  const Timesheet& sheet;
  const Placement& placement;
  Parties parties;
};

/// The states that every command about a sheet reads or writes: the sheet first, its placement, whoever acts.
template <AboutSheet C>
SheetId needs_sheet(const C& command, const Facts& facts, Needs& out) {
  const SheetId sheet = sheet_of(facts.ledger, command.placement, command.period);
  out.states.push_back(stream_of(sheet));
  out.states.push_back(stream_of(command.placement));
  out.states.push_back(stream_of(facts.actor.person));
  if (!facts.second.is_nil()) out.states.push_back(stream_of(facts.second));
  return sheet;
}

/// And those of a command that may cause notices.
template <AboutSheet C>
void needs_sheet_and_notices(const C& command, const Facts& facts, Needs& out) {
  const SheetId sheet = needs_sheet(command, facts, out);
  out.states.push_back(stream_of(notices_of(facts.ledger, sheet)));
}

/// The sheet, if its placement exists and the command's hint, if it has one, names that placement's worker.
template <AboutSheet C>
std::expected<SheetAt, Rejection> sheet_at(const States& states, const C& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  if (placement.worker.is_nil()) return no_placement();
  if constexpr (requires { command.worker; }) {
    if (auto checked = check_hint("worker", command.worker, placement.worker); !checked)
      return std::unexpected(std::move(checked).error());
  }
  const SheetId id = sheet_of(facts.ledger, command.placement, command.period);
  return SheetAt{id, states.timesheet(id), placement, placement.parties(command.placement)};
}

/// The calendars that a command about hours names in `needs`. Refers to both.
inline FourWeeksOn four_weeks_in(const States& states, const Facts& facts) {
  return [&](Date day) -> const Calendar& { return states.calendar(four_weeks_calendar_of(facts.ledger, day)); };
}

inline std::expected<void, Rejection> check_reason(const Box& reason) {
  if (reason.empty()) return refuse(RejectionCode::malformed, "reason: is missing; say why");
  return {};
}

/// Whether named days name each day once. The decision says whether there is something on them.
std::expected<void, Rejection> check_days(std::span<const Date> days);

/// The days that a command means: those it names, each of which must have a line for which `holds`; else all that have
/// one. Refused with `code` when there is none.
template <class Holds>
std::expected<std::vector<Date>, Rejection> days_with(const Timesheet& sheet, std::span<const Date> named, Holds holds,
                                                      RejectionCode code, const char* what) {
  if (auto checked = check_days(named); !checked) return std::unexpected(std::move(checked).error());
  Lines lines;
  for (const Entry& entry : sheet.entries) {
    if (holds(entry)) lines.push_back(&entry);
  }
  std::vector<Date> days = days_of(lines);
  if (days.empty()) return refuse(code, std::string("sheet: nothing on it ") + what);
  for (const Date day : named) {
    if (!std::binary_search(days.begin(), days.end(), day))
      return refuse(code, "days: nothing on " + day.to_string() + " " + what);
  }
  if (!named.empty()) days.assign(named.begin(), named.end());
  std::sort(days.begin(), days.end());
  return days;
}

}  // namespace placet::domain
