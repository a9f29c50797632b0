#include "domain/notice/notice.h"

namespace placet::domain {

Notice evolve(Notice state, const NoticeQueued&, const Meta&) {
  ++state.queued;
  return state;
}

void queue_notice(Events& events, LedgerId ledger, SheetId sheet, PlacementId placement, NoticeKind kind, PersonId to,
                  Date today, const Parties& parties) {
  events.push_back({stream_of(notices_of(ledger, sheet)), NoticeQueued{kind, to, placement, sheet}, today, parties});
}

}  // namespace placet::domain
