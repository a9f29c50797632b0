#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace placet::portal {

/// Slows down whoever guesses: after five failures in a row the sixth is allowed a second later, the next two seconds
/// after that, and so on up to a quarter of an hour. Never a lock for good: that would let anybody lock out anybody.
/// Any thread.
class Throttle {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr unsigned kFree = 5;
  static constexpr std::chrono::seconds kLongest{900};

  /// How long `who` has to wait yet; 0: he may try.
  std::chrono::seconds wait(const std::string& who, Clock::time_point now);
  void failed(const std::string& who, Clock::time_point now);
  void succeeded(const std::string& who);

 private:
  static constexpr std::size_t kKnownMax = 65'536;
  struct Failures {
    unsigned count = 0;
    Clock::time_point next;  // when he may try again
  };

  std::mutex mutex_;
  std::map<std::string, Failures> failures_;
};

}  // namespace placet::portal
