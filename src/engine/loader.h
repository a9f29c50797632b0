#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/inbox.h"
#include "store/event_log.h"

namespace placet::engine {

/// Reader threads that fold cold states, so that the engine never waits for the disk: a request that needs some comes
/// here and goes back to the inbox with them. A log that cannot be read ends the process.
class Loader {
 public:
  Loader(const store::EventLog& log, Inbox& inbox, unsigned threads);
  ~Loader();

  void load(std::unique_ptr<Request> request);

 private:
  void run();

  const store::EventLog& log_;
  Inbox& inbox_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::unique_ptr<Request>> waiting_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace placet::engine
