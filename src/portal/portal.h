#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "portal/server.h"
#include "portal/services.h"
#include "portal/site.h"

namespace placet::portal {

/// The portal as placetd runs it: pages (site.h) behind an HTTP server (server.h).
class Portal {
 public:
  /// Errors as Server::start.
  static Result<std::unique_ptr<Portal>> start(const Services& services, std::vector<std::string> addresses,
                                               std::optional<TlsFiles> tls);
  std::vector<std::string> addresses() const { return server_->addresses(); }

 private:
  explicit Portal(const Services& services) : services_(services), site_(services_) {}

  const Services services_;
  Site site_;
  std::unique_ptr<Server> server_;  // asks the site: gone before it
};

}  // namespace placet::portal
