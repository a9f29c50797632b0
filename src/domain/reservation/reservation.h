#pragma once

#include "domain/decision.h"

namespace placet::domain {

/// Something of which there may be one (an e-mail address, a citizen number): the stream whose id is its keyed hash
/// exists from the moment that somebody has it.
struct Reservation {
  Uuid owner;  // nil: free
};

inline Reservation evolve(Reservation, const Reserved& event, const Meta&) { return {event.owner}; }

}  // namespace placet::domain
