#include "domain/person/person.h"

#include <algorithm>

#include "domain/states.h"

namespace placet::domain {

bool Person::has(Role role) const {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) { return grant.role == role; });
}

Person evolve(Person state, const PersonRegistered&, const Meta&) {
  state.registered = true;
  return state;
}
Person evolve(Person state, const RoleGranted& event, const Meta&) {
  state.grants.push_back({event.role, event.scope});
  return state;
}

void needs(const RegisterPerson& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.person)); }
void needs(const GrantRole& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.person)); }

Decision decide(const States& states, const RegisterPerson& command, const Facts& facts) {
  if (states.person(command.person).registered)
    return refuse(RejectionCode::already_exists, "person: this id is registered already");
  return one(stream_of(command.person), PersonRegistered{command.name}, facts.today);
}

Decision decide(const States& states, const GrantRole& command, const Facts& facts) {
  const Person& person = states.person(command.person);
  if (!person.registered) return refuse(RejectionCode::not_found, "person: no such person; register it first");
  const bool staff = command.role == Role::back_office || command.role == Role::compliance ||
                     command.role == Role::auditor || command.role == Role::administrator;
  if (staff != command.scope.is_nil())
    return refuse(RejectionCode::malformed, staff ? "scope: staff see the whole ledger; leave it out"
                                                  : "scope: say whose rows, by the id of a worker, client or agency");
  const Grant grant{command.role, command.scope};
  if (std::find(person.grants.begin(), person.grants.end(), grant) != person.grants.end())
    return refuse(RejectionCode::already_exists, "role: this person has it already");
  return one(stream_of(command.person), RoleGranted{command.role, command.scope}, facts.today);
}

}  // namespace placet::domain
