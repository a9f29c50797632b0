#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/log.h"
#include "codec/command.h"
#include "domain/authority.h"
#include "domain/decide.h"
#include "domain/proposal/proposal.h"
#include "engine/engine.h"
#include "merkle/hash.h"

namespace placet::engine {

using domain::Rejection;
using domain::RejectionCode;

namespace {

std::uint16_t audience_of(const domain::Event& event) {
  return std::visit(
      []<class E>(const E&) -> std::uint16_t {
        if constexpr (requires { domain::EventTraits<E>::kAudience; }) return domain::EventTraits<E>::kAudience;
        return 0;
      },
      event);
}

Rejection bug(const std::string& what) {
  log::error("a command was refused as a bug: {}", what);
  return {RejectionCode::bug,
          "a check of ours failed while deciding; nothing was changed, and the operator's log says more"};
}

}  // namespace

void Engine::Staged::clear() {
  bytes.clear();
  records.clear();
  states.clear();
}

/// Decides a request's commands in order, or as far as their states are warm: then it goes to the loader, and the rest
/// is decided in a later group. `first_command`: where they stand among those looked up.
void Engine::decide_all(std::unique_ptr<Request> request, std::size_t first_command) {
  adopt(*request);
  look_up_states(*request);
  while (request->outcomes.size() < request->submissions.size()) {
    const std::size_t next = request->outcomes.size();
    auto outcome = decide(request->submissions[next], first_command + next);
    if (!outcome) {
      request->cold = cold_states(first_command + next, first_command + request->submissions.size());
      around_.inbox.parked();
      loader_.load(std::move(request));
      return;
    }
    request->outcomes.push_back(std::move(*outcome));
  }
  decided_.answered.push_back(std::move(request));
}

domain::Facts Engine::facts_for(const Submission& submission) {
  domain::Facts facts;
  facts.now = now_ ? *now_ : clock_.untrusted_now();
  facts.today = today_;
  facts.actor = submission.actor;
  facts.proposed = submission.proposed;
  if (const auto* system = std::get_if<domain::System>(&system_.state)) facts.ledger = system->ledger;
  return facts;
}

std::optional<Rejection> Engine::refused_before(const Submission& submission) const {
  if (!now_ && !std::holds_alternative<domain::AcceptClock>(submission.command))
    return Rejection{RejectionCode::clock_jumped,
                     "the machine's clock was set; an administrator must look at it and accept it (acceptClock)"};
  if (disk_is_low_ && submission.actor.strength != domain::Strength::system)
    return Rejection{RejectionCode::disk_low,
                     "free disk space is below the mark; reading goes on, writing waits for the operator"};
  return std::nullopt;
}

std::optional<Rejection> Engine::check_versions(std::size_t command, const Submission& submission) {
  if (submission.expected) {
    const std::uint32_t events = states_read_by(command).front().state->events;
    if (events != submission.expected->value)
      return Rejection{RejectionCode::version_moved, "expectedVersion: the stream has " + std::to_string(events) +
                                                         " events, not " + std::to_string(submission.expected->value) +
                                                         "; read it again"};
  }
  for (const domain::Condition& condition : conditions_of(command)) {
    if (events_of(condition.stream) != condition.events)
      return Rejection{RejectionCode::stale, "what this command relied on has changed; read again and retry"};
  }
  return std::nullopt;
}

std::optional<Outcome> Engine::decide(Submission& submission, std::size_t command) {
  if (auto refused = refused_before(submission)) return *refused;
  auto first = commands_.first_answer(command, submission.request_hash);
  if (!first) return bug(first.error().message);
  if (*first) return *std::move(*first);

  const domain::Facts facts = facts_for(submission);
  auto* accepting = std::get_if<domain::AcceptClock>(&submission.command);
  if (accepting != nullptr) accepting->now = facts.now;

  if (looked_up_.commands.at(command).too_large)
    return Rejection{RejectionCode::too_large,
                     "the command touches more than 64 streams or 4,096 conditions; split it"};
  if (states_read_by(command).empty())
    return Rejection{RejectionCode::malformed, "command: unknown or unspecified kind"};
  if (is_cold(command)) return std::nullopt;

  Outcome outcome = carry_out(command, submission, warm_states(command), facts);
  if (accepting != nullptr && std::holds_alternative<Accepted>(outcome)) {
    clock_.accept();
    now_ = facts.now;
  }
  return outcome;
}

/// Authority, decide and evolve run on copies behind a barrier: a bug in them refuses this command and no other.
Outcome Engine::carry_out(std::size_t command, const Submission& submission, const domain::States& states,
                          const domain::Facts& facts) {
  staged_.clear();
  try {
    const BugBarrier barrier;
    const auto allowed = domain::check_authority(states, submission.command, facts);
    const auto decision = [&]() -> domain::Decision {
      if (!allowed) return std::unexpected(allowed.error());
      // After authority: how many events a stream has is known to those who may write it.
      if (auto moved = check_versions(command, submission)) return std::unexpected(*std::move(moved));
      if (submission.intent == Intent::act) return domain::decide(states, submission.command, facts);
      return domain::propose(states, submission.command, facts, codec::write_command(submission.command));
    }();
    if (!decision) {
      const Rejection& rejection = decision.error();
      if (!domain::is_control(rejection.code) || submission.actor.person.is_nil()) return rejection;
      const auto fact = domain::record_refusal(states.control(submission.actor.person), rejection.code,
                                               submission.command, states_read_by(command).front().stream, facts);
      if (auto staged = stage(fact, submission, states, facts); !staged) return staged.error();
      publish_staged(commands_.key(command), submission, rejection.code);
      return rejection;
    }
    if (auto staged = stage(*decision, submission, states, facts); !staged) return staged.error();
  } catch (const BugFound& found) {
    return bug(found.what());
  } catch (const std::exception& unexpected) {
    return bug(unexpected.what());
  }
  return publish_staged(commands_.key(command), submission, RejectionCode::unspecified);
}

/// A copy for the command's events. That decide writes to streams only that needs named is checked by `states`.
domain::StreamState& Engine::staged_state(const StreamId& stream, const domain::States& states) {
  for (Request::Loaded& staged : staged_.states) {
    if (staged.stream == stream) return staged.state;
  }
  return staged_.states.emplace_back(stream, states.stream(stream)).state;
}

/// Encodes and folds a command's events without touching the group, the tree or the cache.
std::expected<void, Rejection> Engine::stage(const domain::Events& events, const Submission& submission,
                                             const domain::States& states, const domain::Facts& facts) {
  if (events.size() > domain::kEventsPerCommandMax)
    return domain::refuse(RejectionCode::too_large, "the command would write more than 4,096 events; split it");
  const auto* founded = std::get_if<domain::System>(&system_.state);
  domain::Meta meta;
  meta.recorded_at = facts.now;
  meta.actor = submission.actor;
  meta.command = submission.id;
  // Boxes of an agreed act are bound to the command that proposed it: its record says which.
  if (const auto* agreed = std::get_if<domain::AgreeToAct>(&submission.command)) meta.cause = agreed->proposal;
  meta.count = static_cast<std::uint16_t>(events.size());
  for (const domain::NewEvent& event : events) {
    domain::StreamState& state = staged_state(event.stream, states);
    meta.position = {tree_.size().value + staged_.records.size()};
    meta.stream = event.stream;
    meta.version = {state.events};
    meta.index = static_cast<std::uint16_t>(staged_.records.size());
    meta.effective_on = event.effective_on;
    meta.audience = audience_of(event.event);
    meta.producer = founded != nullptr && founded->producer ? *founded->producer : meta.position;
    if (std::holds_alternative<domain::SystemStarted>(event.event)) meta.producer = meta.position;
    meta.parties = event.parties;
    meta.request_hash = meta.index == 0 ? std::optional(submission.request_hash) : std::nullopt;
    const auto record = writer_.write(meta, event.event);
    if (!record) return domain::refuse(RejectionCode::too_large, record.error().message);
    staged_.bytes.append(*record);
    staged_.records.push_back({meta.stream, meta.version, record->size()});
    if (staged_.bytes.size() > domain::kBytesPerCommandMax)
      return domain::refuse(RejectionCode::too_large, "the command would write more than 1 MiB; split it");
    domain::fold(state, event.event, meta);
  }
  return {};
}

/// From here on the command has happened, for every command behind it; its answer waits for the sync.
Accepted Engine::publish_staged(const store::CommandKey& key, const Submission& submission, RejectionCode refusal) {
  const Accepted accepted{{tree_.size().value}, static_cast<std::uint32_t>(staged_.records.size())};
  if (accepted.count == 0) return accepted;
  BytesView rest = staged_.bytes;
  for (const Staged::Record& record : staged_.records) {
    const BytesView bytes = rest.substr(0, record.bytes);
    rest.remove_prefix(record.bytes);
    decided_.group.add_record(record.stream, record.version, bytes);
    tree_.append(merkle::leaf_hash(bytes));
  }
  const store::CommandRow row{accepted.first, accepted.count};
  decided_.group.add_command(key, row);
  commands_.add(key, row, submission.request_hash, refusal);
  for (Request::Loaded& staged : staged_.states) states_.put(staged.stream, std::move(staged.state));
  return accepted;
}

}  // namespace placet::engine
