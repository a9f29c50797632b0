#include "domain/authority.h"

namespace placet::domain {

std::expected<void, Rejection> check_authority(const States& states, const Command&, const Facts& facts) {
  if (facts.actor.strength == Strength::system) return {};
  const Person& person = states.person(facts.actor.person);
  if (person.has(Role::administrator) || person.has(Role::back_office)) return {};
  return refuse_by_control(RejectionCode::not_allowed);
}

}  // namespace placet::domain
