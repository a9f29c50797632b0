#include "domain/rejection.h"

namespace placet::domain {

namespace {

/// The message of a control, or nullptr: one line per code that leaves a fact.
const char* control_message(RejectionCode code) {
  switch (code) {
    case RejectionCode::not_allowed:
      return "your roles do not allow this act; ask an administrator for the role that it needs";
    case RejectionCode::same_person:
      return "this takes two persons, and you are the one who proposed it; another person agrees";
    case RejectionCode::own_hours: return "nobody approves his own hours; another approver or a substitute does";
    case RejectionCode::entered_by_you:
      return "nobody approves hours that he entered; another approver or a substitute does";
    case RejectionCode::machine_cannot_approve:
      return "a machine approves nothing; pass the person's own delegated token";
    case RejectionCode::not_an_approver:
      return "you are neither approver nor substitute of this placement today; ask for an appointment";
    case RejectionCode::not_a_signatory: return "you are no signatory of this client; ask one of them to sign";
    case RejectionCode::account_changed_by_you:
      return "who changed a payee's bank account releases no payment to it for 7 days; two other persons do";
    case RejectionCode::own_money: return "nobody decides on money for himself; two other persons do";
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
