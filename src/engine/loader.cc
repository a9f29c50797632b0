#include "engine/loader.h"

#include <utility>

#include "access/stream_cache.h"
#include "base/check.h"
#include "base/thread.h"

namespace placet::engine {

Loader::Loader(const store::EventLog& log, Inbox& inbox, unsigned threads) : log_(log), inbox_(inbox) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Loader::~Loader() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  ready_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Loader::load(std::unique_ptr<Request> request) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(request));
  }
  ready_.notify_one();
}

void Loader::run() {
  name_this_thread("loader");
  std::unique_lock lock(mutex_);
  while (true) {
    ready_.wait(lock, [&] { return !waiting_.empty() || stop_; });
    if (waiting_.empty()) return;
    std::unique_ptr<Request> request = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    for (const StreamId& stream : request->cold) {
      auto& loaded = request->loaded.emplace_back(stream);
      const auto folded = access::fold_stream(log_, stream, loaded.state);
      PLACET_CHECK(folded.has_value(), folded.error().message);
    }
    request->cold.clear();
    inbox_.put_back(std::move(request));
    lock.lock();
  }
}

}  // namespace placet::engine
