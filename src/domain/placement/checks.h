#pragma once

#include "domain/states.h"

namespace placet::domain {

inline std::unexpected<Rejection> no_placement() {
  return refuse(RejectionCode::not_found, "placement: no such placement; propose it first");
}

/// The placement exists and was not ended.
inline std::expected<void, Rejection> check_open(const Placement& placement) {
  if (placement.worker.is_nil()) return no_placement();
  if (placement.ended) return refuse(RejectionCode::ended, "placement: ended on " + placement.until->to_string());
  return {};
}

/// A hint names the thing that the placement is about.
template <class Id>
std::expected<void, Rejection> check_hint(const char* field, Id hint, Id actual) {
  if (hint.is_nil()) return refuse(RejectionCode::stale, std::string(field) + ": the hint is missing");
  if (hint != actual)
    return refuse(RejectionCode::stale, std::string(field) + ": the placement is with another one; read it again");
  return {};
}

/// Names the stream of a hint, if it is there.
template <class Id>
void need(Id hint, Needs& out) {
  if (!hint.is_nil()) out.states.push_back(stream_of(hint));
}

}  // namespace placet::domain
