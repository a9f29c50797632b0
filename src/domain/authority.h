#pragma once

#include "domain/decision.h"
#include "domain/states.h"

namespace placet::domain {

/// Whether the actor may do this at all, before the aggregate is asked.
std::expected<void, Rejection> check_authority(const States& states, const Command& command, const Facts& facts);

}  // namespace placet::domain
