#pragma once

#include <kj/async.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/result.h"
#include "rpc/page.h"
#include "store/event_log.h"

namespace placet::rpc {

/// Reads pages from the log for the RPC thread, which must not wait for the disk: one after the other, on a thread of
/// its own. Whoever got a full page will ask for the one after it, so that is read meanwhile. Lives on the RPC thread.
class PageReader {
 public:
  explicit PageReader(const store::EventLog& log) : log_(log), thread_([this](std::stop_token stop) { run(stop); }) {}

  /// Of the log as it is now.
  kj::Promise<Result<Page>> read(PageQuestion question);

 private:
  struct Job {
    PageQuestion question;
    kj::Own<kj::CrossThreadPromiseFulfiller<Result<Page>>> read;
  };
  struct Ahead {
    PageQuestion question;
    kj::Promise<Result<Page>> page;
  };

  kj::Promise<Result<Page>> put(PageQuestion question);
  void read_ahead(PageQuestion question, LogSize next);
  Result<Page> read_log(const PageQuestion& question) const;
  void run(const std::stop_token& stop);

  const store::EventLog& log_;
  std::deque<Ahead> ahead_;  // the oldest first
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Job> waiting_;  // guarded by mutex_
  std::jthread thread_;
};

}  // namespace placet::rpc
