#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "base/time.h"

namespace placet {

/// Where the time comes from: the machine; or, for a demo ledger and for tests, somebody who moves it.
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

/// The clock of a demo ledger. It stands until it is moved, or ticks from there on; it never goes back. Both readings
/// move, so that to others time passes and nobody has set the clock. Any thread may use it.
class DemoClock final : public Clock {
 public:
  /// Stands at `start`. `machine` says how fast it ticks.
  DemoClock(Timestamp start, Clock& machine) : machine_(machine), set_to_(start) {}
  Timestamp now() override;
  std::int64_t since_boot_micros() override { return now().micros; }
  /// False, and nothing changes, if `to` lies before now.
  bool move(Timestamp to, bool tick);

 private:
  Timestamp read() const;

  Clock& machine_;
  std::mutex mutex_;
  Timestamp set_to_;
  bool ticks_ = false;
  std::int64_t set_at_ = 0;  // machine's time since boot
};

/// Moves only when told to, the wall clock alone too: for tests. Any thread may read it.
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
