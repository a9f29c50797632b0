#include <gtest/gtest.h>

#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

constexpr PartyId kClientScope(kClient.value);

GrantRole grant(PersonId person, Role role, PartyId scope = {}) { return {person, role, scope, {}, {}}; }

DelegateRole delegate_to(PersonId to) { return {to, Role::client_contact, kClientScope, {}, kToday.plus_days(14)}; }

TEST(RegisterPerson, IsRefusedWhenTheIdIsInUse) {
  people().when(RegisterPerson{kStranger, sealed("x")}, as(kOffice)).then_refused(RejectionCode::already_exists);
}

TEST(VerifyPerson, HappensOnce) {
  people()
      .done(VerifyPerson{kStranger, VerificationMethod::video}, as(kOffice))
      .when(VerifyPerson{kStranger, VerificationMethod::video}, as(kOffice))
      .then_refused(RejectionCode::already_exists);
}

TEST(GrantRole, OverOneClientTakesOnePerson) {
  people()
      .when(grant(kStranger, Role::client_contact, kClientScope), as(kOffice))
      .then({RoleGranted{Role::client_contact, kClientScope, kToday, {}}});
}

TEST(GrantRole, ThatSeesTheWholeLedgerTakesTwoAdministrators) {
  const Command command = grant(kStranger, Role::compliance);
  people().when(command, as(kAdministrator)).then_refused(RejectionCode::needs_second_person, "propose it");
  people().proposed(command, as(kOffice)).then_refused(RejectionCode::not_allowed);
  people()
      .proposed(command, as(kAdministrator))
      .agreed_by(as(kOffice))
      .then_refused(RejectionCode::moved, "ask an administrator");
  people().done_by_two(command, as(kAdministrator), as(kSecondAdministrator));
}

TEST(GrantRole, OfStaffHasNoScopeAndEveryOtherRoleHasOne) {
  people().when(grant(kStranger, Role::worker), as(kOffice)).then_refused(RejectionCode::malformed, "whose rows");
  people()
      .proposed(grant(kStranger, Role::auditor, kClientScope), as(kAdministrator))
      .then_refused(RejectionCode::malformed, "leave it out");
}

TEST(GrantRole, IsRefusedWhileThePersonHasTheRole) {
  people()
      .when(grant(kApprover, Role::client_contact, kClientScope), as(kOffice))
      .then_refused(RejectionCode::already_exists);
}

TEST(Grant, IsInForceFromItsFirstToItsLastDay) {
  Story story = people();
  GrantRole command = grant(kStranger, Role::client_contact, kClientScope);
  command.from = kToday.plus_days(1);
  command.until = kToday.plus_days(2);
  story.done(command, as(kOffice));
  const auto& stranger = story.state_of<Person>(stream_of(kStranger));
  EXPECT_FALSE(stranger.has(Role::client_contact, kToday));
  EXPECT_TRUE(stranger.has(Role::client_contact, kToday.plus_days(1)));
  EXPECT_TRUE(stranger.has(Role::client_contact, kToday.plus_days(2)));
  EXPECT_FALSE(stranger.has(Role::client_contact, kToday.plus_days(3)));
}

TEST(RevokeRole, EndsTheDelegationsOfThatRole) {
  Story story = people();
  story.done(delegate_to(kStranger), as(kApprover))
      .when(RevokeRole{kApprover, Role::client_contact, kClientScope, {kStranger}}, as(kOffice))
      .then({RoleRevoked{Role::client_contact, kClientScope},
             DelegationEnded{kApprover, kStranger, Role::client_contact, kClientScope},
             DelegationEnded{kApprover, kStranger, Role::client_contact, kClientScope}});
  EXPECT_FALSE(story.state_of<Person>(stream_of(kStranger)).has(Role::client_contact, kToday));
}

TEST(RevokeRole, IsStaleWhenTheHintLeavesADelegateOut) {
  people()
      .done(delegate_to(kStranger), as(kApprover))
      .when(RevokeRole{kApprover, Role::client_contact, kClientScope, {}}, as(kOffice))
      .then_refused(RejectionCode::stale, "delegates");
}

TEST(DelegateRole, LetsAnotherActFromADayToADay) {
  Story story = people();
  story.when(delegate_to(kStranger), as(kApprover))
      .then({RoleDelegated{kStranger, Role::client_contact, kClientScope, kToday, kToday.plus_days(14)},
             DelegationReceived{kApprover, Role::client_contact, kClientScope, kToday, kToday.plus_days(14)}});
  EXPECT_TRUE(story.state_of<Person>(stream_of(kStranger)).has(Role::client_contact, kToday.plus_days(14)));
  EXPECT_FALSE(story.state_of<Person>(stream_of(kStranger)).has(Role::client_contact, kToday.plus_days(15)));
}

TEST(DelegateRole, IsRefusedToWhoeverDoesNotHaveTheRoleHimself) {
  people().when(delegate_to(kOtherWorkerPerson), as(kStranger)).then_refused(RejectionCode::not_found, "yourself");
  // What was lent is not lent on.
  people()
      .done(delegate_to(kStranger), as(kApprover))
      .when(delegate_to(kOtherWorkerPerson), as(kStranger))
      .then_refused(RejectionCode::not_found, "yourself");
}

TEST(DelegateRole, IsRefusedForStaffRoles) {
  people()
      .when(DelegateRole{kStranger, Role::back_office, {}, {}, kToday}, as(kOffice))
      .then_refused(RejectionCode::malformed, "role");
}

TEST(EndDelegation, TakesTheRoleBack) {
  Story story = people();
  story.done(delegate_to(kStranger), as(kApprover))
      .done(EndDelegation{kApprover, kStranger, Role::client_contact, kClientScope}, as(kApprover));
  EXPECT_FALSE(story.state_of<Person>(stream_of(kStranger)).has(Role::client_contact, kToday));
  story.when(EndDelegation{kApprover, kStranger, Role::client_contact, kClientScope}, as(kApprover))
      .then_refused(RejectionCode::not_found);
}

TEST(JoinPersons, IsKnownToEveryMemberOfBoth) {
  Story story = people();
  const PersonId a = kStranger, b = kWorkerPerson, c = kOtherWorkerPerson;
  story.done_by_two(JoinPersons{a, b, {}}, as(kOffice), as(kSecondOffice))
      .done_by_two(JoinPersons{c, a, {b}}, as(kOffice), as(kSecondOffice));
  for (const PersonId one : {a, b, c}) {
    for (const PersonId other : {a, b, c}) EXPECT_TRUE(story.state_of<Person>(stream_of(one)).is(other));
  }
}

TEST(JoinPersons, IsStaleWhenTheHintLeavesAMemberOut) {
  people()
      .done_by_two(JoinPersons{kStranger, kWorkerPerson, {}}, as(kOffice), as(kSecondOffice))
      .proposed(JoinPersons{kOtherWorkerPerson, kStranger, {}}, as(kOffice))
      .then_refused(RejectionCode::stale, "members");
}

}  // namespace
}  // namespace placet::domain::testing
