#pragma once

// What the capabilities share: small things between plain values and ledger.capnp, and who is calling.

#include <kj/debug.h>

#include <type_traits>
#include <utility>

#include "base/id.h"
#include "codec/ids.h"
#include "domain/rejection.h"
#include "rpc/services.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

inline void write_refusal(const domain::Rejection& from, schema::Refusal::Builder to) {
  to.setCode(static_cast<schema::RejectionCode>(from.code));
  to.setMessage(from.message);
}

inline void write_basis(LedgerId ledger, LogSize size, schema::Basis::Builder to) {
  codec::write(ledger, to.initLedger());
  to.setSize(size.value);
}

inline void write_stopped(const readside::Stopped& from, schema::StoppedProjection::Builder to) {
  to.setProjection(from.projection);
  to.setPosition(from.position.value);
  to.setWhy(from.why);
}

/// The answer to whoever may not (any longer) do what he asks; one wording, so that it tells nothing.
inline domain::Rejection not_signed_in() {
  return {domain::RejectionCode::not_found, "token: unknown, ended or expired; ask an administrator for an invite"};
}

/// The value; or the call ends without an answer, because something of ours has failed. `what`: for the caller.
template <class T>
T require(Result<T> result, const char* what) {
  KJ_REQUIRE(result.has_value(), what, result.error().message.c_str());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Who calls, as of now; nothing when his token does not count any longer.
inline std::optional<access::Caller> current_caller(const Services& services, const access::SignIn& sign_in) {
  return require(access::caller_of(services.streams, sign_in, services.clock.now()),
                 "the ledger could not read who is calling");
}

}  // namespace placet::rpc
