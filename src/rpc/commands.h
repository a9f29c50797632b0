#pragma once

#include <array>
#include <span>

#include "rpc/services.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

/// The way of a command from the wire to the engine's inbox, and of its outcome back. Lives on the RPC thread.
class CommandsServer final : public schema::Commands::Server {
 public:
  CommandsServer(Services& services, access::SignIn sign_in) : services_(services), sign_in_(sign_in) {}

  kj::Promise<void> submit(SubmitContext context) override;

 private:
  /// What the commands of one call have in common.
  struct Call {
    domain::Actor actor;
    Date today;
    access::Hints hints;
    std::size_t bytes = 0;                   // of its commands, canonical
    std::array<capnp::word, 512> room = {};  // zeroes, for the canonical bytes of one
  };
  /// The command as the engine wants it, or why it never gets there.
  std::expected<engine::Submission, domain::Rejection> prepare(schema::Submission::Reader from, Call& call);
  Digest request_hash(schema::Submission::Reader from, Call& call);
  void write_results(std::span<const engine::Outcome> outcomes, LogSize size, SubmitContext& context);

  Services& services_;
  const access::SignIn sign_in_;
};

}  // namespace placet::rpc
