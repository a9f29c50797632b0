#include "rpc/proofs.h"

#include <fmt/format.h>

#include <utility>

#include "codec/fields.h"
#include "codec/record.h"
#include "domain/authority.h"
#include "merkle/proof_file.h"
#include "rpc/acting.h"
#include "rpc/pinned.h"
#include "rpc/wire.h"
#include "store/log_tree.h"

namespace placet::rpc {

using domain::RejectionCode;

namespace {

constexpr const char* kUnreadable = "the ledger could not read its log";
constexpr const char* kUnsigned = "the ledger could not sign a checkpoint";
constexpr auto kLook = 20 * kj::MILLISECONDS;

domain::Rejection beyond_the_end(const char* what, LogSize size) {
  return {RejectionCode::not_found, fmt::format("{}: the ledger has {} records", what, size.value)};
}

}  // namespace

kj::Promise<store::Checkpoint> ProofsServer::note_over(LogSize size) {
  auto note = require(services_.notary.over(size), kUnsigned);
  if (note) return std::move(*note);
  return timer_.afterDelay(kLook).then([this, size] { return note_over(size); });
}

kj::Promise<void> ProofsServer::checkpoint(CheckpointContext context) {
  const LogSize size = services_.log.size(), asked{context.getParams().getAtLeast()};
  const auto refuse = [&](const domain::Rejection& rejection) -> kj::Promise<void> {
    write_refusal(rejection, context.getResults().initResult().initRefused());
    return kj::READY_NOW;
  };
  if (!current_caller(services_, sign_in_)) return refuse(not_signed_in());
  if (asked > size) return refuse(beyond_the_end("atLeast", size));
  return note_over(asked.value == 0 ? size : asked).then([this, context](const store::Checkpoint& checkpoint) mutable {
    auto written = context.getResults().initResult().initSigned();
    written.setNote(checkpoint.note);
    written.setKey(services_.notary.identity().key.to_string());
  });
}

/// `not_found` also for a record that the caller may not see.
Result<Bytes> ProofsServer::visible_record(LogPosition position, const access::Caller& caller) const {
  PLACET_ASSIGN(Bytes record, services_.log.record(position));
  PLACET_ASSIGN(const auto meta, codec::read_meta(record));
  const Date today = services_.zone.local_day(services_.clock.now());
  if (!domain::may(caller.grants, meta.parties, meta.audience, today))
    return fail(ErrorCode::not_found, "not yours to see");
  return record;
}

kj::Promise<void> ProofsServer::prove(ProveContext context) {
  const LogPosition position{context.getParams().getPosition()};
  const auto refuse = [&](const domain::Rejection& rejection) -> kj::Promise<void> {
    write_refusal(rejection, context.getResults().initResult().initRefused());
    return kj::READY_NOW;
  };
  const auto caller = current_caller(services_, sign_in_);
  if (!caller) return refuse(not_signed_in());
  auto record = visible_record(position, *caller);
  if (!record && record.error().code == ErrorCode::not_found)
    return refuse({RejectionCode::not_found, "position: no such record, or not yours to see"});
  return note_over({position.value + 1})
      .then([this, context, position,
             record = require(std::move(record), kUnreadable)](const store::Checkpoint& checkpoint) mutable {
        const std::string proof = require(proof_of(position, checkpoint), kUnreadable);
        auto proven = context.getResults().initResult().initProven();
        proven.setRecord(codec::bytes_of<capnp::Data>(record));
        proven.setProof(proof);
      });
}

kj::Promise<void> ProofsServer::consistency(ConsistencyContext context) {
  const LogSize old_size{context.getParams().getOldSize()}, size{context.getParams().getSize()};
  const LogSize end = services_.log.size(), wanted = size.value == 0 ? end : size;
  const auto refuse = [&](const domain::Rejection& rejection) -> kj::Promise<void> {
    write_refusal(rejection, context.getResults().initResult().initRefused());
    return kj::READY_NOW;
  };
  if (!current_caller(services_, sign_in_)) return refuse(not_signed_in());
  if (wanted > end) return refuse(beyond_the_end("size", end));
  if (old_size > wanted)
    return refuse({RejectionCode::malformed, "oldSize: must not be above size; a log does not shrink"});
  if (size.value == 0)
    return note_over(wanted).then([this, context, old_size](const store::Checkpoint& checkpoint) mutable {
      answer(context, old_size, checkpoint);
    });
  const auto kept = require(services_.log.next_checkpoint(size), kUnreadable);
  if (!kept || kept->size != size)
    return refuse({RejectionCode::not_found,
                   fmt::format("size: no checkpoint over {} records was signed; {}", size.value,
                               kept ? fmt::format("the next one is over {}", kept->size.value) : "0: over all")});
  answer(context, old_size, *kept);
  return kj::READY_NOW;
}

/// First the fact, which the engine refuses to whoever may not; then what it is about.
kj::Promise<void> ProofsServer::pin(PinContext context) {
  const auto refuse = [](PinContext& to, const domain::Rejection& rejection) {
    write_refusal(rejection, to.getResults().initResult().initRefused());
  };
  auto caller = current_caller(services_, sign_in_);
  if (!caller) {
    refuse(context, not_signed_in());
    return kj::READY_NOW;
  }
  KJ_IF_MAYBE (pin, Pin::take(services_)) {
    caller->actor.channel = domain::Channel::rpc;
    return act(services_, caller->actor, domain::ReadWholeLedger{})
        .then([this, context, refuse, pin = kj::mv(*pin)](std::optional<domain::Rejection> refused) mutable {
          if (refused) return refuse(context, *refused);
          auto pinned = PinnedServer::of_now(services_, sign_in_, kj::mv(pin));
          context.getResults().initResult().setPinned(require(std::move(pinned), kUnreadable));
        });
  }
  refuse(context, {RejectionCode::overloaded, "4 others hold the ledger as of a moment; try again later"});
  return kj::READY_NOW;
}

void ProofsServer::answer(ConsistencyContext& context, LogSize old_size, const store::Checkpoint& checkpoint) {
  context.getResults().initResult().setProof(require(growth_from(old_size, checkpoint), kUnreadable));
}

Result<const merkle::Tree*> ProofsServer::tree_of(LogSize size) {
  if (!tree_ || tree_->size() != size) {
    PLACET_ASSIGN(tree_, store::tree_of(services_.log, size));
  }
  return &*tree_;
}

Result<std::string> ProofsServer::proof_of(LogPosition position, const store::Checkpoint& checkpoint) {
  PLACET_ASSIGN(const merkle::Tree* tree, tree_of(checkpoint.size));
  return store::proof_file(services_.log, *tree, position, checkpoint.note);
}

Result<std::string> ProofsServer::growth_from(LogSize old_size, const store::Checkpoint& checkpoint) {
  PLACET_ASSIGN(const merkle::Tree* tree, tree_of(checkpoint.size));
  PLACET_ASSIGN(merkle::Proof hashes,
                merkle::consistency_proof(old_size, checkpoint.size, store::hashes_of(services_.log, *tree)));
  return merkle::GrowthFile{old_size, std::move(hashes), checkpoint.note}.to_string();
}

}  // namespace placet::rpc
