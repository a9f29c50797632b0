#pragma once

#include <optional>
#include <vector>

#include "domain/states.h"

namespace placet::domain {

/// By what right somebody judges the hours of a placement, and who holds the appointment from which it comes.
struct ApprovalRight {
  Right right = Right::unspecified;
  PersonId holder;
};

/// The right that somebody has on that day if he is no machine; his own before a delegated one. A delegated one is that
/// of `holder`, the lender: no better than it would be in the lender's own hands.
std::optional<ApprovalRight> right_on(const Placement& placement, const Person& actor, Date day);

/// The right that the actor has today: as approver, as substitute of one, or by an approver's delegation. The
/// placement's client must have him as a contact in any case, and a machine has no right whatever its roles.
std::expected<ApprovalRight, Rejection> approval_right(const Placement& placement, const Person& actor,
                                                       const Facts& facts);

/// Who may approve on that day, by appointment or as a substitute.
std::vector<PersonId> approvers_in_force(const Placement& placement, Date day);

}  // namespace placet::domain
