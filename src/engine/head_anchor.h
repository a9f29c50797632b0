#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "store/head_file.h"

namespace placet::engine {

/// Keeps the head file one group behind the log at most, without costing a caller anything: the head of group k is
/// synced on this class's thread while the engine syncs group k+1, and at most 5 ms after group k's answers when the
/// engine is idle. It never names a size that is not durable. A failed write ends the process.
class HeadAnchor {
 public:
  explicit HeadAnchor(store::HeadFile file);
  ~HeadAnchor();

  /// The log is durable up to here.
  void reached(const store::Head& head);
  /// Write now what was reached: the engine is about to sync the next group.
  void hurry();
  /// Returns when everything reached before `hurry` is in the file.
  void wait();

 private:
  static constexpr std::int64_t kIdleDelayMicros = 5'000;
  void run();

  store::HeadFile file_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable written_;
  store::Head reached_;
  // Counts of calls of `reached`: in all, at the last `hurry`, and those whose head is in the file.
  std::uint64_t reached_count_ = 0;
  std::uint64_t hurried_count_ = 0;
  std::uint64_t written_count_ = 0;
  bool asleep_ = false;  // until the next `reached`
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace placet::engine
