#include "engine/clock_guard.h"

namespace placet::engine {

ClockGuard::ClockGuard(Clock& clock, Timestamp last_recorded)
    : clock_(clock), last_(last_recorded), seen_(clock.now()), seen_boot_(clock.since_boot_micros()) {}

std::optional<Timestamp> ClockGuard::now() {
  const Timestamp wall = clock_.now();
  const std::int64_t boot = clock_.since_boot_micros();
  const std::int64_t ahead = (wall.micros - seen_.micros) - (boot - seen_boot_);
  const std::int64_t behind = last_.micros - wall.micros;
  if (ahead >= kToleranceMicros || (behind >= kToleranceMicros && !may_lag_) || ahead <= -kToleranceMicros)
    return std::nullopt;
  seen_ = wall;
  seen_boot_ = boot;
  if (behind <= 0) may_lag_ = false;
  last_ = std::max(last_, wall);
  return last_;
}

void ClockGuard::accept() {
  seen_ = clock_.now();
  seen_boot_ = clock_.since_boot_micros();
  may_lag_ = seen_ < last_;
}

}  // namespace placet::engine
