#pragma once

#include <atomic>
#include <cstdint>

#include "base/time.h"

namespace placet {

/// Where the time comes from. Two implementations: the machine's, and one that tests and demo ledgers move by hand.
class Clock {
 public:
  virtual ~Clock() = default;
  /// The wall clock: may be set forward and back by people.
  virtual Timestamp now() = 0;
  /// Microseconds since boot, sleep included: never set by anybody.
  virtual std::int64_t since_boot_micros() = 0;
};

class SystemClock final : public Clock {
 public:
  Timestamp now() override;
  std::int64_t since_boot_micros() override;
};

/// Moves only when told to. Any thread may read it.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp start) : now_(start.micros) {}
  Timestamp now() override { return {now_.load()}; }
  std::int64_t since_boot_micros() override { return since_boot_.load(); }
  /// Time passes: both clocks move.
  void advance_micros(std::int64_t micros) {
    now_ += micros;
    since_boot_ += micros;
  }
  /// Somebody sets the wall clock: only that one moves.
  void jump_micros(std::int64_t micros) { now_ += micros; }

 private:
  std::atomic<std::int64_t> now_;
  std::atomic<std::int64_t> since_boot_ = 0;
};

}  // namespace placet
