#include "engine/head_anchor.h"

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
// twice.

void HeadAnchor::reached(const store::Head& head) {
  {
    const std::lock_guard lock(mutex_);
    reached_ = head;
  }
  wake_.notify_one();
}

void HeadAnchor::wait() {
  std::unique_lock lock(mutex_);
  written_.wait(lock, [&] { return !reached_ && !writing_; });
}

void HeadAnchor::run() {
  name_this_thread("head anchor");
  hurry_this_thread();
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return reached_ || stop_; });
    if (!reached_) return;
    const store::Head head = *std::exchange(reached_, std::nullopt);
    writing_ = true;
    lock.unlock();
    const auto written = file_.write(head);
    PLACET_CHECK(written.has_value(), written.error().message);
    lock.lock();
    writing_ = false;
    lock.unlock();
    written_.notify_one();
    lock.lock();
  }
}

}  // namespace placet::engine
