#pragma once

#include <kj/async.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>

#include "readside/as_of.h"

namespace placet::rpc {

/// Looks at the past for the RPC thread, which must not wait while rows are folded: one look after the other, on a
/// thread of its own.
class PastViews {
 public:
  using Moment = std::variant<LogSize, Timestamp>;
  static constexpr std::size_t kWaitingMax = 16;

  explicit PastViews(readside::AsOf& as_of) : as_of_(as_of), thread_([this](std::stop_token stop) { run(stop); }) {}

  /// On the RPC thread. `unavailable` when too many wait already, else as AsOf::at, which puts the question on the
  /// other thread.
  kj::Promise<Result<readside::View>> at(Moment moment, readside::AsOf::Question question);

 private:
  struct Look {
    Moment moment;
    readside::AsOf::Question question;
    kj::Own<kj::CrossThreadPromiseFulfiller<Result<readside::View>>> seen;
  };
  void run(const std::stop_token& stop);

  readside::AsOf& as_of_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Look> waiting_;  // guarded by mutex_
  std::jthread thread_;
};

}  // namespace placet::rpc
