#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>

namespace placet::testing {

/// The seed of a run: PLACET_SEED in the environment, or the one given. Printed, so that a failure can be had again.
inline std::uint64_t seed_or(std::uint64_t given) {
  const char* set = std::getenv("PLACET_SEED");
  const std::uint64_t seed = set != nullptr ? std::strtoull(set, nullptr, 10) : given;
  std::cout << "PLACET_SEED=" << seed << "\n";
  return seed;
}

}  // namespace placet::testing
