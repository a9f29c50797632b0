#pragma once

#include <kj/async.h>

#include <optional>

#include "rpc/services.h"

namespace placet::rpc {

/// Has a command of the server's own making decided in the name of that actor; what it is refused with, once the answer
/// is durable. Its id is fresh: nobody can send it again.
kj::Promise<std::optional<domain::Rejection>> act(Services& services, const domain::Actor& actor,
                                                  domain::Command command);

}  // namespace placet::rpc
