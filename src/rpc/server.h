#pragma once

#include <memory>
#include <string>
#include <thread>

#include "base/result.h"
#include "rpc/services.h"

namespace placet::rpc {

/// Serves schema/ledger.capnp on a thread of its own, with one KJ event loop for all connections. Loopback only, until
/// it can be TLS.
class Server {
 public:
  /// `address` is HOST:PORT; port 0 takes a free one. Listening when it returns.
  static Result<std::unique_ptr<Server>> start(Services services, const std::string& address);
  /// Cuts the connections and waits for the thread.
  ~Server();

  unsigned port() const { return port_; }

 private:
  class Loop;
  Server() = default;

  std::unique_ptr<Loop> loop_;
  unsigned port_ = 0;
  std::thread thread_;
};

}  // namespace placet::rpc
