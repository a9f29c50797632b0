#include "engine/inbox.h"

#include <utility>

namespace placet::engine {

bool Inbox::offer(std::unique_ptr<Request>& request) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || waiting_.size() >= limits_.requests || bytes_ + request->bytes > limits_.bytes) return false;
    bytes_ += request->bytes;
    waiting_.push_back(std::move(request));
  }
  ready_.notify_one();
  return true;
}

void Inbox::put_back(std::unique_ptr<Request> request) {
  {
    const std::lock_guard lock(mutex_);
    --parked_;
    bytes_ += request->bytes;
    waiting_.push_front(std::move(request));
  }
  ready_.notify_one();
}

void Inbox::parked() {
  const std::lock_guard lock(mutex_);
  ++parked_;
}

std::vector<std::unique_ptr<Request>> Inbox::take(std::size_t bytes_max) {
  std::vector<std::unique_ptr<Request>> taken;
  std::unique_lock lock(mutex_);
  ready_.wait(lock, [&] { return !waiting_.empty() || (closed_ && parked_ == 0); });
  std::size_t bytes = 0;
  while (!waiting_.empty() && (taken.empty() || bytes + waiting_.front()->bytes <= bytes_max)) {
    bytes += waiting_.front()->bytes;
    taken.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  bytes_ -= bytes;
  return taken;
}

void Inbox::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  ready_.notify_all();
}

}  // namespace placet::engine
