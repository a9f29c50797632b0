#include <algorithm>
#include <map>

#include "domain/timesheet/checks.h"
#include "domain/timesheet/hours.h"
#include "domain/timesheet/right.h"

// Putting lines on a sheet, changing them and taking them off, as long as nobody was asked to approve them.

namespace placet::domain {

namespace {

std::expected<void, Rejection> check_period(const States& states, const Placement& placement, const Period& period,
                                            Date day, const Facts& facts) {
  if (!placement.runs_on(day))
    return refuse(RejectionCode::outside_placement,
                  "worked.day: the placement does not run on " + day.to_string() + "; start or extend it");
  const PeriodKind kind = placement.kind_on(day);
  if (period.kind != kind)
    return refuse(RejectionCode::malformed,
                  "period.kind: hours of " + day.to_string() + " are kept by " + words_of(kind));
  const auto span = period_holding(kind, day, four_weeks_in(states, facts));
  if (!span)
    return refuse(RejectionCode::not_published,
                  "period: no published period of four weeks holds " + day.to_string() + "; publish the calendar");
  if (period.first != span->first)
    return refuse(RejectionCode::malformed,
                  "period.first: the period of " + day.to_string() + " begins on " + span->first.to_string());
  // So that the kind of later periods can still change without orphaned hours.
  if (facts.today < span->first)
    return refuse(RejectionCode::not_ready,
                  "period: begins on " + span->first.to_string() + "; hours are entered from then on");
  return {};
}

/// Nothing on that day is submitted or, unless lines may be added to it, frozen.
std::expected<void, Rejection> check_takes_lines(const Timesheet& sheet, Date day) {
  if (sheet.submitted_empty) return refuse(RejectionCode::submitted, "sheet: is submitted as empty; withdraw it first");
  const bool added = std::find(sheet.additions.begin(), sheet.additions.end(), day) != sheet.additions.end();
  for (const Entry& entry : sheet.entries) {
    if (entry.worked.day != day) continue;
    if (entry.submitted())
      return refuse(RejectionCode::submitted, "worked.day: " + day.to_string() + " is submitted; withdraw it first");
    if (entry.frozen() && !added)
      return refuse(RejectionCode::approved, "worked.day: " + day.to_string() + " is frozen; request an addition");
  }
  return {};
}

/// The line may still be changed or removed.
std::expected<void, Rejection> check_open(const Entry* entry) {
  if (entry == nullptr) return refuse(RejectionCode::not_found, "entry: is not on this sheet");
  if (entry->submitted()) return refuse(RejectionCode::submitted, "entry: is submitted; withdraw the sheet first");
  if (entry->frozen())
    return refuse(RejectionCode::approved,
                  "entry: is frozen; request an addition, or have the approval taken back first");
  if (entry->settled())
    return refuse(
        RejectionCode::settled,
        "entry: was paid or is on an invoice; it can change when the next payslip and a credit note took it back");
  return {};
}

/// Who enters cannot approve. Where that is a contact of the client, somebody else must be able to: appointed or
/// substitute today, neither the worker under any of his persons nor one who entered other hours of that day.
std::expected<void, Rejection> check_second_contact(const SheetAt& at, const Person& actor, const Person& worker,
                                                    Date day, const Facts& facts) {
  const PartyId client(at.placement.client.value);
  const bool contact = std::any_of(actor.grants.begin(), actor.grants.end(), [&](const Grant& grant) {
    return grant.role == Role::client_contact && grant.scope == client && grant.in_force(facts.today);
  });
  if (!contact) return {};
  const auto approvers = approvers_in_force(at.placement, facts.today);
  const bool another = std::any_of(approvers.begin(), approvers.end(), [&](PersonId approver) {
    if (actor.is(approver) || worker.is(approver)) return false;
    return std::none_of(at.sheet.entries.begin(), at.sheet.entries.end(), [&](const Entry& entry) {
      return entry.worked.day == day && !entry.frozen() && entry.entered(approver);
    });
  });
  if (another) return {};
  return refuse(RejectionCode::needs_second_contact,
                "nobody but you could approve these hours; have another approver or a substitute appointed first");
}

/// Whether he is that worker, with that employment, or still none. In this order: the second reservation is named for
/// the worker of the hint.
bool holds(const JoinedPerson& hint, const States& states, LedgerId ledger) {
  if (states.reservation(worker_of(ledger, hint.person)).owner != hint.worker.value) return false;
  return hint.worker.is_nil() || states.reservation(employment_of(ledger, hint.worker)).owner == hint.employment.value;
}

/// The sheets on which the person may have hours of that time, but for this one: under the placement's employment and
/// under those of everybody who is one with him.
template <class C>
std::expected<std::vector<SheetId>, Rejection> sheets_beside(const States& states, const C& command, const SheetAt& at,
                                                             const Facts& facts) {
  if (auto checked = check_hint("employment", command.employment, at.placement.employment); !checked)
    return std::unexpected(std::move(checked).error());
  if (auto checked = check_hint("person", command.person, at.placement.person); !checked)
    return std::unexpected(std::move(checked).error());
  std::vector<SheetId> sheets;
  const auto add_sheets_of = [&](EmploymentId id) {
    add_other_sheets(states.employment(id), facts.ledger, command.placement, command.period, command.worked,
                     four_weeks_in(states, facts), sheets);
  };
  add_sheets_of(command.employment);
  for (const PersonId member : states.person(command.person).same_as) {
    if (member == command.person) continue;
    const auto hint = std::find_if(command.joined.begin(), command.joined.end(),
                                   [&](const JoinedPerson& joined) { return joined.person == member; });
    // Who that is, is not told.
    if (hint == command.joined.end() || !holds(*hint, states, facts.ledger))
      return refuse(RejectionCode::stale, "joined: is not who the worker is by now; read again and retry");
    if (!hint->employment.is_nil()) add_sheets_of(hint->employment);
  }
  return sheets;
}

/// The person's other sheets of that time are all named, so that his hours can be compared.
template <class C>
std::expected<std::vector<const Timesheet*>, Rejection> all_sheets(const States& states, const C& command,
                                                                   const SheetAt& at, const Facts& facts) {
  auto others = sheets_beside(states, command, at, facts);
  if (!others) return std::unexpected(std::move(others).error());
  std::vector<const Timesheet*> sheets = {&at.sheet};
  for (const SheetId other : *others) {
    if (std::find(command.other_sheets.begin(), command.other_sheets.end(), other) == command.other_sheets.end())
      return refuse(RejectionCode::stale, "otherSheets: leaves out " + other.to_string() + "; read again and retry");
    sheets.push_back(&states.timesheet(other));
  }
  return sheets;
}

/// All that holds for hours wherever they come from.
template <class C>
std::expected<void, Rejection> check_hours(const States& states, const C& command, const SheetAt& at, EntryId replaced,
                                           const Facts& facts) {
  if (auto checked = check_period(states, at.placement, command.period, command.worked.day, facts); !checked)
    return checked;
  const auto sheets = all_sheets(states, command, at, facts);
  if (!sheets) return std::unexpected(sheets.error());
  if (auto checked = check_fit(*sheets, command.worked, replaced); !checked) return checked;
  return check_second_contact(at, states.person(facts.actor.person), states.person(command.person), command.worked.day,
                              facts);
}

template <class C>
void needs_hours(const C& command, const Facts& facts, Needs& out) {
  needs_sheet(command, facts, out);
  need(command.employment, out);
  if (command.person != facts.actor.person) need(command.person, out);  // else named already
  for (const JoinedPerson& joined : command.joined) {
    // Also of one who is no worker: he may become one meanwhile.
    out.states.push_back(stream_of(worker_of(facts.ledger, joined.person)));
    if (!joined.worker.is_nil()) out.states.push_back(stream_of(employment_of(facts.ledger, joined.worker)));
    need(joined.employment, out);
  }
  for (const SheetId other : command.other_sheets) out.states.push_back(stream_of(other));
  if (!in_reach(command.worked.day)) return;  // refused
  // The day before and the day after lie in the same year, nearly always.
  const Date day = command.worked.day;
  out.states.push_back(stream_of(four_weeks_calendar_of(facts.ledger, day)));
  for (const Date beside : {day.plus_days(-1), day.plus_days(1)}) {
    if (iso_week_of(beside).year != iso_week_of(day).year)
      out.states.push_back(stream_of(four_weeks_calendar_of(facts.ledger, beside)));
  }
}

}  // namespace

void needs(const RecordEntry& command, const Facts& facts, Needs& out) { needs_hours(command, facts, out); }
void needs(const ChangeEntry& command, const Facts& facts, Needs& out) { needs_hours(command, facts, out); }
void needs(const RemoveEntry& command, const Facts& facts, Needs& out) { needs_sheet(command, facts, out); }

/// Each stream once. Goes no further than it takes to see that they are too many.
void needs(const ImportHours& command, const Facts& facts, Needs& out) {
  if (command.entries.empty()) out.states.push_back(stream_of(facts.actor.person));  // so that decide says why not
  for (const RecordEntry& entry : command.entries) {
    if (out.states.size() > kStatesMax) return;
    Needs of_entry;
    needs(entry, facts, of_entry);
    for (const StreamId& stream : of_entry.states) {
      if (std::find(out.states.begin(), out.states.end(), stream) == out.states.end()) out.states.push_back(stream);
    }
  }
}

Decision decide(const States& states, const RecordEntry& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (auto checked = check_worked(command.worked); !checked) return std::unexpected(checked.error());
  if (at->sheet.find(command.entry) != nullptr)
    return refuse(RejectionCode::already_exists, "entry: this id is on the sheet already");
  if (at->sheet.entries.size() >= kEntriesPerSheetMax)
    return refuse(RejectionCode::too_large, "sheet: 512 entries already; put hours of a day together");
  if (auto checked = check_takes_lines(at->sheet, command.worked.day); !checked)
    return std::unexpected(checked.error());
  if (auto checked = check_hours(states, command, *at, {}, facts); !checked) return std::unexpected(checked.error());
  return one(
      stream_of(at->id),
      EntryRecorded{command.entry, command.placement, command.period, command.hour_type, command.worked, command.note},
      command.worked.day, at->parties);
}

Decision decide(const States& states, const ImportHours& command, const Facts& facts) {
  if (command.entries.empty()) return refuse(RejectionCode::malformed, "entries: are missing");
  Events all;
  States so_far = states;
  std::map<StreamId, StreamState> sheets;  // that have entries of this command
  Meta meta;
  meta.actor = facts.actor;
  for (std::size_t i = 0; i < command.entries.size(); ++i) {
    auto recorded = decide(so_far, command.entries[i], facts);
    if (!recorded) {
      Rejection rejection = std::move(recorded).error();
      rejection.message = "entries[" + std::to_string(i) + "]." + rejection.message;
      return std::unexpected(std::move(rejection));
    }
    for (const NewEvent& event : *recorded) {
      const auto [sheet, first] = sheets.try_emplace(event.stream, so_far.stream(event.stream));
      meta.version = {sheet->second.events};
      fold(sheet->second, event.event, meta);
      if (first) so_far.replace(event.stream, &sheet->second);
    }
    append(all, *std::move(recorded));
  }
  return all;
}

Decision decide(const States& states, const ChangeEntry& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (auto checked = check_worked(command.worked); !checked) return std::unexpected(checked.error());
  const Entry* entry = at->sheet.find(command.entry);
  if (auto checked = check_open(entry); !checked) return std::unexpected(checked.error());
  if (entry->worked.day != command.worked.day) {
    if (auto checked = check_takes_lines(at->sheet, command.worked.day); !checked)
      return std::unexpected(checked.error());
  }
  if (auto checked = check_hours(states, command, *at, command.entry, facts); !checked)
    return std::unexpected(checked.error());
  return one(stream_of(at->id), EntryChanged{command.entry, command.hour_type, command.worked, command.note},
             std::min(entry->worked.day, command.worked.day), at->parties);
}

Decision decide(const States& states, const RemoveEntry& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  const Entry* entry = at->sheet.find(command.entry);
  if (auto checked = check_open(entry); !checked) return std::unexpected(checked.error());
  return one(stream_of(at->id), EntryRemoved{command.entry}, entry->worked.day, at->parties);
}

}  // namespace placet::domain
