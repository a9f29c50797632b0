#include <algorithm>

#include "domain/authority.h"
#include "domain/timesheet/checks.h"
#include "domain/timesheet/right.h"

// Asking for approval, reminding of it, and getting hours back before it is given.

namespace placet::domain {

namespace {

/// Whoever can approve is told at once; not the worker, who never can.
void tell_approvers(Events& events, const SheetAt& at, PlacementId placement, const Facts& facts) {
  for (const PersonId approver : approvers_in_force(at.placement, facts.today)) {
    if (approver == at.placement.person) continue;
    queue_notice(events, facts.ledger, at.id, placement, NoticeKind::hours_submitted, approver, facts.today,
                 at.parties);
  }
}

/// The period is one by which some day of the placement is kept.
std::expected<void, Rejection> check_period(const States& states, const Placement& placement, const Period& period,
                                            const Facts& facts) {
  if (!in_reach(period.first)) return refuse(RejectionCode::malformed, "period.first: must lie from 1970 to 2198");
  const auto span = period_holding(period.kind, period.first, four_weeks_in(states, facts));
  if (!span)
    return refuse(RejectionCode::not_published,
                  "period: no published period of four weeks begins then; publish the calendar");
  if (span->first != period.first)
    return refuse(RejectionCode::malformed, "period.first: the period begins on " + span->first.to_string());
  const Date day = std::max(span->first, placement.started.value_or(span->first));
  if (span->last < day || !placement.runs_on(day))
    return refuse(RejectionCode::outside_placement, "period: the placement does not run in it");
  if (placement.kind_on(day) != period.kind)
    return refuse(RejectionCode::malformed,
                  "period.kind: hours of " + day.to_string() + " are kept by " + words_of(placement.kind_on(day)));
  if (facts.today < span->first)
    return refuse(RejectionCode::not_ready, "period: begins on " + span->first.to_string());
  return {};
}

std::unexpected<Rejection> nothing_to_submit(const Timesheet& sheet) {
  const bool waits =
      std::any_of(sheet.entries.begin(), sheet.entries.end(), [](const Entry& entry) { return entry.submitted(); });
  if (waits || sheet.submitted_empty)
    return refuse(RejectionCode::submitted, "sheet: is submitted already; withdraw it to change it");
  if (!sheet.entries.empty())
    return refuse(RejectionCode::approved, "sheet: all its hours are frozen; request an addition for more");
  return refuse(RejectionCode::not_ready, "sheet: has no hours; enter some, or submit the period as empty");
}

bool submitted(const Entry& entry) { return entry.submitted(); }

bool is_reminder(NoticeKind kind) {
  return kind == NoticeKind::hours_missing || kind == NoticeKind::approval_due || kind == NoticeKind::approval_late;
}

/// Whether somebody was told so already, of the hours as they were submitted last.
bool was_told(const Notice& notices, NoticeKind kind) {
  for (auto letter = notices.letters.rbegin(); letter != notices.letters.rend(); ++letter) {
    if (letter->kind == kind) return true;
    if (letter->kind == NoticeKind::hours_submitted) return false;
  }
  return false;
}

/// There is something to remind of.
std::expected<void, Rejection> check_reminder(const Timesheet& sheet, NoticeKind kind) {
  const bool waits = sheet.submitted_empty || !waiting_lines(sheet, {}).empty();
  if (kind != NoticeKind::hours_missing) {
    if (waits) return {};
    return refuse(RejectionCode::not_submitted, "sheet: nothing on it waits for approval");
  }
  const bool open =
      sheet.entries.empty() || std::ranges::any_of(sheet.entries, [](const Entry& entry) { return entry.open(); });
  if (waits || !open) return refuse(RejectionCode::submitted, "sheet: is submitted");
  return {};
}

/// Whom a reminder is for.
std::vector<PersonId> reminded(const States& states, const RemindOfHours& command, const Placement& placement,
                               Date today) {
  if (command.kind == NoticeKind::hours_missing) return {placement.person};
  if (command.kind == NoticeKind::approval_due) return approvers_in_force(placement, today);
  std::vector<PersonId> people;
  const auto add = [&](PersonId person) {
    if (std::ranges::find(people, person) == people.end()) people.push_back(person);
  };
  for (const PersonId contact : command.contacts) {
    const Parties agency{PartyId(placement.agency.value)};
    if (may(states.person(contact).grants, agency, only(Role::agency), today)) add(contact);
  }
  for (const Substitution& named : placement.substitutions) {
    if (named.in_force(today) && placement.approver_on(named.approver, today)) add(named.substitute);
  }
  return people;
}

}  // namespace

void needs(const SubmitSheet& command, const Facts& facts, Needs& out) { needs_sheet_and_notices(command, facts, out); }
void needs(const SubmitEmpty& command, const Facts& facts, Needs& out) {
  needs_sheet_and_notices(command, facts, out);
  if (in_reach(command.period.first))
    out.states.push_back(stream_of(four_weeks_calendar_of(facts.ledger, command.period.first)));
}
void needs(const WithdrawSheet& command, const Facts& facts, Needs& out) {
  needs_sheet_and_notices(command, facts, out);
}
void needs(const ReopenSheet& command, const Facts& facts, Needs& out) { needs_sheet_and_notices(command, facts, out); }
void needs(const RequestAddition& command, const Facts& facts, Needs& out) {
  needs_sheet_and_notices(command, facts, out);
}
void needs(const ObjectToHours& command, const Facts& facts, Needs& out) {
  needs_sheet_and_notices(command, facts, out);
}
void needs(const RemindOfHours& command, const Facts& facts, Needs& out) {
  needs_sheet_and_notices(command, facts, out);
  for (const PersonId contact : command.contacts) out.states.push_back(stream_of(contact));
  if (in_reach(command.period.first))
    out.states.push_back(stream_of(four_weeks_calendar_of(facts.ledger, command.period.first)));
}

Decision decide(const States& states, const SubmitSheet& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  Lines lines;
  for (const Entry& entry : at->sheet.entries) {
    if (entry.open()) lines.push_back(&entry);
  }
  if (lines.empty()) return nothing_to_submit(at->sheet);
  SheetSubmitted event{days_of(lines), {}, {}};
  // What the approver will have before him: also what waited on those days already.
  const Timesheet after = evolve(at->sheet, event, {});
  const Lines waiting = waiting_lines(after, event.days);
  event.minutes = minutes_of(waiting);
  event.content_hash = content_hash(after, at->id, waiting);
  Events events = one(stream_of(at->id), std::move(event), facts.today, at->parties);
  tell_approvers(events, *at, command.placement, facts);
  return events;
}

Decision decide(const States& states, const SubmitEmpty& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (auto checked = check_period(states, at->placement, command.period, facts); !checked)
    return std::unexpected(checked.error());
  if (at->sheet.submitted_empty) return refuse(RejectionCode::submitted, "sheet: is submitted as empty already");
  if (!at->sheet.entries.empty())
    return refuse(RejectionCode::already_exists, "sheet: has hours; submit them, or remove them first");
  Events events =
      one(stream_of(at->id), SheetSubmittedEmpty{command.placement, command.period}, facts.today, at->parties);
  tell_approvers(events, *at, command.placement, facts);
  return events;
}

Decision decide(const States& states, const WithdrawSheet& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (at->sheet.submitted_empty) return one(stream_of(at->id), SheetWithdrawn{}, facts.today, at->parties);
  auto days = days_with(at->sheet, {}, submitted, RejectionCode::not_submitted, "is submitted");
  if (!days) return std::unexpected(std::move(days).error());
  return one(stream_of(at->id), SheetWithdrawn{*std::move(days)}, facts.today, at->parties);
}

Decision decide(const States& states, const ReopenSheet& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (auto checked = check_reason(command.reason); !checked) return std::unexpected(checked.error());
  std::vector<Date> days;
  if (!at->sheet.submitted_empty) {
    auto found = days_with(at->sheet, command.days, submitted, RejectionCode::not_submitted, "is submitted");
    if (!found) return std::unexpected(std::move(found).error());
    days = *std::move(found);
  }
  Events events = one(stream_of(at->id), SheetReopened{std::move(days), command.reason}, facts.today, at->parties);
  queue_notice(events, facts.ledger, at->id, command.placement, NoticeKind::hours_reopened, at->placement.person,
               facts.today, at->parties);
  return events;
}

Decision decide(const States& states, const RequestAddition& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (auto checked = check_reason(command.reason); !checked) return std::unexpected(checked.error());
  if (command.days.empty()) return refuse(RejectionCode::malformed, "days: name the days to add hours to");
  auto days = days_with(
      at->sheet, command.days, [](const Entry& entry) { return entry.frozen(); }, RejectionCode::not_approved,
      "is approved; enter the hours without asking");
  if (!days) return std::unexpected(std::move(days).error());
  for (const Date day : *days) {
    if (std::find(at->sheet.additions.begin(), at->sheet.additions.end(), day) != at->sheet.additions.end())
      return refuse(RejectionCode::already_exists, "days: hours may be added to " + day.to_string() + " already");
  }
  return one(stream_of(at->id), AdditionRequested{*std::move(days), command.reason}, facts.today, at->parties);
}

Decision decide(const States& states, const ObjectToHours& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (auto checked = check_reason(command.reason); !checked) return std::unexpected(checked.error());
  if (at->sheet.placement.is_nil()) return refuse(RejectionCode::not_found, "sheet: there is nothing on it yet");
  return one(stream_of(at->id), HoursObjected{command.reason}, facts.today, at->parties);
}

Decision decide(const States& states, const RemindOfHours& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (!is_reminder(command.kind)) return refuse(RejectionCode::malformed, "kind: is no reminder of hours");
  if (auto checked = check_period(states, at->placement, command.period, facts); !checked)
    return std::unexpected(checked.error());
  if (auto checked = check_reminder(at->sheet, command.kind); !checked) return std::unexpected(checked.error());
  if (was_told(states.notice(notices_of(facts.ledger, at->id)), command.kind))
    return refuse(RejectionCode::already_exists, "kind: was told already");
  Events events;
  for (const PersonId person : reminded(states, command, at->placement, facts.today))
    queue_notice(events, facts.ledger, at->id, command.placement, command.kind, person, facts.today, at->parties,
                 command.period);
  if (events.empty()) return refuse(RejectionCode::not_found, "contacts: there is nobody to remind");
  return events;
}

}  // namespace placet::domain
