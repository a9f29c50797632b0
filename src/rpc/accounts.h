#pragma once

#include <functional>

#include "rpc/services.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

/// Makes a token, has the command that puts it into the log decided, and answers its text. The token's hash is kept
/// before the log says that the token exists, so that a crash between leaves a hash that nothing refers to, never a
/// token that cannot be used. `result` must live as long as the promise.
kj::Promise<void> issue_token(Services& services, const domain::Actor& actor, AccountId account, domain::TokenKind kind,
                              schema::Redeemed::Builder result,
                              const std::function<domain::Command(TokenId)>& command_for);

/// Invites and tokens, for whoever may hand them out. Lives on the RPC thread.
class AccountsServer final : public schema::Accounts::Server {
 public:
  AccountsServer(Services& services, access::SignIn sign_in) : services_(services), sign_in_(sign_in) {}

  kj::Promise<void> invite(InviteContext context) override;
  kj::Promise<void> issueToken(IssueTokenContext context) override;

 private:
  std::optional<domain::Actor> actor() const;

  Services& services_;
  const access::SignIn sign_in_;
};

}  // namespace placet::rpc
