#pragma once

#include "rpc/services.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

/// How the service is, its rows made anew, its back-ups. For staff. Lives on the RPC thread.
class OperationsServer final : public schema::Operations::Server {
 public:
  OperationsServer(Services& services, access::SignIn sign_in) : services_(services), sign_in_(sign_in) {}

  kj::Promise<void> status(StatusContext context) override;
  kj::Promise<void> rebuild(RebuildContext context) override;
  kj::Promise<void> cancelRebuild(CancelRebuildContext context) override;
  kj::Promise<void> moveClock(MoveClockContext context) override;
  kj::Promise<void> backup(BackupContext context) override;

 private:
  Services& services_;
  const access::SignIn sign_in_;
};

/// Why the caller, if he is one, may not have this capability; nothing when he may.
std::optional<domain::Rejection> keeps_out(const Services& services, const access::SignIn& sign_in,
                                           std::uint16_t roles);
inline constexpr std::uint16_t kMaySeeStatus = schema::TO_STAFF;

}  // namespace placet::rpc
