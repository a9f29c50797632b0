#include "domain/authority.h"

#include <gtest/gtest.h>

#include <utility>

#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

constexpr std::uint16_t bit(Role role) { return static_cast<std::uint16_t>(1U << static_cast<unsigned>(role)); }

/// Calls use(command, traits' type) with an empty command of each kind.
template <class Use>
void for_each_command(Use&& use) {
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    (use(std::variant_alternative_t<i + 1, Command::Alternatives>{}), ...);
  }(std::make_index_sequence<std::variant_size_v<Command::Alternatives> - 1>());
}

TEST(May, AScopedRoleSeesOnlyItsOwn) {
  const PartyId ours(kClient.value), theirs(id<ClientId>(80).value);
  const Grant grants[] = {{Role::client_contact, ours, {}, {}, {}}};
  EXPECT_TRUE(may(grants, {ours}, bit(Role::client_contact), kToday));
  EXPECT_FALSE(may(grants, {theirs}, bit(Role::client_contact), kToday));
  EXPECT_FALSE(may(grants, {}, bit(Role::client_contact), kToday));
  EXPECT_FALSE(may(grants, {ours}, bit(Role::worker), kToday));
}

TEST(May, AStaffRoleSeesTheWholeLedger) {
  const Grant grants[] = {{Role::auditor, {}, {}, {}, {}}};
  EXPECT_TRUE(may(grants, {}, bit(Role::auditor), kToday));
  EXPECT_TRUE(may(grants, {PartyId(kClient.value)}, bit(Role::auditor), kToday));
  EXPECT_FALSE(may(grants, {}, bit(Role::back_office), kToday));
}

TEST(May, AGrantCountsOnlyOnItsDays) {
  const Grant grants[] = {{Role::auditor, {}, kToday, kToday.plus_days(1), {}}};
  EXPECT_FALSE(may(grants, {}, bit(Role::auditor), kToday.plus_days(-1)));
  EXPECT_TRUE(may(grants, {}, bit(Role::auditor), kToday.plus_days(1)));
  EXPECT_FALSE(may(grants, {}, bit(Role::auditor), kToday.plus_days(2)));
}

TEST(Authority, EveryCommandSaysWhoMaySendIt) {
  for_each_command([]<class C>(const C&) {
    const bool said = CommandTraits<C>::kBy != 0 || CommandTraits<C>::kService || std::is_same_v<C, AgreeToAct>;
    EXPECT_TRUE(said) << CommandTraits<C>::kName;
  });
}

TEST(Authority, AnAuditorMaySendNothingButThatHeReadsEverything) {
  for_each_command([]<class C>(const C&) {
    const bool may = (CommandTraits<C>::kBy & bit(Role::auditor)) != 0;
    EXPECT_EQ(may, (std::is_same_v<C, ReadWholeLedger>)) << CommandTraits<C>::kName;
  });
}

TEST(Authority, AStrangerIsRefusedEveryCommand) {
  for_each_command([](const auto& command) {
    Story story = people();
    story.when(command, as(kStranger));
    ASSERT_FALSE(story.last().has_value()) << kCommandNames[Command(command).index()];
    const RejectionCode code = story.last().error().code;
    EXPECT_TRUE(code == RejectionCode::not_found || code == RejectionCode::not_allowed)
        << kCommandNames[Command(command).index()] << ": " << story.last().error().message;
  });
}

TEST(Authority, AnEndedRoleNoLongerActs) {
  people()
      .done(RevokeRole{kOffice, Role::back_office, {}, {}}, as(kAdministrator))
      .when(RegisterPerson{id<PersonId>(90), sealed("x")}, as(kOffice))
      .then_refused(RejectionCode::not_found);
}

TEST(Authority, AMachineOfTheClientIsNotTheService) {
  people().when(StopSystem{}, as(kMachine, Strength::machine)).then_refused(RejectionCode::not_allowed);
}

TEST(ControlRejection, SaysTheSameEveryTime) {
  for (const RejectionCode code :
       {RejectionCode::not_allowed, RejectionCode::same_person, RejectionCode::own_hours, RejectionCode::entered_by_you,
        RejectionCode::machine_cannot_approve, RejectionCode::not_an_approver, RejectionCode::not_a_signatory}) {
    EXPECT_TRUE(is_control(code));
    EXPECT_EQ(control_rejection(code), control_rejection(code));
    EXPECT_NE(control_rejection(code).message, "refused");
  }
  EXPECT_FALSE(is_control(RejectionCode::not_found));
  EXPECT_FALSE(is_control(RejectionCode::needs_second_person));
}

}  // namespace
}  // namespace placet::domain::testing
