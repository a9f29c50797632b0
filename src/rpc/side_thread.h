#pragma once

#include <kj/async.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "base/thread.h"

namespace placet::rpc {

/// Does jobs for the RPC thread, which must not wait for them: one after the other, on a thread of its own. One that
/// nobody waits for any longer is not begun.
template <class T>
class SideThread {
 public:
  using Job = std::function<T(const std::stop_token&)>;

  /// `name`: as for name_this_thread.
  explicit SideThread(const char* name) : thread_([this, name](const std::stop_token& stop) { work(name, stop); }) {}

  /// On the RPC thread.
  kj::Promise<T> run(Job job) {
    auto done = kj::newPromiseAndCrossThreadFulfiller<T>();
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back({std::move(job), kj::mv(done.fulfiller)});
    }
    wake_.notify_one();
    return kj::mv(done.promise);
  }
  /// How many jobs have not begun.
  std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
  }

 private:
  struct Waiting {
    Job job;
    kj::Own<kj::CrossThreadPromiseFulfiller<T>> done;
  };

  void work(const char* name, const std::stop_token& stop) {
    name_this_thread(name);
    while (true) {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [&] { return !waiting_.empty(); })) return;
      const Waiting next = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      if (next.done->isWaiting()) next.done->fulfill(next.job(stop));
    }
  }

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Waiting> waiting_;  // guarded by mutex_
  std::jthread thread_;
};

}  // namespace placet::rpc
