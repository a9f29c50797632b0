#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/client/connection.h"
#include "tools/client/hours.h"

namespace placet::bench {

/// Throws `client::Refused` for the first that is not.
void require_accepted(capnp::List<schema::Outcome>::Reader outcomes);

struct Singles {
  double per_second = 0;
  std::int64_t p50_micros = 0;
  std::int64_t p99_micros = 0;
  std::vector<std::int64_t> micros;  // of each command
};

/// Callers with a connection each, who send their next command when the last one is answered. Each enters hours of its
/// own workers, from one call to the next.
Singles singles(client::Connection& loop, const std::string& server, const std::string& token, int seconds,
                std::vector<client::HourCommands>& hours);

}  // namespace placet::bench
