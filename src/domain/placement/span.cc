#include <algorithm>

#include "domain/placement/checks.h"
#include "domain/placement/placement.h"

// From the first day of work to the last, and the periods in between.

namespace placet::domain {

namespace {

constexpr int kOverrideWorkingDays = 5;

bool any(const Gates& gates) {
  return gates.contract || gates.agreement || gates.assignment || gates.worker_file || gates.client_file;
}

Gates closed_gates(const Placement& placement, const Employment& employment, const Worker& worker,
                   const Client& client) {
  return {.contract = !employment.contract_signed(),
          .agreement = !placement.agreement_accepted,
          .assignment = !placement.assignment_confirmed,
          .worker_file = !worker.file_complete,
          .client_file = !client.file_complete};
}

/// Names, for a person, what is closed and not overridden.
std::string still_closed(const Gates& closed, const Gates& override) {
  std::string names;
  const auto add = [&](bool is_closed, bool is_overridden, const char* name) {
    if (is_closed && !is_overridden) names += (names.empty() ? "" : ", ") + std::string(name);
  };
  add(closed.contract, override.contract, "the contract signed by both");
  add(closed.agreement, override.agreement, "the agreement accepted");
  add(closed.assignment, override.assignment, "the assignment confirmed");
  add(closed.worker_file, override.worker_file, "the worker's file");
  add(closed.client_file, override.client_file, "the client's file");
  return names;
}

/// Monday to Friday; holidays are in no calendar that a decision can see.
Date plus_working_days(Date day, int count) {
  while (count > 0) {
    day = day.plus_days(1);
    if (day.weekday() < Weekday::saturday) --count;
  }
  return day;
}

bool starts_period(PeriodKind kind, Date day, const Calendar& calendar) {
  switch (kind) {
    case PeriodKind::unspecified: return false;
    case PeriodKind::week: return day == day.monday_of_week();
    case PeriodKind::four_weeks: return calendar.starting(day) != nullptr;
    case PeriodKind::month: return day == day.first_of_month();
  }
  return false;
}

std::expected<void, Rejection> check_employment(const States& states, const Placement& placement, EmploymentId hint) {
  if (auto checked = check_open(placement); !checked) return checked;
  if (auto checked = check_hint("employment", hint, placement.employment); !checked) return checked;
  if (const auto& last_day = states.employment(hint).last_day)
    return refuse(RejectionCode::ended, "employment: ended on " + last_day->to_string());
  return {};
}

template <class C>
void needs_employment(const C& command, Needs& out) {
  out.states.push_back(stream_of(command.placement));
  need(command.employment, out);
}

}  // namespace

void needs(const StartPlacement& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.placement));
  need(command.worker, out);
  need(command.client, out);
  need(command.employment, out);
}
void needs(const ExtendPlacement& command, const Facts&, Needs& out) { needs_employment(command, out); }
void needs(const EndPlacement& command, const Facts&, Needs& out) { needs_employment(command, out); }
void needs(const ChangePeriodKind& command, const Facts& facts, Needs& out) {
  needs_employment(command, out);
  out.states.push_back(stream_of(calendar_of(facts.ledger, PeriodKind::four_weeks, command.calendar_year)));
}

Parties parties_of(const States& states, const ExtendPlacement& command, const Facts&) {
  return states.placement(command.placement).parties(command.placement);
}
Parties parties_of(const States& states, const EndPlacement& command, const Facts&) {
  return states.placement(command.placement).parties(command.placement);
}

bool needs_second(const StartPlacement& command) { return any(command.override_); }

Decision decide(const States& states, const StartPlacement& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_employment(states, placement, command.employment); !checked)
    return std::unexpected(std::move(checked).error());
  if (auto checked = check_hint("worker", command.worker, placement.worker); !checked)
    return std::unexpected(std::move(checked).error());
  if (auto checked = check_hint("client", command.client, placement.client); !checked)
    return std::unexpected(std::move(checked).error());
  if (placement.started)
    return refuse(RejectionCode::already_exists, "placement: started on " + placement.started->to_string());
  if (command.first_day < placement.from || (placement.until && *placement.until < command.first_day))
    return refuse(RejectionCode::malformed, "firstDay: lies outside the placement");
  const Worker& worker = states.worker(command.worker);
  if (!worker.may_work_on(command.first_day))
    return refuse(RejectionCode::identity_missing, "worker: identity and right to work are not verified for " +
                                                       command.first_day.to_string() + "; nobody can override this");
  const Gates closed =
      closed_gates(placement, states.employment(command.employment), worker, states.client(command.client));
  if (const std::string missing = still_closed(closed, command.override_); !missing.empty())
    return refuse(RejectionCode::gate_closed, "missing: " + missing + "; two persons can override it with a reason");
  const Parties parties = placement.parties(command.placement);
  Events events;
  if (any(closed)) {
    if (command.reason.empty()) return refuse(RejectionCode::malformed, "reason: is missing");
    events.push_back({stream_of(command.placement),
                      GatesOverridden{closed, plus_working_days(facts.today, kOverrideWorkingDays), command.reason},
                      facts.today, parties});
  }
  events.push_back({stream_of(command.placement), PlacementStarted{command.first_day}, command.first_day, parties});
  return events;
}

Decision decide(const States& states, const ExtendPlacement& command, const Facts&) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_employment(states, placement, command.employment); !checked)
    return std::unexpected(std::move(checked).error());
  if (!placement.until) return refuse(RejectionCode::malformed, "until: the placement has no end to put off");
  if (command.until <= *placement.until)
    return refuse(RejectionCode::malformed, "until: must be after " + placement.until->to_string());
  const Parties parties = placement.parties(command.placement);
  Events events = one(stream_of(command.placement), PlacementExtended{command.until}, command.until, parties);
  events.push_back(
      {stream_of(command.employment), PlacementSpanChanged{command.placement, command.until}, command.until, parties});
  return events;
}

Decision decide(const States& states, const EndPlacement& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_employment(states, placement, command.employment); !checked)
    return std::unexpected(std::move(checked).error());
  if (command.last_day < placement.started.value_or(placement.from))
    return refuse(RejectionCode::malformed, "lastDay: lies before the first");
  if (command.last_day < facts.today.plus_days(-kEndedBackDaysMax))
    return refuse(RejectionCode::malformed, "lastDay: at most 62 days ago");
  if (placement.until && *placement.until < command.last_day)
    return refuse(RejectionCode::malformed,
                  "lastDay: the placement lasts until " + placement.until->to_string() + "; extend it instead");
  const Parties parties = placement.parties(command.placement);
  Events events = one(stream_of(command.placement), PlacementEnded{command.last_day}, command.last_day, parties);
  events.push_back({stream_of(command.employment), PlacementSpanChanged{command.placement, command.last_day},
                    command.last_day, parties});
  return events;
}

Decision decide(const States& states, const ChangePeriodKind& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_employment(states, placement, command.employment); !checked)
    return std::unexpected(std::move(checked).error());
  if (command.from <= facts.today)
    return refuse(RejectionCode::malformed, "from: must be in the future; hours up to today have their sheets");
  const KindFrom& last = placement.kinds.back();
  if (command.from <= last.from)
    return refuse(RejectionCode::malformed, "from: the kind changed on " + last.from.to_string() + " already");
  if (command.kind == last.kind) return refuse(RejectionCode::already_exists, "kind: is the kind already");
  const Calendar& calendar = states.calendar(calendar_of(facts.ledger, PeriodKind::four_weeks, command.calendar_year));
  if (!starts_period(last.kind, command.from, calendar) || !starts_period(command.kind, command.from, calendar))
    return refuse(RejectionCode::not_published, "from: must start a published period of the old kind and of the new");
  const Parties parties = placement.parties(command.placement);
  Events events =
      one(stream_of(command.placement), PeriodKindChanged{command.kind, command.from}, command.from, parties);
  events.push_back({stream_of(command.employment),
                    PlacementLinked{command.placement, command.kind, command.from, placement.until}, command.from,
                    parties});
  return events;
}

}  // namespace placet::domain
