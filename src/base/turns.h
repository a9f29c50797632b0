#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>

namespace placet {

/// Turns at work for several threads, so many at once at most, with a pause after each. Whoever wants one asks when his
/// last one is over. For any thread.
class Turns {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr auto kTurn = std::chrono::microseconds(200);
  static constexpr auto kPause = std::chrono::microseconds(100);

  explicit Turns(unsigned at_once) : apart_((kTurn + kPause) / at_once) {}

  /// When the turn of whoever asks now begins: after a pause, and after those of all who asked before.
  Clock::time_point next(Clock::time_point now) {
    Clock::time_point free = next_free_, start;
    do start = std::max(free, now + kPause);
    while (!next_free_.compare_exchange_weak(free, start + apart_));
    return start;
  }

 private:
  const Clock::duration apart_;
  std::atomic<Clock::time_point> next_free_{};
};

}  // namespace placet
