#pragma once

#include <chrono>

namespace placet::testing {

/// For what comes soon, unless others keep the machine busy: projections run when a processor is idle.
inline constexpr std::chrono::seconds kPatience{60};

}  // namespace placet::testing
