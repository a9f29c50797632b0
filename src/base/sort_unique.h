#pragma once

#include <algorithm>
#include <vector>

namespace placet {

/// Leaves each value once, in ascending order.
template <class T>
void sort_unique(std::vector<T>& values) {
  std::ranges::sort(values);
  const auto repeats = std::ranges::unique(values);
  values.erase(repeats.begin(), repeats.end());
}

}  // namespace placet
