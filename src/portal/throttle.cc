#include "portal/throttle.h"

#include <algorithm>

namespace placet::portal {

std::chrono::seconds Throttle::wait(const std::string& who, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto found = failures_.find(who);
  if (found == failures_.end() || found->second.next <= now) return {};
  return std::chrono::ceil<std::chrono::seconds>(found->second.next - now);
}

void Throttle::failed(const std::string& who, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  // What nobody tried for that long is forgotten, and begins anew.
  if (failures_.size() >= kKnownMax)
    std::erase_if(failures_, [&](const auto& one) { return one.second.next + kLongest < now; });
  if (failures_.size() >= kKnownMax) failures_.clear();
  Failures& known = failures_[who];
  ++known.count;
  if (known.count < kFree) return;
  const unsigned doublings = std::min(known.count - kFree, 10U);
  known.next = now + std::min(kLongest, std::chrono::seconds(1LL << doublings));
}

void Throttle::succeeded(const std::string& who) {
  const std::lock_guard lock(mutex_);
  failures_.erase(who);
}

}  // namespace placet::portal
