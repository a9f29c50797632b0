#pragma once

#include <vector>

#include "domain/decision.h"

namespace placet::domain {

struct Grant {
  Role role = Role::unspecified;
  PartyId scope;  // nil for staff, who see the whole ledger
  friend bool operator==(const Grant&, const Grant&) = default;
};

/// Somebody who acts. Rules about persons (nobody approves his own hours) look at persons, never at accounts.
struct Person {
  bool registered = false;
  std::vector<Grant> grants;

  bool has(Role role) const;
};

Person evolve(Person state, const PersonRegistered& event, const Meta& meta);
Person evolve(Person state, const RoleGranted& event, const Meta& meta);

void needs(const RegisterPerson& command, const Facts& facts, Needs& out);
void needs(const GrantRole& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const RegisterPerson& command, const Facts& facts);
Decision decide(const States& states, const GrantRole& command, const Facts& facts);

}  // namespace placet::domain
