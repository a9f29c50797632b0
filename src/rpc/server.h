#pragma once

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "rpc/services.h"

namespace placet::rpc {

/// Serves schema/ledger.capnp on a thread of its own, with one KJ event loop for all connections. For programs of this
/// machine only, until it can be TLS.
class Server {
 public:
  /// Each of `addresses` is HOST:PORT, where port 0 takes a free one, or unix:PATH, a socket file, which whoever may
  /// write it can connect to. Listening when it returns.
  static Result<std::unique_ptr<Server>> start(Services services, const std::vector<std::string>& addresses);
  /// Cuts the connections and waits for the thread.
  ~Server();

  /// What to connect to: the addresses, with the ports that were free.
  const std::vector<std::string>& addresses() const { return addresses_; }

 private:
  class Loop;
  Server() = default;

  std::unique_ptr<Loop> loop_;
  std::vector<std::string> addresses_;
  std::thread thread_;
};

}  // namespace placet::rpc
