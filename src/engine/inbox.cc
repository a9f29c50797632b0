#include "engine/inbox.h"

#include <utility>

namespace placet::engine {

std::size_t Inbox::offer(std::span<std::unique_ptr<Request>> requests) {
  std::size_t taken = 0;
  bool enough = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return 0;
    for (auto& request : requests) {
      if (waiting_.size() >= limits_.requests || bytes_ + request->bytes > limits_.bytes) break;
      bytes_ += request->bytes;
      waiting_.push_back(std::move(request));
      ++taken;
    }
    enough = enough_locked();
  }
  if (enough) ready_.notify_one();
  return taken;
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

std::vector<std::unique_ptr<Request>> Inbox::take(std::size_t bytes_min, std::size_t bytes_max) {
  std::vector<std::unique_ptr<Request>> taken;
  std::unique_lock lock(mutex_);
  bytes_min_ = bytes_min;
  ready_.wait(lock, [&] { return enough_locked() || nudged_ || drained_locked(); });
  nudged_ = false;
  std::size_t bytes = 0;
  while (!waiting_.empty() && (taken.empty() || bytes + waiting_.front()->bytes <= bytes_max)) {
    bytes += waiting_.front()->bytes;
    taken.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  bytes_ -= bytes;
  return taken;
}

void Inbox::nudge() {
  {
    const std::lock_guard lock(mutex_);
    nudged_ = true;
  }
  ready_.notify_one();
}

bool Inbox::drained() const {
  const std::lock_guard lock(mutex_);
  return drained_locked();
}

void Inbox::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  ready_.notify_all();
}

}  // namespace placet::engine
