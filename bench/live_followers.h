#pragma once

#include <kj/async-io.h>

#include <atomic>
#include <cstdint>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "base/id.h"
#include "bench/measure.h"

namespace placet::bench {

/// When a follower had an event in his hands.
struct Receipt {
  LogPosition position;
  Steady::time_point at;
};

/// Followers who wait for what concerns one party each, a few to a connection, on a thread of their own. They begin
/// with what comes after their construction.
class LiveFollowers {
 public:
  static constexpr std::size_t kPerConnection = 20;

  LiveFollowers(const std::string& server, const std::string& token, const std::vector<Uuid>& parties);
  ~LiveFollowers();
  LiveFollowers(const LiveFollowers&) = delete;
  LiveFollowers& operator=(const LiveFollowers&) = delete;

  /// How many events they have been sent.
  std::uint64_t received() const { return received_.load(); }
  /// Ends them; answers what each of them was sent, together. Throws what went wrong with one.
  std::vector<Receipt> stop();

 private:
  class Follower;
  void run(const std::string& server, const std::string& token, const std::vector<Uuid>& parties);

  std::vector<Receipt> receipts_;  // of the thread, until it ends
  std::string failure_;            // so is this
  std::atomic<std::uint64_t> received_ = 0;
  kj::Own<kj::CrossThreadPromiseFulfiller<void>> ending_;
  std::latch begun_{1};
  std::thread thread_;
};

/// A follower who asks for all there is, in the largest pages, and then reads a byte a second.
class SlowReader {
 public:
  SlowReader(const std::string& server, const std::string& token);
  ~SlowReader();
  SlowReader(const SlowReader&) = delete;
  SlowReader& operator=(const SlowReader&) = delete;

 private:
  kj::Own<kj::CrossThreadPromiseFulfiller<void>> ending_;
  std::latch begun_{1};
  std::thread thread_;
};

}  // namespace placet::bench
