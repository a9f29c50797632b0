#include "rpc/past_views.h"

#include <utility>

#include "base/thread.h"

namespace placet::rpc {

kj::Promise<Result<readside::View>> PastViews::at(Moment moment, readside::AsOf::Question question) {
  auto look = kj::newPromiseAndCrossThreadFulfiller<Result<readside::View>>();
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= kWaitingMax)
    return Result<readside::View>(fail(ErrorCode::unavailable, "too many look at the past; try again later"));
  waiting_.push_back({moment, std::move(question), kj::mv(look.fulfiller)});
  wake_.notify_one();
  return kj::mv(look.promise);
}

void PastViews::run(const std::stop_token& stop) {
  name_this_thread("past");
  while (true) {
    std::unique_lock lock(mutex_);
    if (!wake_.wait(lock, stop, [&] { return !waiting_.empty(); })) return;
    Look look = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    look.seen->fulfill(std::visit([&](auto moment) { return as_of_.at(moment, look.question, stop); }, look.moment));
  }
}

}  // namespace placet::rpc
