#include "domain/person/person.h"

#include <algorithm>

#include "domain/states.h"

namespace placet::domain {

namespace {

template <class Id>
PartyId party(Id id) {
  return PartyId(id.value);
}

std::unexpected<Rejection> no_person() {
  return refuse(RejectionCode::not_found, "person: no such person; register it first");
}

bool same_right(const Grant& grant, Role role, PartyId scope) { return grant.role == role && grant.scope == scope; }

void end_delegations(Person& state, PersonId giver, PersonId to, Role role, PartyId scope) {
  std::erase_if(state.grants, [&](const Grant& grant) {
    return same_right(grant, role, scope) && !grant.giver.is_nil() && grant.giver == giver;
  });
  std::erase_if(state.delegations, [&](const Delegation& delegation) {
    return delegation.to == to && delegation.role == role && delegation.scope == scope;
  });
}

}  // namespace

bool Person::is(PersonId other) const { return std::binary_search(same_as.begin(), same_as.end(), other); }

bool Person::has(Role role, Date day) const {
  return std::any_of(grants.begin(), grants.end(),
                     [&](const Grant& grant) { return grant.role == role && grant.in_force(day); });
}

bool Person::sees_the_whole_ledger(Date day) const {
  return std::ranges::any_of(grants, [&](const Grant& grant) { return is_staff(grant.role) && grant.in_force(day); });
}

const Grant* Person::find_own(Role role, PartyId scope) const {
  const auto found = std::find_if(grants.begin(), grants.end(), [&](const Grant& grant) {
    return grant.giver.is_nil() && same_right(grant, role, scope);
  });
  return found == grants.end() ? nullptr : &*found;
}

Person evolve(Person state, const PersonRegistered&, const Meta& meta) {
  state.registered = true;
  state.same_as = {PersonId(meta.stream.id)};
  return state;
}
Person evolve(Person state, const PersonVerified&, const Meta&) {
  state.verified = true;
  return state;
}
Person evolve(Person state, const PersonsJoined& event, const Meta&) {
  state.same_as = event.persons;
  std::sort(state.same_as.begin(), state.same_as.end());
  return state;
}
Person evolve(Person state, const RoleGranted& event, const Meta&) {
  // A grant again replaces the one before: its days may differ.
  std::erase_if(state.grants,
                [&](const Grant& grant) { return grant.giver.is_nil() && same_right(grant, event.role, event.scope); });
  state.grants.push_back({event.role, event.scope, event.from, event.until, {}});
  return state;
}
Person evolve(Person state, const RoleRevoked& event, const Meta&) {
  std::erase_if(state.grants,
                [&](const Grant& grant) { return grant.giver.is_nil() && same_right(grant, event.role, event.scope); });
  return state;
}
Person evolve(Person state, const RoleDelegated& event, const Meta&) {
  state.delegations.push_back({event.to, event.role, event.scope, event.until});
  return state;
}
Person evolve(Person state, const DelegationReceived& event, const Meta&) {
  state.grants.push_back({event.role, event.scope, event.from, event.until, event.giver});
  return state;
}
Person evolve(Person state, const DelegationEnded& event, const Meta&) {
  end_delegations(state, event.giver, event.to, event.role, event.scope);
  return state;
}

void needs(const RegisterPerson& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.person)); }
void needs(const VerifyPerson& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.person)); }
void needs(const JoinPersons& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.person));
  out.states.push_back(stream_of(command.other));
  for (const PersonId member : command.members) out.states.push_back(stream_of(member));
}
void needs(const GrantRole& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.person));
  out.states.push_back(stream_of(facts.actor.person));
  if (!facts.second.is_nil()) out.states.push_back(stream_of(facts.second));
}
void needs(const RevokeRole& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.person));
  for (const PersonId to : command.delegates) out.states.push_back(stream_of(to));
}
void needs(const DelegateRole& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(facts.actor.person));
  out.states.push_back(stream_of(command.to));
}
void needs(const EndDelegation& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.giver));
  out.states.push_back(stream_of(command.to));
}

Parties parties_of(const States&, const DelegateRole&, const Facts& facts) { return {party(facts.actor.person)}; }
Parties parties_of(const States&, const EndDelegation& command, const Facts&) { return {party(command.giver)}; }

bool needs_second(const GrantRole& command) { return is_staff(command.role); }

Decision decide(const States& states, const RegisterPerson& command, const Facts& facts) {
  if (states.person(command.person).registered)
    return refuse(RejectionCode::already_exists, "person: this id is registered already");
  return one(stream_of(command.person), PersonRegistered{command.name}, facts.today);
}

Decision decide(const States& states, const VerifyPerson& command, const Facts& facts) {
  const Person& person = states.person(command.person);
  if (!person.registered) return no_person();
  if (person.verified) return refuse(RejectionCode::already_exists, "person: verified already");
  return one(stream_of(command.person), PersonVerified{command.how}, facts.today);
}

Decision decide(const States& states, const JoinPersons& command, const Facts& facts) {
  const Person& person = states.person(command.person);
  const Person& other = states.person(command.other);
  if (!person.registered || !other.registered) return no_person();
  if (person.is(command.other)) return refuse(RejectionCode::already_exists, "other: the two are one already");
  std::vector<PersonId> all;
  std::set_union(person.same_as.begin(), person.same_as.end(), other.same_as.begin(), other.same_as.end(),
                 std::back_inserter(all));
  if (all.size() > kPersonsJoinedMax)
    return refuse(RejectionCode::too_large, "other: more than 32 persons would be one; look for a mistake");
  Events events;
  for (const PersonId member : all) {
    const bool named = member == command.person || member == command.other ||
                       std::find(command.members.begin(), command.members.end(), member) != command.members.end();
    if (!named) return refuse(RejectionCode::stale, "members: leaves out " + member.to_string() + "; read again");
    events.push_back({stream_of(member), PersonsJoined{all}, facts.today, {}});
  }
  return events;
}

Decision decide(const States& states, const GrantRole& command, const Facts& facts) {
  const Person& person = states.person(command.person);
  if (!person.registered) return no_person();
  const bool staff = is_staff(command.role);
  if (staff != command.scope.is_nil())
    return refuse(RejectionCode::malformed, staff ? "scope: staff see the whole ledger; leave it out"
                                                  : "scope: say whose rows, by the id of a worker, client or agency");
  const auto administers = [&](PersonId id) { return states.person(id).has(Role::administrator, facts.today); };
  if (staff && facts.actor.strength != Strength::system &&
      (!administers(facts.actor.person) || (!facts.second.is_nil() && !administers(facts.second))))
    return refuse_by_control(RejectionCode::not_allowed);
  const Date from = command.from.value_or(facts.today);
  if (command.until && *command.until < from) return refuse(RejectionCode::malformed, "until: lies before `from`");
  if (person.grants.size() >= kGrantsPerPersonMax)
    return refuse(RejectionCode::too_large, "role: this person has 256 roles; revoke one first");
  const Grant* before = person.find_own(command.role, command.scope);
  if (before != nullptr && (!before->until || facts.today <= *before->until))
    return refuse(RejectionCode::already_exists,
                  "role: this person has it already; revoke it first to change its days");
  return one(stream_of(command.person), RoleGranted{command.role, command.scope, from, command.until}, from);
}

Decision decide(const States& states, const RevokeRole& command, const Facts& facts) {
  const Person& person = states.person(command.person);
  if (person.find_own(command.role, command.scope) == nullptr)
    return refuse(RejectionCode::not_found, "role: this person does not have it");
  Events events = one(stream_of(command.person), RoleRevoked{command.role, command.scope}, facts.today);
  for (const Delegation& given : person.delegations) {
    if (given.role != command.role || given.scope != command.scope) continue;
    if (std::find(command.delegates.begin(), command.delegates.end(), given.to) == command.delegates.end())
      return refuse(RejectionCode::stale, "delegates: leaves out " + given.to.to_string() + "; read again");
    const DelegationEnded ended{command.person, given.to, command.role, command.scope};
    events.push_back({stream_of(command.person), ended, facts.today, {}});
    events.push_back({stream_of(given.to), ended, facts.today, {}});
  }
  return events;
}

Decision decide(const States& states, const DelegateRole& command, const Facts& facts) {
  const PersonId giver_id = facts.actor.person;
  const Person& giver = states.person(giver_id);
  // First: who has nothing to delegate learns nothing about others.
  const Grant* own = giver.find_own(command.role, command.scope);
  if (own == nullptr) return refuse(RejectionCode::not_found, "role: you do not have it yourself");
  if (!states.person(command.to).registered)
    return refuse(RejectionCode::not_found, "to: no such person; register it first");
  if (giver.is(command.to)) return refuse(RejectionCode::malformed, "to: is yourself");
  if (command.role != Role::client_contact && command.role != Role::agency)
    return refuse(RejectionCode::malformed, "role: only a client contact or an agency can delegate");
  const Date from = command.from.value_or(facts.today);
  if (from < facts.today) return refuse(RejectionCode::malformed, "from: lies in the past");
  if (command.until < from) return refuse(RejectionCode::malformed, "until: lies before `from`");
  if (!own->in_force(from) || !own->in_force(command.until))
    return refuse(RejectionCode::not_found, "role: you do not have it yourself on all of those days");
  if (giver.delegations.size() >= kDelegationsMax)
    return refuse(RejectionCode::too_large, "to: you gave 32 delegations; end one first");
  const bool given = std::any_of(giver.delegations.begin(), giver.delegations.end(), [&](const Delegation& delegation) {
    return delegation.to == command.to && delegation.role == command.role && delegation.scope == command.scope;
  });
  if (given) return refuse(RejectionCode::already_exists, "to: acts for you already; end that delegation first");
  Events events =
      one(stream_of(giver_id), RoleDelegated{command.to, command.role, command.scope, from, command.until}, from);
  events.push_back({stream_of(command.to),
                    DelegationReceived{giver_id, command.role, command.scope, from, command.until},
                    from,
                    {}});
  return events;
}

Decision decide(const States& states, const EndDelegation& command, const Facts& facts) {
  const Person& giver = states.person(command.giver);
  const bool given = std::any_of(giver.delegations.begin(), giver.delegations.end(), [&](const Delegation& delegation) {
    return delegation.to == command.to && delegation.role == command.role && delegation.scope == command.scope;
  });
  if (!given) return refuse(RejectionCode::not_found, "to: no such delegation");
  const DelegationEnded ended{command.giver, command.to, command.role, command.scope};
  Events events = one(stream_of(command.giver), ended, facts.today);
  events.push_back({stream_of(command.to), ended, facts.today, {}});
  return events;
}

}  // namespace placet::domain
