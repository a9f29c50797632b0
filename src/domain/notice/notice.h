#pragma once

#include "domain/decision.h"

namespace placet::domain {

/// Who is to be told about one sheet. A reactor follows the events; the state only counts them.
struct Notice {
  std::uint32_t queued = 0;
};

Notice evolve(Notice state, const NoticeQueued& event, const Meta& meta);

/// Adds to `events` that somebody is to be told: in the same command as its cause, so that neither is without the
/// other. It names things by id and holds nothing personal.
void queue_notice(Events& events, LedgerId ledger, SheetId sheet, PlacementId placement, NoticeKind kind, PersonId to,
                  Date today, const Parties& parties);

}  // namespace placet::domain
