#include "bench/measure.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

namespace placet::bench {

namespace {

/// 0 of a process that has ended.
std::chrono::nanoseconds time_of(clockid_t clock) {
  timespec time{};
  if (::clock_gettime(clock, &time) != 0) return {};
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::chrono::nanoseconds time_of_one(pid_t process) {
  clockid_t clock{};
  return ::clock_getcpuclockid(process, &clock) == 0 ? time_of(clock) : std::chrono::nanoseconds();
}

}  // namespace

double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

int exit_code_of(const std::function<void()>& benchmark) {
  try {
    benchmark();
    return 0;
  } catch (const std::exception& error) {  // what KJ throws is one too
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}

std::uint64_t memory_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  const std::string most = "VmHWM:";
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(most)) return std::stoull(line.substr(most.size())) / 1024;
  throw std::runtime_error("the memory of a process is not known");
}

std::chrono::nanoseconds processor_time_of(std::span<const pid_t> processes) {
  std::chrono::nanoseconds sum{};
  for (const pid_t process : processes) {
    sum += time_of_one(process);
    std::ifstream children(fmt::format("/proc/{0}/task/{0}/children", process));
    for (pid_t child = 0; children >> child;) sum += time_of_one(child);
  }
  return sum;
}

std::chrono::nanoseconds own_processor_time() { return time_of(CLOCK_PROCESS_CPUTIME_ID); }

DiskUse disk_use(const std::filesystem::path& folder) {
  struct stat about{};
  if (::stat(folder.c_str(), &about) != 0) throw std::runtime_error("no folder " + folder.string());
  // Documentation/block/stat.rst: sectors written are the 7th number, flushes the 16th.
  std::ifstream numbers(fmt::format("/sys/dev/block/{}:{}/stat", major(about.st_dev), minor(about.st_dev)));
  std::array<std::uint64_t, 16> number{};
  for (std::uint64_t& one : number) numbers >> one;
  if (!numbers) throw std::runtime_error("nothing is known of the disk under " + folder.string());
  return {number[6] * 512, number[15]};
}

std::uint64_t bytes_below(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    std::error_code gone;  // Files of a server come and go.
    if (entry.is_regular_file(gone))
      if (const auto size = entry.file_size(gone); !gone) bytes += size;
  }
  return bytes;
}

double rest(std::span<const pid_t> processes) {
  constexpr auto kLook = std::chrono::milliseconds(250);
  const auto start = Steady::now();
  auto before = processor_time_of(processes);
  while (true) {
    std::this_thread::sleep_for(kLook);
    const auto after = processor_time_of(processes);
    if (after - before < kLook / 20) break;
    before = after;
  }
  ::sync();
  return seconds_since(start);
}

}  // namespace placet::bench
