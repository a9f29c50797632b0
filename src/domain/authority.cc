#include "domain/authority.h"

#include <algorithm>
#include <type_traits>

#include "domain/proposal/proposal.h"

namespace placet::domain {

namespace {

constexpr std::uint16_t kAllRoles = 0xfffe, kHimself = 1;

bool holds(const Grant& grant, const Parties& parties) {
  return is_staff(grant.role) || std::find(parties.begin(), parties.end(), grant.scope) != parties.end();
}

/// Whom the command concerns. A command without `parties_of` concerns nobody in particular: it is for staff alone.
template <class C>
Parties concerned(const States& states, const C& command, const Facts& facts) {
  if constexpr (requires { parties_of(states, command, facts); }) {
    return parties_of(states, command, facts);
  } else {
    return {};
  }
}

/// One wording, so that it tells nothing.
std::unexpected<Rejection> no_such_thing() {
  return refuse(RejectionCode::not_found, "no such thing, or not yours to see");
}

std::expected<void, Rejection> check(const States& states, const Parties& parties, std::uint16_t roles,
                                     const Facts& facts) {
  const bool himself = std::find(parties.begin(), parties.end(), PartyId(facts.actor.person.value)) != parties.end();
  if (himself && (roles & kHimself) != 0) return {};
  const auto& grants = states.person(facts.actor.person).grants;
  const std::uint16_t counting = by_one_factor(facts.actor.strength) ? kAllRoles & ~kStaffRoles : kAllRoles;
  if (may(grants, parties, roles & counting, facts.today)) return {};
  if (himself || may(grants, parties, counting, facts.today)) return refuse_by_control(RejectionCode::not_allowed);
  return no_such_thing();
}

}  // namespace

bool may(std::span<const Grant> grants, const Parties& parties, std::uint16_t roles, Date today) {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    return (roles >> static_cast<unsigned>(grant.role) & 1U) != 0 && grant.in_force(today) && holds(grant, parties);
  });
}

std::expected<void, Rejection> check_authority(const States& states, const Command& command, const Facts& facts) {
  if (facts.actor.strength == Strength::system) return {};
  return std::visit(
      [&](const auto& act) -> std::expected<void, Rejection> {
        using C = std::decay_t<decltype(act)>;
        if constexpr (std::is_same_v<C, std::monostate>) {
          return refuse(RejectionCode::malformed, "command: unknown or unspecified kind");
        } else if constexpr (std::is_same_v<C, AgreeToAct>) {
          // Whoever may send a command may agree to it.
          if (!facts.proposed) return no_such_thing();
          if (std::holds_alternative<AgreeToAct>(*facts.proposed))
            return refuse(RejectionCode::malformed, "proposal: an agreement is not proposed");
          return check_authority(states, *facts.proposed, facts);
        } else if constexpr (std::is_same_v<C, ImportHours>) {
          // Whoever may record each of its entries may import them.
          if (act.entries.empty()) return check(states, {}, CommandTraits<C>::kBy, facts);
          for (const RecordEntry& entry : act.entries) {
            const auto allowed = check(states, concerned(states, entry, facts), CommandTraits<C>::kBy, facts);
            if (!allowed) return allowed;
          }
          return {};
        } else if constexpr (CommandTraits<C>::kService) {
          return refuse_by_control(RejectionCode::not_allowed);
        } else {
          return check(states, concerned(states, act, facts), CommandTraits<C>::kBy, facts);
        }
      },
      command);
}

}  // namespace placet::domain
