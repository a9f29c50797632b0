#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "portal/http.h"
#include "portal/visit.h"

namespace placet::portal {

/// `half_signed_in`: with a password, whatever else he owes.
enum class For : std::uint8_t { everybody, half_signed_in, signed_in };

/// A page, and what its form sends.
struct Route {
  Method method;
  std::string_view path;  // {} stands for one part
  For whom;
  std::uint16_t roles;  // one of these he has, as `domain::may` takes roles; 0: whatever they are
  Response (*page)(Visit&);
  std::string_view menu = {};  // the text under which it stands in the menu; empty: it does not
};

/// All there are, in the order of the menu.
std::span<const Route> routes();

}  // namespace placet::portal
