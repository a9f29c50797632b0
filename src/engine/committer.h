#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/head_anchor.h"
#include "engine/inbox.h"
#include "store/event_log.h"

namespace placet::engine {

/// What was decided together and is not durable yet.
struct Decided {
  explicit Decided(LogSize start) : group(start) {}

  store::Group group;
  Digest root{};                                   // of the log at the end of the group
  std::vector<std::unique_ptr<Request>> answered;  // with their outcomes, which nobody may see yet
};

/// Makes groups durable and then answers, on a thread of its own, so that the engine decides the next group meanwhile.
/// One group at a time: the next one is accepted when the one before is answered. A failed write ends the process.
class Committer {
 public:
  struct Surroundings {
    store::EventLog& log;
    // Both on this class's thread, and neither may block: after each group's sync; the next group may come.
    std::function<void(const store::Head&)> on_durable;
    std::function<void()> on_idle;
  };

  Committer(Surroundings surroundings, store::HeadFile head);
  /// Waits until what was handed over is durable and answered.
  ~Committer();

  bool idle() const;
  /// Takes a group over, when the one before is done. `decided` is empty afterwards, with the memory of an earlier
  /// group, and starts where the group ends.
  void commit(Decided& decided);

 private:
  void run();
  void finish(Decided& decided);

  Surroundings around_;
  HeadAnchor anchor_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool busy_ = false;  // `in_flight_` is the thread's; otherwise the engine's
  bool stop_ = false;
  Decided in_flight_;
  std::thread thread_;  // last: runs on everything above
};

}  // namespace placet::engine
