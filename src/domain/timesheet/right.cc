#include "domain/timesheet/right.h"

#include <algorithm>

namespace placet::domain {

namespace {

bool is_machine(const Facts& facts, const Person& actor) {
  switch (facts.actor.strength) {
    case Strength::unspecified:
    case Strength::system:
    case Strength::machine: return true;
    case Strength::token:
    case Strength::delegated:
    case Strength::password:
    case Strength::totp:
    case Strength::mail_link: break;
  }
  // A client system that was given a token of its own, not the delegated one of a person.
  return actor.has(Role::client_system, facts.today) && !actor.has(Role::client_contact, facts.today);
}

std::optional<ApprovalRight> own_right(const Placement& placement, const Person& actor, Date today) {
  for (const Appointment& held : placement.approvers) {
    if (held.in_force(today) && actor.is(held.person)) return ApprovalRight{Right::appointment, held.person};
  }
  for (const Substitution& named : placement.substitutions) {
    if (named.in_force(today) && actor.is(named.substitute) && placement.approver_on(named.approver, today))
      return ApprovalRight{Right::substitution, named.approver};
  }
  return std::nullopt;
}

}  // namespace

std::optional<ApprovalRight> right_on(const Placement& placement, const Person& actor, Date day) {
  const PartyId client(placement.client.value);
  std::optional<ApprovalRight> delegated;
  for (const Grant& grant : actor.grants) {
    if (grant.role != Role::client_contact || grant.scope != client || !grant.in_force(day)) continue;
    if (!grant.giver.is_nil()) {
      if (placement.approver_on(grant.giver, day)) delegated = ApprovalRight{Right::delegation, grant.giver};
    } else if (const auto own = own_right(placement, actor, day)) {
      return own;
    }
  }
  return delegated;
}

std::expected<ApprovalRight, Rejection> approval_right(const Placement& placement, const Person& actor,
                                                       const Facts& facts) {
  if (is_machine(facts, actor)) return refuse_by_control(RejectionCode::machine_cannot_approve);
  if (const auto right = right_on(placement, actor, facts.today)) return *right;
  return refuse_by_control(RejectionCode::not_an_approver);
}

std::vector<PersonId> approvers_in_force(const Placement& placement, Date day) {
  std::vector<PersonId> all;
  const auto add = [&](PersonId person) {
    if (std::find(all.begin(), all.end(), person) == all.end()) all.push_back(person);
  };
  for (const Appointment& held : placement.approvers) {
    if (held.in_force(day)) add(held.person);
  }
  for (const Substitution& named : placement.substitutions) {
    if (named.in_force(day) && placement.approver_on(named.approver, day)) add(named.substitute);
  }
  return all;
}

}  // namespace placet::domain
