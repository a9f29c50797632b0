#include "rpc/accounts.h"

#include <utility>

#include "rpc/acting.h"
#include "rpc/wire.h"

namespace placet::rpc {

using domain::Rejection;

kj::Promise<void> issue_token(Services& services, const domain::Actor& actor, AccountId account, domain::TokenKind kind,
                              schema::Redeemed::Builder result,
                              const std::function<domain::Command(TokenId)>& command_for) {
  access::NewToken token = require(services.credentials.issue(account, kind), "the ledger could not keep a new token");

  return act(services, actor, command_for(token.id))
      .then([&services, result, issued = std::move(token)](std::optional<Rejection> refused) mutable {
        if (refused) {
          (void)services.credentials.forget(issued.id);
          write_refusal(*refused, result.initRefused());
        } else {
          result.setToken(issued.text);
        }
      });
}

std::optional<domain::Actor> AccountsServer::actor() const {
  auto caller = current_caller(services_, sign_in_);
  if (!caller) return std::nullopt;
  caller->actor.channel = domain::Channel::rpc;
  return caller->actor;
}

kj::Promise<void> AccountsServer::invite(InviteContext context) {
  const auto caller = actor();
  auto result = context.getResults().initResult();
  if (!caller) {
    write_refusal(not_signed_in(), result.initRefused());
    return kj::READY_NOW;
  }
  const AccountId account(codec::read_id(context.getParams().getAccount()));
  return issue_token(services_, *caller, account, domain::TokenKind::unspecified, result,
                     [&](TokenId token) -> domain::Command { return domain::IssueInvite{account, token}; })
      .attach(kj::cp(context));
}

kj::Promise<void> AccountsServer::issueToken(IssueTokenContext context) {
  const auto caller = actor();
  const auto params = context.getParams();
  const auto kind = static_cast<domain::TokenKind>(params.getKind());
  auto result = context.getResults().initResult();
  const bool known =
      kind == domain::TokenKind::personal || kind == domain::TokenKind::delegated || kind == domain::TokenKind::system;
  if (!caller || !known) {
    write_refusal(
        known ? not_signed_in() : Rejection{domain::RejectionCode::malformed, "kind: personal, delegated or system"},
        result.initRefused());
    return kj::READY_NOW;
  }
  const AccountId account(codec::read_id(params.getAccount()));
  const PersonId client_system(codec::read_id(params.getClientSystem()));
  return issue_token(
             services_, *caller, account, kind, result,
             [&](TokenId token) -> domain::Command { return domain::IssueToken{account, kind, client_system, token}; })
      .attach(kj::cp(context));
}

}  // namespace placet::rpc
