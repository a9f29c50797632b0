#include "domain/employment/employment.h"

#include <algorithm>

#include "domain/states.h"

namespace placet::domain {

namespace {

Employment with_new_text(Employment state, const Digest& text, const ContractTerms& terms) {
  state.text = text;
  state.terms = terms;
  state.sent = state.signed_by_worker = state.signed_by_employer = false;
  return state;
}

Parties parties(const Employment& employment) { return {PartyId(employment.worker.value)}; }

std::expected<void, Rejection> check_running(const Employment& employment) {
  if (employment.worker.is_nil())
    return refuse(RejectionCode::not_found, "employment: no contract was drawn up under this id");
  if (employment.last_day)
    return refuse(RejectionCode::ended, "employment: ended on " + employment.last_day->to_string());
  return {};
}

std::expected<void, Rejection> check_terms(const ContractTerms& terms) {
  if (terms.until && *terms.until < terms.from)
    return refuse(RejectionCode::malformed, "terms.until: lies before `terms.from`");
  const std::int64_t minutes = terms.minutes_per_week.count();
  if (minutes < 0 || minutes > 7 * 1'440)
    return refuse(RejectionCode::malformed, "terms.minutesPerWeek: must be 0 to 10,080");
  if ((terms.hours == ContractHours::fixed) != (minutes > 0))
    return refuse(RejectionCode::malformed, "terms.minutesPerWeek: above 0 with fixed hours, 0 on call");
  return {};
}

}  // namespace

PeriodKind kind_on(const std::vector<KindFrom>& kinds, Date day) {
  PeriodKind kind = PeriodKind::unspecified;
  for (const KindFrom& segment : kinds) {
    if (segment.from <= day) kind = segment.kind;
  }
  return kind;
}

PeriodKind LinkedPlacement::kind_on(Date day) const {
  return until && *until < day ? PeriodKind::unspecified : domain::kind_on(kinds, day);
}

const LinkedPlacement* Employment::find(PlacementId id) const {
  const auto found = std::find_if(placements.begin(), placements.end(),
                                  [&](const LinkedPlacement& linked) { return linked.id == id; });
  return found == placements.end() ? nullptr : &*found;
}

Employment evolve(Employment state, const ContractDrawnUp& event, const Meta&) {
  state.worker = event.worker;
  // The first, or the next after an end.
  state.announced_end.reset();
  state.last_day.reset();
  state.person = event.person;
  return with_new_text(std::move(state), event.text_hash, event.terms);
}
Employment evolve(Employment state, const ContractSent&, const Meta&) {
  state.sent = true;
  return state;
}
Employment evolve(Employment state, const ContractSigned& event, const Meta&) {
  (event.party == ContractParty::worker ? state.signed_by_worker : state.signed_by_employer) = true;
  return state;
}
Employment evolve(Employment state, const ContractAmended& event, const Meta&) {
  return with_new_text(std::move(state), event.text_hash, event.terms);
}
Employment evolve(Employment state, const ContractRenewed& event, const Meta&) {
  return with_new_text(std::move(state), event.text_hash, event.terms);
}
Employment evolve(Employment state, const EmploymentEndAnnounced& event, const Meta&) {
  state.announced_end = event.last_day;
  return state;
}
Employment evolve(Employment state, const EmploymentEnded& event, const Meta&) {
  state.last_day = event.last_day;
  return state;
}
Employment evolve(Employment state, const PlacementLinked& event, const Meta&) {
  const KindFrom segment{event.from, event.kind};
  for (LinkedPlacement& linked : state.placements) {
    if (linked.id != event.placement) continue;
    linked.kinds.push_back(segment);
    linked.until = event.until;
    return state;
  }
  state.placements.push_back({event.placement, {segment}, event.until});
  return state;
}
Employment evolve(Employment state, const PlacementSpanChanged& event, const Meta&) {
  for (LinkedPlacement& linked : state.placements) {
    if (linked.id == event.placement) linked.until = event.until;
  }
  return state;
}

void needs(const DrawUpContract& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.employment));
  out.states.push_back(stream_of(command.worker));
  out.states.push_back(stream_of(employment_of(facts.ledger, command.worker)));
}
void needs(const SendContract& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.employment));
}
void needs(const SignContract& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.employment));
  out.states.push_back(stream_of(facts.actor.person));
}
void needs(const AmendContract& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.employment));
}
void needs(const RenewContract& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.employment));
}
void needs(const AnnounceEmploymentEnd& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.employment));
}
void needs(const EndEmployment& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.employment));
}

Parties parties_of(const States& states, const SignContract& command, const Facts&) {
  return parties(states.employment(command.employment));
}
Parties parties_of(const States& states, const AnnounceEmploymentEnd& command, const Facts&) {
  return parties(states.employment(command.employment));
}

Decision decide(const States& states, const DrawUpContract& command, const Facts& facts) {
  const Employment& before = states.employment(command.employment);
  if (!before.worker.is_nil() && (!before.last_day || before.worker != command.worker))
    return refuse(RejectionCode::already_exists, "employment: this id is in use already; amend or renew the contract");
  const Worker& worker = states.worker(command.worker);
  if (worker.person.is_nil()) return refuse(RejectionCode::not_found, "worker: no such worker; register him first");
  const ReservationId only = employment_of(facts.ledger, command.worker);
  const Uuid known = states.reservation(only).owner;
  if (!known.is_nil() && known != command.employment.value)
    return refuse(RejectionCode::already_exists, "employment: the worker has employment " + known.to_string() +
                                                     "; draw up his next contract there once it has ended");
  if (auto checked = check_terms(command.terms); !checked) return std::unexpected(std::move(checked).error());
  if (before.last_day && command.terms.from <= *before.last_day)
    return refuse(RejectionCode::malformed, "terms.from: the last contract runs until " + before.last_day->to_string());
  const Parties worker_alone = {PartyId(command.worker.value)};
  Events events = one(stream_of(command.employment),
                      ContractDrawnUp{command.worker, worker.person, command.text_hash, command.terms},
                      command.terms.from, worker_alone);
  if (known.is_nil())
    events.push_back(
        {stream_of(only), Reserved{ReservationKind::employment_of_worker, command.employment.value}, facts.today, {}});
  return events;
}

Decision decide(const States& states, const SendContract& command, const Facts& facts) {
  const Employment& employment = states.employment(command.employment);
  if (auto checked = check_running(employment); !checked) return std::unexpected(std::move(checked).error());
  return one(stream_of(command.employment), ContractSent{employment.text}, facts.today, parties(employment));
}

Decision decide(const States& states, const SignContract& command, const Facts& facts) {
  const Employment& employment = states.employment(command.employment);
  if (auto checked = check_running(employment); !checked) return std::unexpected(std::move(checked).error());
  if (!employment.sent) return refuse(RejectionCode::not_ready, "employment: the contract was not sent yet");
  if (command.text_hash != employment.text)
    return refuse(RejectionCode::moved, "textHash: the contract has another text by now; read it again");
  const Person& signer = states.person(facts.actor.person);
  const bool is_worker = signer.is(employment.person);
  if ((command.party == ContractParty::worker) != is_worker) return refuse_by_control(RejectionCode::not_allowed);
  if (command.party == ContractParty::employer && !signer.has(Role::back_office, facts.today))
    return refuse_by_control(RejectionCode::not_allowed);
  const bool done =
      command.party == ContractParty::worker ? employment.signed_by_worker : employment.signed_by_employer;
  if (done) return refuse(RejectionCode::already_exists, "party: has signed this text already");
  return one(stream_of(command.employment), ContractSigned{command.party, command.text_hash}, facts.today,
             parties(employment));
}

Decision decide(const States& states, const AmendContract& command, const Facts&) {
  const Employment& employment = states.employment(command.employment);
  if (auto checked = check_running(employment); !checked) return std::unexpected(std::move(checked).error());
  if (auto checked = check_terms(command.terms); !checked) return std::unexpected(std::move(checked).error());
  return one(stream_of(command.employment), ContractAmended{command.text_hash, command.terms}, command.terms.from,
             parties(employment));
}

Decision decide(const States& states, const RenewContract& command, const Facts&) {
  const Employment& employment = states.employment(command.employment);
  if (auto checked = check_running(employment); !checked) return std::unexpected(std::move(checked).error());
  if (auto checked = check_terms(command.terms); !checked) return std::unexpected(std::move(checked).error());
  if (!employment.terms.until)
    return refuse(RejectionCode::malformed, "employment: the contract is indefinite; amend it instead");
  if (command.terms.from <= *employment.terms.until)
    return refuse(RejectionCode::malformed,
                  "terms.from: the running contract lasts until " + employment.terms.until->to_string());
  return one(stream_of(command.employment), ContractRenewed{command.text_hash, command.terms}, command.terms.from,
             parties(employment));
}

Decision decide(const States& states, const AnnounceEmploymentEnd& command, const Facts& facts) {
  const Employment& employment = states.employment(command.employment);
  if (auto checked = check_running(employment); !checked) return std::unexpected(std::move(checked).error());
  if (command.last_day < facts.today) return refuse(RejectionCode::malformed, "lastDay: lies in the past");
  return one(stream_of(command.employment), EmploymentEndAnnounced{command.last_day}, command.last_day,
             parties(employment));
}

Decision decide(const States& states, const EndEmployment& command, const Facts&) {
  const Employment& employment = states.employment(command.employment);
  if (auto checked = check_running(employment); !checked) return std::unexpected(std::move(checked).error());
  if (command.last_day < employment.terms.from)
    return refuse(RejectionCode::malformed, "lastDay: lies before the contract");
  for (const LinkedPlacement& linked : employment.placements) {
    if (!linked.until || command.last_day < *linked.until)
      return refuse(RejectionCode::not_ready,
                    "lastDay: placement " + linked.id.to_string() + " runs longer; end it first");
  }
  return one(stream_of(command.employment), EmploymentEnded{command.last_day}, command.last_day, parties(employment));
}

}  // namespace placet::domain
