#include "engine/head_anchor.h"

#include <chrono>
#include <utility>

#include "base/check.h"
#include "base/thread.h"

namespace placet::engine {

HeadAnchor::HeadAnchor(store::HeadFile file) : file_(std::move(file)), thread_([this] { run(); }) {}

HeadAnchor::~HeadAnchor() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

// Notifies with the mutex free: a thread that was woken would only wait for it, and take the processor from its holder
// twice. While groups come one after the other `hurry` alone wakes the thread; `reached` does when it is asleep.

void HeadAnchor::reached(const store::Head& head) {
  bool was_asleep = false;
  {
    const std::lock_guard lock(mutex_);
    reached_ = head;
    ++reached_count_;
    was_asleep = std::exchange(asleep_, false);
  }
  if (was_asleep) wake_.notify_one();
}

void HeadAnchor::hurry() {
  {
    const std::lock_guard lock(mutex_);
    if (reached_count_ == written_count_) return;
    hurried_count_ = reached_count_;
  }
  wake_.notify_one();
}

void HeadAnchor::wait() {
  std::unique_lock lock(mutex_);
  written_.wait(lock, [&] { return written_count_ >= hurried_count_; });
}

void HeadAnchor::run() {
  name_this_thread("head anchor");
  hurry_this_thread();
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait_for(lock, std::chrono::microseconds(kIdleDelayMicros),
                   [&] { return hurried_count_ > written_count_ || stop_; });
    if (reached_count_ == written_count_) {
      if (stop_) return;
      asleep_ = true;
      wake_.wait(lock, [&] { return !asleep_ || stop_; });
      continue;
    }
    const store::Head head = reached_;
    const std::uint64_t count = reached_count_;
    lock.unlock();
    const auto written = file_.write(head);
    PLACET_CHECK(written.has_value(), written.error().message);
    lock.lock();
    written_count_ = count;
    lock.unlock();
    written_.notify_one();
    lock.lock();
  }
}

}  // namespace placet::engine
