#pragma once

#include <kj/timer.h>

#include <optional>

#include "merkle/tree.h"
#include "rpc/services.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

/// Checkpoints, and proofs under them. Lives on the RPC thread.
class ProofsServer final : public schema::Proofs::Server {
 public:
  ProofsServer(Services& services, kj::Timer& timer, access::SignIn sign_in)
      : services_(services), timer_(timer), sign_in_(sign_in) {}

  kj::Promise<void> checkpoint(CheckpointContext context) override;
  kj::Promise<void> prove(ProveContext context) override;
  kj::Promise<void> consistency(ConsistencyContext context) override;
  kj::Promise<void> pin(PinContext context) override;

 private:
  kj::Promise<store::Checkpoint> note_over(LogSize size);
  Result<Bytes> visible_record(LogPosition position, const access::Caller& caller) const;
  Result<const merkle::Tree*> tree_of(LogSize size);
  Result<std::string> proof_of(LogPosition position, const store::Checkpoint& checkpoint);
  void answer(ConsistencyContext& context, LogSize old_size, const store::Checkpoint& checkpoint);
  Result<std::string> growth_from(LogSize old_size, const store::Checkpoint& checkpoint);

  Services& services_;
  kj::Timer& timer_;
  const access::SignIn sign_in_;
  std::optional<merkle::Tree> tree_;  // of the checkpoint that was asked about last
};

}  // namespace placet::rpc
