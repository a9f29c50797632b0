#pragma once

#include <sys/types.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "tools/client/daemon.h"

namespace placet::bench {

using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point start);

template <class T>
T quantile(std::vector<T> values, double share) {
  std::sort(values.begin(), values.end());
  return values.at(std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size()))));
}
template <class T>
T median(const std::vector<T>& values) {
  return quantile(values, 0.5);
}

/// Runs a benchmark; what it throws goes to standard error. 0, or 1 if it did.
int exit_code_of(const std::function<void()>& benchmark);

/// That it ever had.
std::chrono::nanoseconds processor_time_of(pid_t process);
/// The most that placetd ever had in memory, in MiB.
std::uint64_t memory_of(pid_t process);

/// Waits until placetd has done what it put off (rows of projections, compactions) and the disk has what was written,
/// so that what is measured next, on either side, pays for itself alone. Answers the seconds it took.
double rest(const client::Daemon& daemon);

}  // namespace placet::bench
