#pragma once

// What judges of a log share among themselves, and with nobody else.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace placet::domain::testing {

template <class... Fs>
struct Cases : Fs... {
  using Fs::operator()...;
};
/// For the events that are no concern of a judge.
struct Others {
  template <class E>
  void operator()(const E&) const {}
};

inline bool holds(const std::vector<Date>& days, Date day) {
  return std::find(days.begin(), days.end(), day) != days.end();
}

__extension__ using Wide = __int128;

/// The nearest whole number; of two equally near the one farther from nought.
inline std::int64_t nearest(Wide product, Wide divisor) {
  const Wide size = product < 0 ? -product : product;
  const auto rounded = static_cast<std::int64_t>((2 * size + divisor) / (2 * divisor));
  return product < 0 ? -rounded : rounded;
}

/// The largest whole number that is not above it.
inline std::int64_t rounded_down(Wide product, Wide divisor) {
  Wide quotient = product / divisor;
  if (quotient * divisor > product) --quotient;
  return static_cast<std::int64_t>(quotient);
}

}  // namespace placet::domain::testing
