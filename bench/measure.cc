#include "bench/measure.h"

#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

namespace placet::bench {

std::chrono::nanoseconds processor_time_of(pid_t process) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
    throw std::runtime_error("the processor time of placetd is not known");
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

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
  throw std::runtime_error("the memory of placetd is not known");
}

double rest(const client::Daemon& daemon) {
  constexpr auto kLook = std::chrono::milliseconds(250);
  const auto start = Steady::now();
  auto before = processor_time_of(daemon.pid());
  while (true) {
    std::this_thread::sleep_for(kLook);
    const auto after = processor_time_of(daemon.pid());
    if (after - before < kLook / 20) break;
    before = after;
  }
  ::sync();
  return seconds_since(start);
}

}  // namespace placet::bench
