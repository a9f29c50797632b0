#pragma once

#include <optional>
#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// A role, for whom, and from which to which local day. Also one that somebody else has and lends.
struct Grant {
  Role role = Role::unspecified;
  PartyId scope;  // nil for staff, who see the whole ledger
  Date from;
  std::optional<Date> until;  // last day
  PersonId giver;             // nil: his own; else who delegated it to him

  bool in_force(Date day) const { return from <= day && (!until || day <= *until); }
  friend bool operator==(const Grant&, const Grant&) = default;
};

/// Somebody whom this person lets act for him.
struct Delegation {
  PersonId to;
  Role role = Role::unspecified;
  PartyId scope;
  Date until;
};

/// Somebody who acts. Rules about persons (nobody approves his own hours) look at persons, never at accounts, and at
/// all persons who turned out to be the same human being.
///
/// Invariants, each with a property test of the same name:
///   JoinedBothWays        if a.is(b) then b.is(a), and whoever is one with a is one with b.
///   DelegationEndsWithRole nobody acts for a person in a role that this person does not have.
struct Person {
  bool registered = false;
  bool verified = false;
  std::vector<PersonId> same_as;  // sorted, himself included
  std::vector<Grant> grants;
  std::vector<Delegation> delegations;  // that he gave

  /// The same human being as `other`.
  bool is(PersonId other) const;
  /// Has the role in force on that day, himself or by delegation.
  bool has(Role role, Date day) const;
  bool sees_the_whole_ledger(Date day) const;
  const Grant* find_own(Role role, PartyId scope) const;
};

inline constexpr std::size_t kPersonsJoinedMax = 32;
inline constexpr std::size_t kGrantsPerPersonMax = 256;
inline constexpr std::size_t kDelegationsMax = 32;

/// Sees the whole ledger.
constexpr bool is_staff(Role role) {
  return role == Role::back_office || role == Role::compliance || role == Role::auditor || role == Role::administrator;
}

Person evolve(Person state, const PersonRegistered& event, const Meta& meta);
Person evolve(Person state, const PersonVerified& event, const Meta& meta);
Person evolve(Person state, const PersonsJoined& event, const Meta& meta);
Person evolve(Person state, const RoleGranted& event, const Meta& meta);
Person evolve(Person state, const RoleRevoked& event, const Meta& meta);
Person evolve(Person state, const RoleDelegated& event, const Meta& meta);
Person evolve(Person state, const DelegationReceived& event, const Meta& meta);
Person evolve(Person state, const DelegationEnded& event, const Meta& meta);

void needs(const RegisterPerson& command, const Facts& facts, Needs& out);
void needs(const VerifyPerson& command, const Facts& facts, Needs& out);
void needs(const JoinPersons& command, const Facts& facts, Needs& out);
void needs(const GrantRole& command, const Facts& facts, Needs& out);
void needs(const RevokeRole& command, const Facts& facts, Needs& out);
void needs(const DelegateRole& command, const Facts& facts, Needs& out);
void needs(const EndDelegation& command, const Facts& facts, Needs& out);

Parties parties_of(const States& states, const DelegateRole& command, const Facts& facts);
Parties parties_of(const States& states, const EndDelegation& command, const Facts& facts);

/// A role that sees the whole ledger takes two persons; one over a single worker, client or agency does not.
bool needs_second(const GrantRole& command);

Decision decide(const States& states, const RegisterPerson& command, const Facts& facts);
Decision decide(const States& states, const VerifyPerson& command, const Facts& facts);
Decision decide(const States& states, const JoinPersons& command, const Facts& facts);
Decision decide(const States& states, const GrantRole& command, const Facts& facts);
Decision decide(const States& states, const RevokeRole& command, const Facts& facts);
Decision decide(const States& states, const DelegateRole& command, const Facts& facts);
Decision decide(const States& states, const EndDelegation& command, const Facts& facts);

}  // namespace placet::domain
