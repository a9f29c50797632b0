#include "portal/portal.h"

#include <utility>

namespace placet::portal {

Result<std::unique_ptr<Portal>> Portal::start(const Services& services, std::vector<std::string> addresses,
                                              std::optional<TlsFiles> tls) {
  std::unique_ptr<Portal> portal(new Portal(services));
  Server::Options options;
  options.addresses = std::move(addresses);
  options.tls = std::move(tls);
  options.answer = [site = &portal->site_](const Request& request) { return site->answer(request); };
  PLACET_ASSIGN(portal->server_, Server::start(std::move(options)));
  return portal;
}

}  // namespace placet::portal
