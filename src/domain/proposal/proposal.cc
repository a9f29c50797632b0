#include "domain/proposal/proposal.h"

#include <algorithm>

#include "crypto/sha256.h"
#include "domain/authority.h"
#include "domain/decide.h"

namespace placet::domain {

namespace {

constexpr std::int64_t kLifetimeMicros = kProposalDays * kMicrosPerDay;

bool expired(const Proposal& proposal, Timestamp now) {
  return now.micros - proposal.recorded_at.micros > kLifetimeMicros;
}

/// The facts under which the proposed command itself is decided.
Facts inner_facts(const Facts& facts, const Actor& proposer) {
  Facts inner = facts;
  inner.actor = proposer;
  inner.second = facts.actor.person;
  inner.proposed.reset();
  return inner;
}

}  // namespace

Proposals evolve(Proposals state, const ActProposed& event, const Meta& meta) {
  // The dead make room: so a stream never holds more than its limit.
  std::erase_if(state, [&](const Proposal& proposal) { return expired(proposal, meta.recorded_at); });
  state.push_back({meta.position, meta.actor, event.hash, meta.recorded_at});
  return state;
}
Proposals evolve(Proposals state, const ActAgreed& event, const Meta&) {
  std::erase_if(state, [&](const Proposal& proposal) { return proposal.position == event.proposal; });
  return state;
}

bool takes_two_persons(const Command& command) {
  return std::visit(
      [](const auto& act) {
        using C = std::decay_t<decltype(act)>;
        if constexpr (std::is_same_v<C, std::monostate>) {
          return false;
        } else if constexpr (requires { needs_second(act); }) {
          return needs_second(act);
        } else {
          return CommandTraits<C>::kTwoPersons;
        }
      },
      command);
}

void needs(const AgreeToAct& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.category, command.stream));
  out.states.push_back(stream_of(facts.actor.person));
  if (!command.proposer.is_nil()) out.states.push_back(stream_of(command.proposer));
  if (!facts.proposed || std::holds_alternative<AgreeToAct>(*facts.proposed)) return;
  Actor proposer;
  proposer.person = command.proposer;
  const Needs inner = needs_of(*facts.proposed, inner_facts(facts, proposer));
  out.states.insert(out.states.end(), inner.states.begin(), inner.states.end());
  out.conditions.insert(out.conditions.end(), inner.conditions.begin(), inner.conditions.end());
}

Decision decide(const States& states, const AgreeToAct& command, const Facts& facts) {
  const StreamId stream = stream_of(command.category, command.stream);
  const Proposals& pending = states.proposals(stream);
  const auto found = std::find_if(pending.begin(), pending.end(),
                                  [&](const Proposal& proposal) { return proposal.position == command.proposal; });
  if (found == pending.end() || !facts.proposed)
    return refuse(RejectionCode::not_found, "proposal: none waits at this position; it may be agreed to already");
  if (expired(*found, facts.now))
    return refuse(RejectionCode::proposal_expired, "proposal: older than 7 days; propose it again");
  const Actor& proposer = found->proposer;
  if (proposer.person != command.proposer)
    return refuse(RejectionCode::stale, "proposer: is another person; read the proposal again");
  if (states.person(facts.actor.person).is(proposer.person)) return refuse_by_control(RejectionCode::same_person);
  if (found->hash != command.hash)
    return refuse(RejectionCode::moved, "hash: the proposal is not the one that you read; read it again");
  const Facts inner = inner_facts(facts, proposer);
  auto refused = [](const Rejection& why) {
    return refuse(RejectionCode::moved, "the proposed act is refused by now: " + why.message);
  };
  if (auto allowed = check_authority(states, *facts.proposed, inner); !allowed) return refused(allowed.error());
  Decision act = decide(states, *facts.proposed, inner);
  if (!act) return refused(act.error());
  Events events = one(stream, ActAgreed{command.proposal, proposer.person, command.hash}, facts.today);
  append(events, *std::move(act));
  return events;
}

Decision propose(const States& states, const Command& command, const Facts& facts, Bytes act) {
  if (!takes_two_persons(command))
    return refuse(RejectionCode::malformed, "command: takes one person; send it without proposing");
  if (act.size() > kProposedBytesMax)
    return refuse(RejectionCode::too_large, "command: over 60,000 bytes cannot be proposed");
  const StreamId stream = needs_of(command, facts).states.front();
  const Proposals& pending = states.proposals(stream);
  const auto alive = std::count_if(pending.begin(), pending.end(),
                                   [&](const Proposal& proposal) { return !expired(proposal, facts.now); });
  if (static_cast<std::size_t>(alive) >= kProposalsPerStreamMax)
    return refuse(RejectionCode::too_large, "command: 32 proposals wait here already; agree to one first");
  if (Decision dry_run = carry_out(states, command, facts); !dry_run) return dry_run;
  const Digest hash = crypto::sha256(act);
  const auto number = static_cast<std::uint16_t>(command.index());
  return one(stream, ActProposed{number, std::move(act), hash}, facts.today);
}

}  // namespace placet::domain
