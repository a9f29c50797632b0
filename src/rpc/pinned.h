#pragma once

#include <memory>

#include "rpc/services.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

/// One of the few that may be held at a time.
class Pin {
 public:
  static constexpr unsigned kMax = 4;
  /// Nothing when all are held.
  static kj::Maybe<kj::Own<Pin>> take(Services& services);
  explicit Pin(Services& services) : services_(services) { ++services_.pins; }
  ~Pin() { --services_.pins; }
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;

 private:
  Services& services_;
};

/// The ledger as it is stored, as of one moment. Lives on the RPC thread.
class PinnedServer final : public schema::PinnedLedger::Server {
 public:
  /// Of now: the log is at least as long as the rows of projections.
  static Result<kj::Own<PinnedServer>> of_now(Services& services, access::SignIn sign_in, kj::Own<Pin> pin);
  PinnedServer(Services& services, access::SignIn sign_in, kj::Own<Pin> pin, std::unique_ptr<store::RowReader> log,
               std::unique_ptr<store::RowReader> views);

  kj::Promise<void> rows(RowsContext context) override;

 private:
  Services& services_;
  const access::SignIn sign_in_;
  const kj::Own<Pin> pin_;
  const std::unique_ptr<store::RowReader> log_;
  const std::unique_ptr<store::RowReader> views_;
};

}  // namespace placet::rpc
