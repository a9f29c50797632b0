#pragma once

#include <sys/types.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
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

/// What was done in a while.
struct Work {
  std::uint64_t events = 0;
  double seconds = 0;
  std::vector<std::int64_t> micros;  // from sending a command to its answer, where commands were sent singly

  double per_second() const { return static_cast<double>(events) / seconds; }
  std::int64_t p50_micros() const { return median(micros); }
  std::int64_t p99_micros() const { return quantile(micros, 0.99); }
};

/// Runs a benchmark; what it throws goes to standard error. 0, or 1 if it did.
int exit_code_of(const std::function<void()>& benchmark);

/// The most that a process ever had in memory, in MiB.
std::uint64_t memory_of(pid_t process);

/// What the processes and their children have used, and what this one has.
std::chrono::nanoseconds processor_time_of(std::span<const pid_t> processes);
std::chrono::nanoseconds own_processor_time();

/// What a disk has done since it was there.
struct DiskUse {
  std::uint64_t bytes_written = 0;
  std::uint64_t flushes = 0;  // the disk's own cache, for a sync; 0 always where it says that it has none
};
/// Of the disk under a folder; throws std::runtime_error where it is not known.
DiskUse disk_use(const std::filesystem::path& folder);

/// Of all regular files below a folder.
std::uint64_t bytes_below(const std::filesystem::path& folder);

/// Waits until these processes have done what they put off (rows of projections, compactions) and the disk has what was
/// written, so that what is measured next pays for itself alone. Answers the seconds it took.
double rest(std::span<const pid_t> processes);
inline double rest(const client::Daemon& daemon) { return rest(std::array{daemon.pid()}); }

}  // namespace placet::bench
