#pragma once

#include <kj/async.h>

#include <mutex>
#include <optional>

#include "base/id.h"

namespace placet::rpc {

/// Tells the RPC thread that the log, or the live rows, have grown. One sleeper's alarm at a time: the engine pays for
/// a wake-up only when somebody waits.
class GrowthSignal {
 public:
  /// On the one thread that makes it grow, after each sync or commit.
  void advance(LogSize size);
  /// On the RPC thread: ready when it is larger than `size`.
  kj::Promise<void> beyond(LogSize size);

 private:
  std::mutex mutex_;
  LogSize size_;                                          // guarded by mutex_
  kj::Own<kj::CrossThreadPromiseFulfiller<void>> alarm_;  // guarded by mutex_; null while nobody waits
  kj::Maybe<kj::ForkedPromise<void>> sleepers_;           // RPC thread only
};

}  // namespace placet::rpc
