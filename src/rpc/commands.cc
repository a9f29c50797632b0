#include "rpc/commands.h"

#include <capnp/message.h>

#include <utility>

#include "base/log.h"
#include "rpc/wire.h"
#include "schema/plain_codec.h"

namespace placet::rpc {

using domain::Rejection;
using domain::RejectionCode;
using engine::Outcome;

namespace {

constexpr unsigned kSubmissionsMax = 4'096;

/// Commands that make a secret, which only an answer of their own can carry.
bool is_of_the_accounts(schema::Command::Reader command) {
  return command.isIssueInvite() || command.isRedeemInvite() || command.isIssueToken();
}

Outcome overloaded() {
  return Rejection{RejectionCode::overloaded, "the inbox is full; try again with the same command id"};
}

void write_outcome(const Outcome& outcome, schema::Outcome::Builder to) {
  if (const auto* accepted = std::get_if<engine::Accepted>(&outcome)) {
    auto out = to.initAccepted();
    out.setFirst(accepted->first.value);
    out.setCount(accepted->count);
    out.setRepeated(accepted->repeated);
  } else {
    write_refusal(std::get<Rejection>(outcome), to.initRefused());
  }
}

}  // namespace

/// Of the canonical bytes. Those of a usual command are made in the room of the call; `canonicalize` takes memory
/// anew for each, and reads what it wrote once more.
Digest CommandsServer::request_hash(schema::Submission::Reader from, Call& call) {
  const auto hash_of = [&](kj::ArrayPtr<const kj::byte> bytes) {
    call.bytes += bytes.size();
    return services_.vault.request_hash({reinterpret_cast<const char*>(bytes.begin()), bytes.size()});
  };
  capnp::MallocMessageBuilder message(kj::arrayPtr(call.room.data(), call.room.size()));
  message.initRoot<capnp::AnyPointer>().setCanonicalAs<schema::Submission>(from);
  const auto segments = message.getSegmentsForOutput();
  if (segments.size() == 1) return hash_of(segments[0].asBytes());
  const auto words = capnp::canonicalize(from);  // outlives its bytes
  return hash_of(words.asBytes());
}

std::expected<engine::Submission, Rejection> CommandsServer::prepare(schema::Submission::Reader from, Call& call) {
  engine::Submission submission;
  submission.id = CommandId(codec::read_id(from.getId()));
  if (submission.id.is_nil())
    return domain::refuse(RejectionCode::malformed, "id: a command needs an id of its own; take a new UUID");
  submission.actor = call.actor;
  if (from.getExpectedVersion() >= 0)
    submission.expected =
        StreamVersion{static_cast<std::uint32_t>(std::min<std::int64_t>(from.getExpectedVersion(), UINT32_MAX))};
  submission.intent = from.getPropose() ? engine::Intent::propose : engine::Intent::act;
  if (is_of_the_accounts(from.getCommand()))
    return domain::refuse(RejectionCode::malformed,
                          "command: invites and tokens are handed out by Session.accounts, not submitted");
  submission.request_hash = request_hash(from, call);
  if (from.getCommand().which() == schema::Command::UNSPECIFIED)
    return domain::refuse(RejectionCode::malformed, "command: is missing");
  codec::Issues issues;
  codec::read(from.getCommand(), submission.command, issues);
  if (!issues.empty()) return domain::refuse(RejectionCode::malformed, issues.text());
  if (std::holds_alternative<domain::ImportHours>(submission.command))
    submission.actor.channel = domain::Channel::import_;
  auto prepared = access::prepare_for(submission.actor.person, submission.command, submission.id, call.hints,
                                      {services_.vault, services_.zone, services_.ledger, call.today});
  if (!prepared) return std::unexpected(std::move(prepared).error());
  submission.proposed = std::move(*prepared);
  return submission;
}

kj::Promise<void> CommandsServer::submit(SubmitContext context) {
  const auto list = context.getParams().getSubmissions();
  auto caller = current_caller(services_, sign_in_);

  // Outcomes known here stand in `outcomes`; the places of the others are in `places`.
  std::vector<Outcome> outcomes(list.size());
  std::vector<unsigned> places;
  auto request = std::make_unique<engine::Request>();
  if (!caller) {
    for (Outcome& outcome : outcomes) outcome = not_signed_in();
  } else if (list.size() > kSubmissionsMax) {
    for (Outcome& outcome : outcomes)
      outcome = Rejection{RejectionCode::too_large, "submissions: at most 4,096 in one call"};
  } else {
    Call call{caller->actor, services_.zone.local_day(services_.clock.now()),
              access::Hints(services_.log, services_.streams, services_.ledger)};
    const domain::Strength strength = call.actor.strength;
    const bool by_system = strength == domain::Strength::delegated || strength == domain::Strength::machine;
    call.actor.channel = by_system ? domain::Channel::system : domain::Channel::rpc;
    places.reserve(list.size());
    request->submissions.reserve(list.size());
    for (unsigned i = 0; i < list.size(); ++i) {
      auto submission = prepare(list[i], call);
      if (submission) {
        places.push_back(i);
        request->submissions.push_back(std::move(*submission));
      } else {
        outcomes[i] = std::move(submission).error();
      }
    }
    request->bytes = call.bytes;
  }
  context.releaseParams();

  if (places.empty()) {
    write_results(outcomes, services_.log.size(), context);
    return kj::READY_NOW;
  }
  return services_.engine->submit(std::move(request))
      .then([this, context, outcomes = std::move(outcomes),
             places = std::move(places)](std::optional<EnginePort::Answer> answer) mutable {
        for (std::size_t i = 0; i < places.size(); ++i)
          outcomes[places[i]] = answer ? std::move(answer->outcomes[i]) : overloaded();
        write_results(outcomes, answer ? answer->size : services_.log.size(), context);
      });
}

void CommandsServer::write_results(std::span<const Outcome> outcomes, LogSize size, SubmitContext& context) {
  auto results = context.getResults(capnp::MessageSize{32 + outcomes.size() * 6, 0});
  auto out = results.initOutcomes(static_cast<unsigned>(outcomes.size()));
  for (unsigned i = 0; i < outcomes.size(); ++i) write_outcome(outcomes[i], out[i]);
  write_basis(services_.ledger, size, results.initBasis());
}

}  // namespace placet::rpc
