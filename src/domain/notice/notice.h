#pragma once

#include "domain/decision.h"

namespace placet::domain {

/// Who is to be told about one sheet. A reactor follows the events; the state only counts them.
struct Notice {
  std::uint32_t queued = 0;
};

inline Notice evolve(Notice state, const NoticeQueued&, const Meta&) {
  ++state.queued;
  return state;
}

}  // namespace placet::domain
