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

/// How often a test does a thing: the variable of that name, or `given`, or under a sanitizer a quarter of `given`,
/// since all takes some eight times as long there. Printed as well.
inline std::uint64_t times_or(const char* name, std::uint64_t given) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  given = (given + 3) / 4;
#endif
  const char* set = std::getenv(name);
  const std::uint64_t times = set != nullptr ? std::strtoull(set, nullptr, 10) : given;
  std::cout << name << "=" << times << "\n";
  return times;
}

}  // namespace placet::testing
