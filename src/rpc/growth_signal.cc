#include "rpc/growth_signal.h"

#include <kj/debug.h>

#include <utility>

namespace placet::rpc {

void GrowthSignal::advance(LogSize size) {
  kj::Own<kj::CrossThreadPromiseFulfiller<void>> alarm;
  {
    const std::lock_guard lock(mutex_);
    size_ = size;
    alarm = kj::mv(alarm_);
  }
  if (alarm.get() != nullptr) alarm->fulfill();
}

kj::Promise<void> GrowthSignal::beyond(LogSize size) {
  {
    const std::lock_guard lock(mutex_);
    if (size_ > size) return kj::READY_NOW;
    if (alarm_.get() == nullptr) {
      auto alarm = kj::newPromiseAndCrossThreadFulfiller<void>();
      alarm_ = kj::mv(alarm.fulfiller);
      sleepers_ = alarm.promise.fork();
    }
  }
  return KJ_ASSERT_NONNULL(sleepers_).addBranch().then([this, size] { return beyond(size); });
}

}  // namespace placet::rpc
