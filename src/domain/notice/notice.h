#pragma once

#include <optional>
#include <vector>

#include "domain/decision.h"

namespace placet::domain {

class States;

/// How far a mail is. `attempted`: it was handed to the mail server, or the service ended just before or after.
enum class Delivery : std::uint8_t { queued, attempted, failed, sent, given_up };

struct Letter {
  StreamVersion notice;  // of its `noticeQueued`: what later facts call it by
  NoticeKind kind = NoticeKind::unspecified;
  Delivery delivery = Delivery::queued;
  std::uint16_t attempts = 0;
  Timestamp queued_at;

  bool ended() const { return delivery == Delivery::sent || delivery == Delivery::given_up; }
};

/// Who is to be told about one thing, such as a sheet, and what became of the mails to them.
///
/// Invariants, each with a property test of the same name:
///   EndsOnce   a mail is sent or given up at most once, and nothing follows.
struct Notice {
  std::vector<Letter> letters;  // as they were queued

  const Letter* find(StreamVersion notice) const;
};

/// A mail that the mail server did not take is tried again after a minute, then after two, four, up to four hours; and
/// given up when the next try would be more than three days after it was queued.
inline constexpr std::int64_t kPauseMinutesMax = 240;
inline constexpr std::int64_t kDeliveryDays = 3;

Notice evolve(Notice state, const NoticeQueued& event, const Meta& meta);
Notice evolve(Notice state, const NoticeAttempted& event, const Meta& meta);
Notice evolve(Notice state, const NoticeSent& event, const Meta& meta);
Notice evolve(Notice state, const NoticeFailed& event, const Meta& meta);
Notice evolve(Notice state, const NoticeGivenUp& event, const Meta& meta);

void needs(const AttemptNotice& command, const Facts& facts, Needs& out);
void needs(const RecordDelivery& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const AttemptNotice& command, const Facts& facts);
Decision decide(const States& states, const RecordDelivery& command, const Facts& facts);

/// Adds to `events` that somebody is to be told about a sheet: in the same command as its cause, so that neither is
/// without the other. It names things by id and holds nothing personal.
/// `period`: of a sheet that need not exist.
void queue_notice(Events& events, LedgerId ledger, SheetId sheet, PlacementId placement, NoticeKind kind, PersonId to,
                  Date today, const Parties& parties, std::optional<Period> period = {});
/// The same about somebody's account.
void queue_notice(Events& events, LedgerId ledger, AccountId account, NoticeKind kind, PersonId to, Date today);

}  // namespace placet::domain
