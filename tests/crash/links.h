#pragma once

#include <kj/async-io.h>

#include <atomic>
#include <cstdint>
#include <latch>
#include <string>
#include <thread>

namespace placet::testing {

/// Connections to a ledger that go wrong: most are cut off after some bytes, some are slow, some are as they should be.
/// While the ledger is down they wait for it. On a thread of its own.
class Links {
 public:
  /// `server` is a socket file that is the ledger's whenever it runs.
  Links(std::string server, std::uint64_t seed);
  ~Links();
  Links(const Links&) = delete;
  Links& operator=(const Links&) = delete;

  /// What to connect to instead.
  const std::string& address() const { return address_; }
  /// From now on nothing goes wrong any more.
  void mend() { mended_ = true; }

  unsigned cut() const { return cut_; }
  unsigned slow() const { return slow_; }

 private:
  class Loop;

  std::string address_;
  std::atomic<bool> mended_ = false;
  std::atomic<unsigned> cut_ = 0, slow_ = 0;
  kj::Own<kj::CrossThreadPromiseFulfiller<void>> ending_;
  std::latch listening_{1};
  std::thread thread_;
};

}  // namespace placet::testing
