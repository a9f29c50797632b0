#include "domain/decide.h"

#include <type_traits>

#include "domain/proposal/proposal.h"

namespace placet::domain {

Needs needs_of(const Command& command, const Facts& facts) {
  Needs out;
  std::visit(
      [&](const auto& one_command) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(one_command)>, std::monostate>)
          needs(one_command, facts, out);
      },
      command);
  return out;
}

Decision carry_out(const States& states, const Command& command, const Facts& facts) {
  return std::visit(
      [&]<class C>(const C& one_command) -> Decision {
        if constexpr (std::is_same_v<C, std::monostate>) {
          return refuse(RejectionCode::malformed, "command: unknown or unspecified kind");
        } else {
          // By exact type: a command without a decide of its own must not compile, and not come back here as a Command.
          constexpr Decision (*decide_one)(const States&, const C&, const Facts&) = &decide;
          return decide_one(states, one_command, facts);
        }
      },
      command);
}

Decision decide(const States& states, const Command& command, const Facts& facts) {
  if (takes_two_persons(command) && facts.second.is_nil() && facts.actor.strength != Strength::system)
    return refuse(RejectionCode::needs_second_person, "takes two persons: propose it; another person agrees");
  return carry_out(states, command, facts);
}

}  // namespace placet::domain
