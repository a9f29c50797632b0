#pragma once

#include <algorithm>
#include <optional>

#include "base/clock.h"

namespace placet::engine {

/// Turns the machine's clock into recorded time, which never goes back, and stops when somebody has set the clock:
/// a fact with a wrong date cannot be taken back. Used by the engine's thread only.
///
/// Refused until an operator accepts it: a clock that stands 2 s or more before the last recorded time, and one that
/// ran 2 s or more ahead of the time since boot while this process was running. At start only going back can be seen.
class ClockGuard {
 public:
  ClockGuard(Clock& clock, Timestamp last_recorded);

  /// The time to record, or nothing while the clock is not trusted.
  std::optional<Timestamp> now();
  /// The time that `accept` would go on with.
  Timestamp untrusted_now() { return std::max(last_, clock_.now()); }
  /// From here on the clock counts as right. Recorded time stands still until it has caught up.
  void accept();

 private:
  static constexpr std::int64_t kToleranceMicros = 2'000'000;

  Clock& clock_;
  Timestamp last_;  // recorded
  Timestamp seen_;  // wall clock at the last trusted look
  std::int64_t seen_boot_;
  bool may_lag_ = false;  // an operator accepted a clock behind `last_`
};

}  // namespace placet::engine
