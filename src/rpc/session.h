#pragma once

#include <kj/timer.h>

#include "rpc/services.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

/// What a stranger gets: a way to show a token. Lives on the RPC thread, as does all it hands out.
class BootstrapServer final : public schema::Bootstrap::Server {
 public:
  BootstrapServer(Services& services, kj::Timer& timer) : services_(services), timer_(timer) {}

  kj::Promise<void> authenticate(AuthenticateContext context) override;
  kj::Promise<void> redeem(RedeemContext context) override;

 private:
  Services& services_;
  kj::Timer& timer_;
};

class SessionServer final : public schema::Session::Server {
 public:
  SessionServer(Services& services, kj::Timer& timer, access::SignIn sign_in)
      : services_(services), timer_(timer), sign_in_(sign_in) {}

  kj::Promise<void> whoAmI(WhoAmIContext context) override;
  kj::Promise<void> commands(CommandsContext context) override;
  kj::Promise<void> events(EventsContext context) override;
  kj::Promise<void> accounts(AccountsContext context) override;
  kj::Promise<void> queries(QueriesContext context) override;
  kj::Promise<void> operations(OperationsContext context) override;
  kj::Promise<void> proofs(ProofsContext context) override;

 private:
  Services& services_;
  kj::Timer& timer_;
  const access::SignIn sign_in_;
};

}  // namespace placet::rpc
