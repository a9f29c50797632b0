#include "rpc/session.h"

#include <kj/debug.h>

#include <utility>

#include "base/version.h"
#include "rpc/accounts.h"
#include "rpc/commands.h"
#include "rpc/events.h"
#include "rpc/wire.h"

namespace placet::rpc {

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

kj::Promise<void> BootstrapServer::redeem(RedeemContext context) {
  const auto invite = services_.credentials.look_up(view(context.getParams().getInvite()));
  KJ_REQUIRE(invite.has_value(), "the ledger could not read its tokens", invite.error().message.c_str());
  auto result = context.getResults().initResult();
  if (!*invite) {
    write_refusal({RejectionCode::not_found, "invite: no such invite; ask an administrator for a new one"},
                  result.initRefused());
    return kj::READY_NOW;
  }
  domain::Actor service;
  service.strength = domain::Strength::system;
  service.channel = domain::Channel::service;
  return issue_token(services_, service, (*invite)->account, domain::TokenKind::personal, result,
                     [&](TokenId token) -> domain::Command {
                       return domain::RedeemInvite{(*invite)->account, (*invite)->token, token};
                     })
      .attach(kj::cp(context));
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

kj::Promise<void> SessionServer::accounts(AccountsContext context) {
  context.getResults().setAccounts(kj::heap<AccountsServer>(services_, sign_in_));
  return kj::READY_NOW;
}

}  // namespace placet::rpc
