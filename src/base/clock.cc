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

Timestamp DemoClock::now() {
  const std::scoped_lock lock(mutex_);
  return read();
}

Timestamp DemoClock::read() const { return {set_to_.micros + (ticks_ ? machine_.since_boot_micros() - set_at_ : 0)}; }

bool DemoClock::move(Timestamp to, bool tick) {
  const std::scoped_lock lock(mutex_);
  if (to < read()) return false;
  set_to_ = to;
  set_at_ = machine_.since_boot_micros();
  ticks_ = tick;
  return true;
}

}  // namespace placet
