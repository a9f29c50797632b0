#include "rpc/session.h"

#include <kj/debug.h>

#include <utility>

#include "base/version.h"
#include "rpc/commands.h"
#include "rpc/events.h"
#include "rpc/wire.h"

namespace placet::rpc {

using domain::Rejection;
using domain::RejectionCode;

namespace {

Result<std::optional<access::SignIn>> sign_in_with(Services& services, std::string_view token) {
  PLACET_ASSIGN(const auto known, services.credentials.look_up(token));
  if (!known) return std::nullopt;
  const access::SignIn sign_in{known->account, known->token};
  PLACET_ASSIGN(const auto caller, access::caller_of(services.streams, sign_in, services.clock.now()));
  if (!caller) return std::nullopt;
  return sign_in;
}

std::string_view view(capnp::Text::Reader text) { return {text.cStr(), text.size()}; }

}  // namespace

kj::Promise<void> BootstrapServer::authenticate(AuthenticateContext context) {
  const auto sign_in = sign_in_with(services_, view(context.getParams().getToken()));
  KJ_REQUIRE(sign_in.has_value(), "the ledger could not read its tokens", sign_in.error().message.c_str());
  auto result = context.getResults().initResult();
  if (*sign_in) {
    result.setSession(kj::heap<SessionServer>(services_, timer_, **sign_in));
  } else {
    write_refusal(not_signed_in(), result.initRefused());
  }
  return kj::READY_NOW;
}

/// The new token's hash is kept before the log says that the token exists, so that a crash between leaves a hash that
/// nothing refers to, never a token that cannot be used.
kj::Promise<void> BootstrapServer::redeem(RedeemContext context) {
  const auto invite = services_.credentials.look_up(view(context.getParams().getInvite()));
  KJ_REQUIRE(invite.has_value(), "the ledger could not read its tokens", invite.error().message.c_str());
  if (!*invite) {
    write_refusal({RejectionCode::not_found, "invite: no such invite; ask an administrator for a new one"},
                  context.getResults().initResult().initRefused());
    return kj::READY_NOW;
  }
  auto token = services_.credentials.issue((*invite)->account, domain::TokenKind::personal);
  KJ_REQUIRE(token.has_value(), "the ledger could not keep a new token", token.error().message.c_str());

  auto request = std::make_unique<engine::Request>();
  engine::Submission& submission = request->submissions.emplace_back();
  submission.id = CommandId(new_uuid(services_.random, services_.clock.now()));
  submission.actor.strength = domain::Strength::system;
  submission.actor.channel = domain::Channel::service;
  submission.command = domain::RedeemInvite{(*invite)->account, (*invite)->token, token->id};
  auto answer = kj::newPromiseAndCrossThreadFulfiller<engine::Outcome>();
  request->answer = [fulfiller = kj::mv(answer.fulfiller)](std::vector<engine::Outcome> outcomes, LogSize) mutable {
    fulfiller->fulfill(std::move(outcomes.front()));
  };
  KJ_REQUIRE(services_.inbox.offer(request), "the inbox is full; try again");
  return answer.promise.then([this, context, issued = std::move(*token)](engine::Outcome outcome) mutable {
    auto result = context.getResults().initResult();
    if (const auto* refused = std::get_if<Rejection>(&outcome)) {
      (void)services_.credentials.forget(issued.id);
      write_refusal(*refused, result.initRefused());
    } else {
      result.setToken(issued.text);
    }
  });
}

kj::Promise<void> SessionServer::whoAmI(WhoAmIContext context) {
  const auto caller = access::caller_of(services_.streams, sign_in_, services_.clock.now());
  KJ_REQUIRE(caller.has_value(), "the ledger could not read who is calling", caller.error().message.c_str());
  auto results = context.getResults();
  write_basis(services_.ledger, services_.log.size(), results.initBasis());
  if (!*caller) return kj::READY_NOW;
  write_id((*caller)->actor.person.value, results.initPerson());
  write_id((*caller)->actor.account.value, results.initAccount());
  auto roles = results.initRoles(static_cast<unsigned>((*caller)->grants.size()));
  for (unsigned i = 0; i < roles.size(); ++i) {
    roles[i].setRole(static_cast<schema::Role>((*caller)->grants[i].role));
    write_id((*caller)->grants[i].scope.value, roles[i].initScope());
  }
  results.setOrigin(services_.origin);
  results.setZone(services_.zone.name());
  results.setVersion(kVersion.data());
  return kj::READY_NOW;
}

kj::Promise<void> SessionServer::commands(CommandsContext context) {
  context.getResults().setCommands(kj::heap<CommandsServer>(services_, sign_in_));
  return kj::READY_NOW;
}

kj::Promise<void> SessionServer::events(EventsContext context) {
  context.getResults().setEvents(kj::heap<EventsServer>(services_, timer_, sign_in_));
  return kj::READY_NOW;
}

}  // namespace placet::rpc
