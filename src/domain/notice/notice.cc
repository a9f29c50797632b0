#include "domain/notice/notice.h"

#include <algorithm>

#include "domain/states.h"

namespace placet::domain {

namespace {

constexpr std::int64_t kMicrosPerMinute = 60'000'000;

Letter& letter_of(Notice& state, StreamVersion notice) {
  const auto found = std::ranges::find(state.letters, notice, &Letter::notice);
  PLACET_CHECK(found != state.letters.end(), "a fact about a notice that was never queued");
  return *found;
}

Notice with(Notice state, StreamVersion notice, Delivery delivery) {
  letter_of(state, notice).delivery = delivery;
  return state;
}

/// Whether somebody might still take it.
bool is_for_good(DeliveryFault fault) {
  return fault != DeliveryFault::unreachable && fault != DeliveryFault::refused_for_now;
}

/// Whether only the mail server can say so.
bool is_of_an_attempt(DeliveryFault fault) {
  return fault == DeliveryFault::unspecified || fault == DeliveryFault::refused || !is_for_good(fault);
}

Timestamp next_try(const Letter& letter, Timestamp now) {
  const auto doublings = std::clamp(letter.attempts - 1, 0, 8);
  const std::int64_t minutes = std::min(std::int64_t{1} << doublings, kPauseMinutesMax);
  return {now.micros + minutes * kMicrosPerMinute};
}

/// The mail, if something may still become of it.
std::expected<const Letter*, Rejection> pending(const Notice& state, StreamVersion notice) {
  const Letter* letter = state.find(notice);
  if (letter == nullptr) return refuse(RejectionCode::not_found, "notice: nothing was queued there");
  if (letter->ended()) return refuse(RejectionCode::already_exists, "notice: was sent, or given up");
  return letter;
}

}  // namespace

const Letter* Notice::find(StreamVersion notice) const {
  const auto found = std::ranges::find(letters, notice, &Letter::notice);
  return found == letters.end() ? nullptr : &*found;
}

Notice evolve(Notice state, const NoticeQueued& event, const Meta& meta) {
  state.letters.push_back({.notice = meta.version, .kind = event.kind, .queued_at = meta.recorded_at});
  return state;
}
Notice evolve(Notice state, const NoticeAttempted& event, const Meta&) {
  Letter& letter = letter_of(state, event.notice);
  letter.delivery = Delivery::attempted;
  ++letter.attempts;
  return state;
}
Notice evolve(Notice state, const NoticeSent& event, const Meta&) {
  return with(std::move(state), event.notice, Delivery::sent);
}
Notice evolve(Notice state, const NoticeFailed& event, const Meta&) {
  return with(std::move(state), event.notice, Delivery::failed);
}
Notice evolve(Notice state, const NoticeGivenUp& event, const Meta&) {
  return with(std::move(state), event.notice, Delivery::given_up);
}

void needs(const AttemptNotice& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.notices)); }
void needs(const RecordDelivery& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.notices));
}

Decision decide(const States& states, const AttemptNotice& command, const Facts& facts) {
  const auto letter = pending(states.notice(command.notices), command.notice);
  if (!letter) return std::unexpected(letter.error());
  return one(stream_of(command.notices), NoticeAttempted{command.notice}, facts.today);
}

Decision decide(const States& states, const RecordDelivery& command, const Facts& facts) {
  const auto letter = pending(states.notice(command.notices), command.notice);
  if (!letter) return std::unexpected(letter.error());
  const StreamId stream = stream_of(command.notices);
  if (is_of_an_attempt(command.fault) && (*letter)->delivery != Delivery::attempted)
    return refuse(RejectionCode::not_ready, "notice: was not attempted");
  if (command.fault == DeliveryFault::unspecified) return one(stream, NoticeSent{command.notice}, facts.today);
  const Timestamp again = next_try(**letter, facts.now);
  const bool too_late = again.micros > (*letter)->queued_at.micros + kDeliveryDays * kMicrosPerDay;
  if (is_for_good(command.fault) || too_late)
    return one(stream, NoticeGivenUp{command.notice, command.fault, command.reply}, facts.today);
  return one(stream, NoticeFailed{command.notice, command.fault, command.reply, again}, facts.today);
}

void queue_notice(Events& events, LedgerId ledger, SheetId sheet, PlacementId placement, NoticeKind kind, PersonId to,
                  Date today, const Parties& parties, std::optional<Period> period) {
  NoticeQueued notice{
      .kind = kind, .to = to, .placement = placement, .sheet = sheet, .account = {}, .period = std::move(period)};
  events.push_back({stream_of(notices_of(ledger, sheet)), notice, today, parties});
}

void queue_notice(Events& events, LedgerId ledger, AccountId account, NoticeKind kind, PersonId to, Date today) {
  NoticeQueued notice{.kind = kind, .to = to, .placement = {}, .sheet = {}, .account = account, .period = {}};
  events.push_back({stream_of(notices_of(ledger, account)), notice, today, {}});
}

}  // namespace placet::domain
