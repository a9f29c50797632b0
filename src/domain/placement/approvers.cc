#include <algorithm>

#include "domain/placement/checks.h"
#include "domain/placement/placement.h"

// Who approves: appointed by the client, one may stand in for another, each from a day to a day.

namespace placet::domain {

namespace {

/// The placement is there, the hint is its client, and the actor may bind the client.
template <class C>
std::expected<void, Rejection> check_client(const States& states, const C& command, const Facts& facts,
                                            bool may_act = false) {
  const Placement& placement = states.placement(command.placement);
  if (placement.worker.is_nil()) return no_placement();
  if (auto checked = check_hint("client", command.client, placement.client); !checked) return checked;
  if (!may_act && !may_bind(states.client(command.client), states.person(facts.actor.person), facts))
    return refuse_by_control(RejectionCode::not_a_signatory);
  return {};
}

std::expected<void, Rejection> check_approver(const States& states, ClientId client, PersonId person,
                                              const char* field) {
  if (states.client(client).has(person, ContactKind::approver)) return {};
  return refuse(RejectionCode::not_found,
                std::string(field) + ": is no approver of this client; add the contact first");
}

std::expected<void, Rejection> check_room(const Placement& placement) {
  if (placement.approvers.size() + placement.substitutions.size() < kApproversMax) return {};
  return refuse(RejectionCode::too_large, "placement: 64 appointments and substitutions already");
}

template <class C>
Parties concerned(const States& states, const C& command) {
  return states.placement(command.placement).parties(command.placement);
}

template <class C>
void needs_client(const C& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.placement));
  out.states.push_back(stream_of(facts.actor.person));
  need(command.client, out);
}

}  // namespace

void needs(const AppointApprover& command, const Facts& facts, Needs& out) { needs_client(command, facts, out); }
void needs(const ReplaceApprover& command, const Facts& facts, Needs& out) { needs_client(command, facts, out); }
void needs(const NameSubstitute& command, const Facts& facts, Needs& out) { needs_client(command, facts, out); }
void needs(const EndApprover& command, const Facts& facts, Needs& out) { needs_client(command, facts, out); }

Parties parties_of(const States& states, const AppointApprover& command, const Facts&) {
  return concerned(states, command);
}
Parties parties_of(const States& states, const ReplaceApprover& command, const Facts&) {
  return concerned(states, command);
}
Parties parties_of(const States& states, const EndApprover& command, const Facts&) {
  return concerned(states, command);
}
Parties parties_of(const States& states, const NameSubstitute& command, const Facts&) {
  return concerned(states, command);
}

Decision decide(const States& states, const AppointApprover& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_client(states, command, facts); !checked) return std::unexpected(std::move(checked).error());
  if (auto checked = check_approver(states, command.client, command.person, "person"); !checked)
    return std::unexpected(std::move(checked).error());
  if (auto checked = check_room(placement); !checked) return std::unexpected(std::move(checked).error());
  const Date from = command.from.value_or(facts.today);
  if (command.until && *command.until < from) return refuse(RejectionCode::malformed, "until: lies before `from`");
  if (placement.approver_on(command.person, from))
    return refuse(RejectionCode::already_exists, "person: is an approver on " + from.to_string() + " already");
  return one(stream_of(command.placement), placement.appointment_of(command.person, from, command.until), from,
             concerned(states, command));
}

Decision decide(const States& states, const ReplaceApprover& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_client(states, command, facts); !checked) return std::unexpected(std::move(checked).error());
  if (auto checked = check_approver(states, command.client, command.successor, "successor"); !checked)
    return std::unexpected(std::move(checked).error());
  if (auto checked = check_room(placement); !checked) return std::unexpected(std::move(checked).error());
  const Date from = command.from.value_or(facts.today);
  if (from < facts.today) return refuse(RejectionCode::malformed, "from: lies in the past");
  if (!placement.approver_on(command.person, from))
    return refuse(RejectionCode::not_found, "person: is no approver on " + from.to_string());
  if (placement.approver_on(command.successor, from))
    return refuse(RejectionCode::already_exists, "successor: is an approver on " + from.to_string() + " already");
  const Parties parties = concerned(states, command);
  Events events =
      one(stream_of(command.placement), ApproverEnded{command.person, from.plus_days(-1)}, from.plus_days(-1), parties);
  events.push_back(
      {stream_of(command.placement), placement.appointment_of(command.successor, from, std::nullopt), from, parties});
  return events;
}

Decision decide(const States& states, const EndApprover& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_client(states, command, facts); !checked) return std::unexpected(std::move(checked).error());
  if (command.last_day < facts.today.plus_days(-1))
    return refuse(RejectionCode::malformed, "lastDay: yesterday at the earliest; what is past stays as it was");
  if (!placement.approver_on(command.person, command.last_day.plus_days(1)))
    return refuse(RejectionCode::not_found, "person: is no approver after " + command.last_day.to_string() + " anyway");
  return one(stream_of(command.placement), ApproverEnded{command.person, command.last_day}, command.last_day,
             concerned(states, command));
}

Decision decide(const States& states, const NameSubstitute& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  // An approver names his own substitute; anybody else needs to bind the client.
  const bool himself = states.person(facts.actor.person).is(command.approver);
  if (auto checked = check_client(states, command, facts, himself); !checked)
    return std::unexpected(std::move(checked).error());
  if (auto checked = check_approver(states, command.client, command.substitute, "substitute"); !checked)
    return std::unexpected(std::move(checked).error());
  if (auto checked = check_room(placement); !checked) return std::unexpected(std::move(checked).error());
  const Date from = command.from.value_or(facts.today);
  if (command.until < from) return refuse(RejectionCode::malformed, "until: lies before `from`");
  if (command.substitute == command.approver)
    return refuse(RejectionCode::malformed, "substitute: is the approver himself");
  if (!placement.approver_on(command.approver, from))
    return refuse(RejectionCode::not_found, "approver: is no approver on " + from.to_string());
  return one(stream_of(command.placement), SubstituteNamed{command.approver, command.substitute, from, command.until},
             from, concerned(states, command));
}

}  // namespace placet::domain
