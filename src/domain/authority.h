#pragma once

#include <cstdint>
#include <span>

#include "domain/decision.h"
#include "domain/states.h"

namespace placet::domain {

/// The one predicate of access, for acts (`roles` = who may send the command) and for facts (`roles` = the audience):
/// a grant in force whose role is in `roles`, and which sees the whole ledger or one of the parties.
bool may(std::span<const Grant> grants, const Parties& parties, std::uint16_t roles, Date today);

/// The role alone, as `may` takes roles.
constexpr std::uint16_t only(Role role) { return static_cast<std::uint16_t>(1U << static_cast<unsigned>(role)); }

/// Those that see the whole ledger.
inline constexpr std::uint16_t kStaffRoles =
    only(Role::back_office) | only(Role::compliance) | only(Role::auditor) | only(Role::administrator);

/// Signed in with one factor: whoever did so acts and sees as if he had no role that sees the whole ledger.
constexpr bool by_one_factor(Strength strength) {
  return strength == Strength::password || strength == Strength::mail_link;
}

/// Whether the actor may send this command. Whoever has no role over those whom it concerns gets `not_found`, as if
/// they did not exist; whoever has a role, but not one of those that may, is refused by control.
std::expected<void, Rejection> check_authority(const States& states, const Command& command, const Facts& facts);

}  // namespace placet::domain
