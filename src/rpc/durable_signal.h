#pragma once

#include <kj/async.h>

#include <mutex>
#include <optional>

#include "base/id.h"

namespace placet::rpc {

/// Tells the RPC thread that the log has grown. One sleeper's alarm at a time: the engine pays for a wake-up only when
/// somebody waits.
class DurableSignal {
 public:
  /// On the committer's thread, after each sync.
  void advance(LogSize size);
  /// On the RPC thread: ready when the log is larger than `size`.
  kj::Promise<void> beyond(LogSize size);

 private:
  std::mutex mutex_;
  LogSize size_;                                          // guarded by mutex_
  kj::Own<kj::CrossThreadPromiseFulfiller<void>> alarm_;  // guarded by mutex_; null while nobody waits
  kj::Maybe<kj::ForkedPromise<void>> sleepers_;           // RPC thread only
};

}  // namespace placet::rpc
