#include "domain/rejection.h"

namespace placet::domain {

namespace {

/// The message of a control, or nullptr: one line per code that leaves a fact.
const char* control_message(RejectionCode code) {
  switch (code) {
    case RejectionCode::not_allowed:
      return "your roles do not allow this act; ask an administrator for the role that it needs";
    default: return nullptr;
  }
}

}  // namespace

bool is_control(RejectionCode code) { return control_message(code) != nullptr; }

Rejection control_rejection(RejectionCode code) {
  const char* message = control_message(code);
  return {code, message != nullptr ? message : "refused"};
}

}  // namespace placet::domain
