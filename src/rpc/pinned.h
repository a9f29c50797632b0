#pragma once

#include <memory>

#include "rpc/services.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

/// Who may have it.
inline constexpr std::uint16_t kMayPin = 1U << static_cast<unsigned>(domain::Role::auditor);

/// The ledger as it is stored, as of one moment. Lives on the RPC thread.
class PinnedServer final : public schema::PinnedLedger::Server {
 public:
  static constexpr unsigned kPinsMax = 4;

  /// Of now: the log is at least as long as the rows of projections.
  static Result<kj::Own<PinnedServer>> pin(Services& services, access::SignIn sign_in);
  PinnedServer(Services& services, access::SignIn sign_in, std::unique_ptr<store::RowReader> log,
               std::unique_ptr<store::RowReader> views);
  ~PinnedServer();

  kj::Promise<void> rows(RowsContext context) override;

 private:
  Services& services_;
  const access::SignIn sign_in_;
  const std::unique_ptr<store::RowReader> log_;
  const std::unique_ptr<store::RowReader> views_;
};

}  // namespace placet::rpc
