#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "store/head_file.h"

namespace placet::engine {

/// Keeps the head file one group behind the log at most, without costing a caller anything: the head of group k is
/// synced on this class's thread as soon as that group is answered, beside the sync of group k+1 where there is one
/// already. It never names a size that is not durable. A failed write ends the process.
class HeadAnchor {
 public:
  explicit HeadAnchor(store::HeadFile file);
  ~HeadAnchor();

  /// The log is durable up to here.
  void reached(const store::Head& head);
  /// Returns when everything reached is in the file.
  void wait();

 private:
  void run();

  store::HeadFile file_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable written_;
  std::optional<store::Head> reached_;  // and not in the file yet
  bool writing_ = false;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace placet::engine
