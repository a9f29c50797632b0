#pragma once

#include <expected>
#include <string>
#include <utility>

#include "schema/plain.h"

namespace placet::domain {

/// A command that is not carried out. `message` says what is wrong, where, and what to do; a machine reads `code`.
struct Rejection {
  RejectionCode code = RejectionCode::unspecified;
  std::string message;
  friend bool operator==(const Rejection&, const Rejection&) = default;
};

inline std::unexpected<Rejection> refuse(RejectionCode code, std::string message) {
  return std::unexpected(Rejection{code, std::move(message)});
}

/// A refusal by a control is itself a fact, on control/<person>. Its message depends on the code alone, so that a retry
/// gets the first answer.
bool is_control(RejectionCode code);
Rejection control_rejection(RejectionCode code);
inline std::unexpected<Rejection> refuse_by_control(RejectionCode code) {
  return std::unexpected(control_rejection(code));
}

}  // namespace placet::domain
