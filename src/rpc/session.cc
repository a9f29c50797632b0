#include "rpc/session.h"

#include <utility>

#include "base/version.h"
#include "rpc/accounts.h"
#include "rpc/commands.h"
#include "rpc/events.h"
#include "rpc/operations.h"
#include "rpc/proofs.h"
#include "rpc/queries.h"
#include "rpc/wire.h"

namespace placet::rpc {

using domain::RejectionCode;

namespace {

constexpr const char* kUnreadable = "the ledger could not read its tokens";

/// Whose token it is, if it counts. A session is of a browser and no use here.
std::optional<access::SignIn> sign_in_with(Services& services, std::string_view token) {
  const auto known = require(services.credentials.look_up(token), kUnreadable);
  return known && known->kind != domain::TokenKind::session && current_caller(services, *known) ? known : std::nullopt;
}

std::string_view view(capnp::Text::Reader text) { return {text.cStr(), text.size()}; }

}  // namespace

kj::Promise<void> BootstrapServer::authenticate(AuthenticateContext context) {
  const auto sign_in = sign_in_with(services_, view(context.getParams().getToken()));
  auto result = context.getResults().initResult();
  if (sign_in) {
    result.setSession(kj::heap<SessionServer>(services_, timer_, *sign_in));
  } else {
    write_refusal(not_signed_in(), result.initRefused());
  }
  return kj::READY_NOW;
}

kj::Promise<void> BootstrapServer::redeem(RedeemContext context) {
  const auto invite = require(services_.credentials.look_up(view(context.getParams().getInvite())), kUnreadable);
  auto result = context.getResults().initResult();
  if (!invite) {
    write_refusal({RejectionCode::not_found, "invite: no such invite; ask an administrator for a new one"},
                  result.initRefused());
    return kj::READY_NOW;
  }
  domain::Actor service;
  service.strength = domain::Strength::system;
  service.channel = domain::Channel::service;
  return issue_token(services_, service, invite->account, domain::TokenKind::personal, result,
                     [&](TokenId token) -> domain::Command {
                       return domain::RedeemInvite{invite->account, invite->token, token};
                     })
      .attach(kj::cp(context));
}

kj::Promise<void> SessionServer::whoAmI(WhoAmIContext context) {
  const auto caller = current_caller(services_, sign_in_);
  auto results = context.getResults();
  write_basis(services_.ledger, services_.log.size(), results.initBasis());
  if (!caller) return kj::READY_NOW;
  codec::write(caller->actor.person, results.initPerson());
  codec::write(caller->actor.account, results.initAccount());
  auto roles = results.initRoles(static_cast<unsigned>(caller->grants.size()));
  for (unsigned i = 0; i < roles.size(); ++i) {
    roles[i].setRole(static_cast<schema::Role>(caller->grants[i].role));
    codec::write(caller->grants[i].scope, roles[i].initScope());
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

kj::Promise<void> SessionServer::queries(QueriesContext context) {
  context.getResults().setQueries(kj::heap<QueriesServer>(services_, timer_, sign_in_));
  return kj::READY_NOW;
}

kj::Promise<void> SessionServer::proofs(ProofsContext context) {
  context.getResults().setProofs(kj::heap<ProofsServer>(services_, timer_, sign_in_));
  return kj::READY_NOW;
}

kj::Promise<void> SessionServer::operations(OperationsContext context) {
  auto result = context.getResults().initResult();
  if (const auto fault = keeps_out(services_, sign_in_, kMaySeeStatus))
    write_refusal(*fault, result.initRefused());
  else
    result.setOperations(kj::heap<OperationsServer>(services_, sign_in_));
  return kj::READY_NOW;
}

}  // namespace placet::rpc
