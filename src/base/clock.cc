#include "base/clock.h"

#include <ctime>

namespace placet {

namespace {
std::int64_t micros_of(clockid_t id) {
  timespec now{};
  clock_gettime(id, &now);
  return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
}
}  // namespace

Timestamp SystemClock::now() { return {micros_of(CLOCK_REALTIME)}; }
std::int64_t SystemClock::since_boot_micros() { return micros_of(CLOCK_BOOTTIME); }

}  // namespace placet
