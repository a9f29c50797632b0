#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/property/domain/random.h"
#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

constexpr PartyId kScope(kClient.value);
constexpr std::uint64_t kFirst = 100;

PersonId any_of(std::uint64_t count) { return id<PersonId>(kFirst + pick<std::uint64_t>(0, count)); }

Story with_persons(std::uint64_t count) {
  Story story = people();
  for (std::uint64_t i = 0; i < count; ++i)
    story.given({{stream_of(id<PersonId>(kFirst + i)), PersonRegistered{sealed("x")}}});
  return story;
}

RC_GTEST_PROP(Person, JoinedBothWays, ()) {
  constexpr std::uint64_t kCount = 7;
  Story story = with_persons(kCount);
  const auto person = [&](PersonId of) -> const Person& { return story.state_of<Person>(stream_of(of)); };
  for (int step = pick(1, 12); step > 0; --step) {
    JoinPersons join{any_of(kCount), any_of(kCount), {}};
    // Now and then the hint leaves members out, as a stale directory would.
    if (pick(0, 4) != 0) {
      for (const PersonId of : {join.person, join.other})
        join.members.insert(join.members.end(), person(of).same_as.begin(), person(of).same_as.end());
    }
    if (story.proposed(join, as(kOffice)).last()) story.agreed_by(as(kSecondOffice));
  }
  for (std::uint64_t i = 0; i < kCount; ++i) {
    const PersonId a = id<PersonId>(kFirst + i);
    RC_ASSERT(person(a).is(a));
    for (const PersonId b : person(a).same_as) RC_ASSERT(person(b).same_as == person(a).same_as);
  }
}

RC_GTEST_PROP(Person, DelegationEndsWithRole, ()) {
  constexpr std::uint64_t kCount = 4;
  Story story = with_persons(kCount);
  Date today = kToday;
  int delegated = 0;
  for (int step = pick(1, 40); step > 0; --step) {
    const PersonId a = any_of(kCount), b = any_of(kCount);
    const Date until = today.plus_days(pick(0, 20));
    std::vector<PersonId> delegates;
    for (const Delegation& given : story.state_of<Person>(stream_of(a)).delegations) delegates.push_back(given.to);
    switch (pick(0, 5)) {
      case 0: {
        const bool endless = coin();
        story.when(GrantRole{a, Role::client_contact, kScope, {}, endless ? std::optional<Date>{} : until},
                   as(kOffice));
        break;
      }
      case 1: story.when(RevokeRole{a, Role::client_contact, kScope, delegates}, as(kOffice)); break;
      case 2:
        story.when(DelegateRole{b, Role::client_contact, kScope, {}, until}, as(a));
        delegated += story.last() ? 1 : 0;
        break;
      case 3: story.when(EndDelegation{a, b, Role::client_contact, kScope}, as(a)); break;
      case 4: story.on(today = today.plus_days(pick(0, 6))); break;
    }
    for (std::uint64_t i = 0; i < kCount; ++i) {
      for (const Grant& grant : story.state_of<Person>(stream_of(id<PersonId>(kFirst + i))).grants) {
        if (grant.giver.is_nil()) continue;
        const Grant* own = story.state_of<Person>(stream_of(grant.giver)).find_own(grant.role, grant.scope);
        for (Date day = today; day < today.plus_days(30); day = day.plus_days(1))
          RC_ASSERT(!grant.in_force(day) || (own != nullptr && own->in_force(day)));
      }
    }
  }
  RC_CLASSIFY(delegated > 0, "delegated");
}

}  // namespace
}  // namespace placet::domain::testing
