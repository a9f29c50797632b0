#pragma once

#include "domain/decision.h"
#include "domain/states.h"

namespace placet::domain {

/// What a command needs before it can be decided. The first state is the stream that a caller's expected version is
/// about.
Needs needs_of(const Command& command, const Facts& facts);

/// The same, though it takes a second person and there is none: what a proposal would do.
Decision carry_out(const States& states, const Command& command, const Facts& facts);

/// The events that carry the command out, or why not. Pure: no clock, no I/O, no randomness.
Decision decide(const States& states, const Command& command, const Facts& facts);

}  // namespace placet::domain
