#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "portal/http.h"

namespace placet::portal {

/// Certificate chain and private key, in PEM.
struct TlsFiles {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

/// HTTP/1.1 for browsers (Boost.Beast): reads requests, has them answered, writes the answers. Thread "http" waits for
/// sockets; a few threads "page" answer, each a request at a time, and may wait for the ledger.
///
/// Limits, beyond which a connection is answered 4xx or 503, or closed: 512 connections, 64 requests that wait for a
/// thread, 16 KiB of headers, 1 MiB of body, and 20 s for a request, an answer, or until the next request.
class Server {
 public:
  struct Options {
    /// HOST:PORT, where port 0 takes a free one. Without TLS only on loopback.
    std::vector<std::string> addresses;
    std::optional<TlsFiles> tls;
    /// Called on any of the threads. Must not throw.
    std::function<Response(const Request&)> answer;
    unsigned threads = 6;
  };
  /// `invalid` for an address or a file that is none, `denied` for another machine's address without TLS, `io` when it
  /// cannot listen there.
  static Result<std::unique_ptr<Server>> start(Options options);
  virtual ~Server() = default;

  /// HOST:PORT of each, with the ports that were taken.
  virtual std::vector<std::string> addresses() const = 0;
};

}  // namespace placet::portal
