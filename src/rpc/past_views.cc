#include "rpc/past_views.h"

#include <utility>

namespace placet::rpc {

kj::Promise<Result<readside::View>> PastViews::at(Moment moment, readside::AsOf::Question question) {
  if (thread_.waiting() >= kWaitingMax)
    return Result<readside::View>(fail(ErrorCode::unavailable, "too many look at the past; try again later"));
  return thread_.run([this, moment, question = std::move(question)](const std::stop_token& stop) {
    return std::visit([&](auto then) { return as_of_.at(then, question, stop); }, moment);
  });
}

}  // namespace placet::rpc
