#include "domain/decide.h"

#include <type_traits>

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

Decision decide(const States& states, const Command& command, const Facts& facts) {
  return std::visit(
      [&](const auto& one_command) -> Decision {
        if constexpr (std::is_same_v<std::decay_t<decltype(one_command)>, std::monostate>) {
          return refuse(RejectionCode::malformed, "command: unknown or unspecified kind");
        } else {
          return decide(states, one_command, facts);
        }
      },
      command);
}

}  // namespace placet::domain
