#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "tools/client/connection.h"
#include "tools/client/hours.h"

namespace placet::bench {

/// Throws `client::Refused` for the first that is not.
void require_accepted(capnp::List<schema::Outcome>::Reader outcomes);

/// Callers with a connection each, who send their next command when the last one is answered. Each enters hours of its
/// own workers, from one call to the next.
Work singles(client::Connection& loop, const std::string& server, const std::string& token, int seconds,
             std::span<client::HourCommands> hours);

/// Fills one call of commands.
using FillCall = std::function<void(capnp::Request<schema::Commands::SubmitParams, schema::Commands::SubmitResults>&)>;
/// Calls over one connection for as long as it shall go on, some outstanding, so that the ledger never waits for its
/// client.
Work calls(client::Connection& connection, unsigned outstanding, const FillCall& fill,
           const std::function<bool()>& goes_on);

/// For so many seconds from now.
std::function<bool()> lasting(int seconds);

/// So many hour entries in each call.
FillCall batches_of(client::HourCommands& hours, unsigned commands);

/// The stored bytes of an hour entry, as the ledger made them.
std::size_t entry_bytes(client::Connection& connection);

}  // namespace placet::bench
