#pragma once

// Small things between plain values and ledger.capnp, shared by the capabilities.

#include "base/id.h"
#include "domain/rejection.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

inline void write_id(const Uuid& from, schema::Id::Builder to) {
  to.setHi(from.hi);
  to.setLo(from.lo);
}
inline Uuid read_id(schema::Id::Reader from) { return {from.getHi(), from.getLo()}; }

inline void write_refusal(const domain::Rejection& from, schema::Refusal::Builder to) {
  to.setCode(static_cast<schema::RejectionCode>(from.code));
  to.setMessage(from.message);
}

inline void write_basis(LedgerId ledger, LogSize size, schema::Basis::Builder to) {
  write_id(ledger.value, to.initLedger());
  to.setSize(size.value);
}

/// The answer to whoever may not (any longer) do what he asks; one wording, so that it tells nothing.
inline domain::Rejection not_signed_in() {
  return {domain::RejectionCode::not_found, "token: unknown, ended or expired; ask an administrator for an invite"};
}

}  // namespace placet::rpc
