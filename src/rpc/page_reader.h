#pragma once

#include <deque>

#include "base/result.h"
#include "rpc/page.h"
#include "rpc/side_thread.h"
#include "store/event_log.h"

namespace placet::rpc {

/// Reads pages from the log for the RPC thread, which must not wait for the disk. Whoever got a full page will ask
/// for the one after it, so that is read meanwhile. Lives on the RPC thread.
class PageReader {
 public:
  explicit PageReader(const store::EventLog& log) : log_(log) {}

  /// Of the log as it is now.
  kj::Promise<Result<Page>> read(PageQuestion question);

 private:
  struct Ahead {
    PageQuestion question;
    kj::Promise<Result<Page>> page;
  };

  kj::Promise<Result<Page>> put(PageQuestion question);
  void read_ahead(PageQuestion question, LogSize next);
  Result<Page> read_log(const PageQuestion& question) const;

  const store::EventLog& log_;
  std::deque<Ahead> ahead_;  // the oldest first
  SideThread<Result<Page>> thread_{"pages"};
};

}  // namespace placet::rpc
