#pragma once

#include <variant>

#include "readside/as_of.h"
#include "rpc/side_thread.h"

namespace placet::rpc {

/// Looks at the past for the RPC thread, which must not wait while rows are folded.
class PastViews {
 public:
  using Moment = std::variant<LogSize, Timestamp>;
  static constexpr std::size_t kWaitingMax = 16;

  explicit PastViews(readside::AsOf& as_of) : as_of_(as_of) {}

  /// On the RPC thread. `unavailable` when too many wait already, else as AsOf::at, which puts the question on the
  /// other thread.
  kj::Promise<Result<readside::View>> at(Moment moment, readside::AsOf::Question question);

 private:
  readside::AsOf& as_of_;
  SideThread<Result<readside::View>> thread_{"past"};
};

}  // namespace placet::rpc
