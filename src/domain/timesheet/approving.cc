#include <algorithm>

#include "domain/timesheet/checks.h"
#include "domain/timesheet/right.h"

// The client's judgement of hours, and the employer's own when the client gives none.

namespace placet::domain {

namespace {

constexpr const char* kNothingWaits = "waits for approval";

bool waiting(const Entry& entry) { return entry.waiting(); }

/// Not the worker himself, under whatever person he is known.
std::expected<void, Rejection> check_not_own(const Placement& placement, const Person& judge) {
  if (judge.is(placement.person)) return refuse_by_control(RejectionCode::own_hours);
  return {};
}

std::expected<void, Rejection> check_not_entered(const Lines& lines, const Person& judge) {
  for (const Entry* line : lines) {
    const bool by_him = std::any_of(line->entered_by.begin(), line->entered_by.end(),
                                    [&](PersonId person) { return judge.is(person); });
    if (by_him) return refuse_by_control(RejectionCode::entered_by_you);
  }
  return {};
}

std::expected<void, Rejection> check_seen(const SheetAt& at, const Lines& lines, const Digest& seen) {
  if (seen == content_hash(at.sheet, at.id, lines)) return {};
  return refuse(RejectionCode::entries_moved,
                "seen: the hours of those days are no longer those that you saw; read the sheet again");
}

void tell_worker(Events& events, const SheetAt& at, PlacementId placement, NoticeKind kind, const Facts& facts) {
  queue_notice(events, facts.ledger, at.id, placement, kind, at.placement.person, facts.today, at.parties);
}

/// Both persons of the employer are somebody else than the worker and whoever entered the hours.
std::expected<void, Rejection> check_two_persons(const States& states, const SheetAt& at, const Lines& lines,
                                                 const Facts& facts) {
  for (const PersonId id : {facts.actor.person, facts.second}) {
    if (id.is_nil()) continue;
    const Person& person = states.person(id);
    if (auto checked = check_not_own(at.placement, person); !checked) return checked;
    if (auto checked = check_not_entered(lines, person); !checked) return checked;
  }
  return {};
}

}  // namespace

void needs(const ApproveHours& command, const Facts& facts, Needs& out) {
  needs_sheet_and_notices(command, facts, out);
  need(command.lender, out);
}
void needs(const RefuseHours& command, const Facts& facts, Needs& out) { needs_sheet_and_notices(command, facts, out); }
void needs(const TakeApprovalBack& command, const Facts& facts, Needs& out) {
  needs_sheet_and_notices(command, facts, out);
}
void needs(const ReverseHours& command, const Facts& facts, Needs& out) {
  needs_sheet_and_notices(command, facts, out);
}
void needs(const AcceptForPay& command, const Facts& facts, Needs& out) {
  needs_sheet_and_notices(command, facts, out);
}

Decision decide(const States& states, const ApproveHours& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  const Person& judge = states.person(facts.actor.person);
  if (auto checked = check_not_own(at->placement, judge); !checked) return std::unexpected(checked.error());
  const auto by = approval_right(at->placement, judge, facts);
  if (!by) return std::unexpected(by.error());
  // Nobody can lend what he does not have: a delegate judges only what the lender could judge himself.
  const Person* lender = nullptr;
  if (by->right == Right::delegation) {
    if (command.lender != by->holder)
      return refuse(RejectionCode::stale,
                    "lender: is not by whose delegation you approve by now; read again and retry");
    lender = &states.person(command.lender);
    if (auto checked = check_not_own(at->placement, *lender); !checked) return std::unexpected(checked.error());
  }
  auto days = days_with(at->sheet, command.days, waiting, RejectionCode::not_submitted, kNothingWaits);
  if (!days) return std::unexpected(std::move(days).error());
  const auto lines = waiting_lines(at->sheet, *days);
  for (const Person* person : {&judge, lender}) {
    if (person == nullptr) continue;
    if (auto checked = check_not_entered(lines, *person); !checked) return std::unexpected(checked.error());
  }
  if (auto checked = check_seen(*at, lines, command.seen); !checked) return std::unexpected(checked.error());
  Events events =
      one(stream_of(at->id), DaysApproved{*std::move(days), minutes_of(lines), command.seen, by->right, by->holder},
          facts.today, at->parties);
  tell_worker(events, *at, command.placement, NoticeKind::hours_approved, facts);
  return events;
}

Decision decide(const States& states, const RefuseHours& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (auto by = approval_right(at->placement, states.person(facts.actor.person), facts); !by)
    return std::unexpected(std::move(by).error());
  if (auto checked = check_reason(command.reason); !checked) return std::unexpected(checked.error());
  auto days = days_with(at->sheet, command.days, waiting, RejectionCode::not_submitted, kNothingWaits);
  if (!days) return std::unexpected(std::move(days).error());
  for (const Entry* line : waiting_lines(at->sheet, *days)) {
    if (line->frozen())
      return refuse(RejectionCode::settled,
                    "days: " + line->worked.day.to_string() + " is settled by the employer; ask it for a correction");
  }
  Events events = one(stream_of(at->id), DaysRefused{*std::move(days), command.reason}, facts.today, at->parties);
  tell_worker(events, *at, command.placement, NoticeKind::hours_refused, facts);
  return events;
}

Decision decide(const States& states, const TakeApprovalBack& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  const Person& actor = states.person(facts.actor.person);
  if (!actor.has(Role::back_office, facts.today)) {
    if (auto by = approval_right(at->placement, actor, facts); !by) return std::unexpected(std::move(by).error());
  }
  if (auto checked = check_reason(command.reason); !checked) return std::unexpected(checked.error());
  auto days = days_with(
      at->sheet, command.days, [](const Entry& entry) { return entry.approved(); }, RejectionCode::not_approved,
      "is approved");
  if (!days) return std::unexpected(std::move(days).error());
  for (const Entry& entry : at->sheet.entries) {
    // What two persons accepted for pay stays paid without the client's approval.
    const auto* approval = std::get_if<Approved>(&entry.phase);
    const bool stands = approval != nullptr && (entry.invoiced() || (entry.paid && !approval->accepted));
    if (stands && std::ranges::binary_search(*days, entry.worked.day))
      return refuse(RejectionCode::settled, "days: " + entry.worked.day.to_string() +
                                                " is paid or invoiced; ask for a correction (reverseHours)");
  }
  Events events = one(stream_of(at->id), ApprovalTakenBack{*std::move(days), command.reason}, facts.today, at->parties);
  tell_worker(events, *at, command.placement, NoticeKind::approval_taken_back, facts);
  return events;
}

Decision decide(const States& states, const AcceptForPay& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (auto checked = check_reason(command.reason); !checked) return std::unexpected(checked.error());
  auto days = days_with(
      at->sheet, command.days, [](const Entry& entry) { return entry.submitted(); }, RejectionCode::not_submitted,
      "is submitted");
  if (!days) return std::unexpected(std::move(days).error());
  const auto lines = submitted_lines(at->sheet, *days);
  if (auto checked = check_two_persons(states, *at, lines, facts); !checked) return std::unexpected(checked.error());
  if (auto checked = check_seen(*at, lines, command.seen); !checked) return std::unexpected(checked.error());
  Events events =
      one(stream_of(at->id), DaysAcceptedForPay{*std::move(days), minutes_of(lines), command.seen, command.reason},
          facts.today, at->parties);
  tell_worker(events, *at, command.placement, NoticeKind::hours_accepted_for_pay, facts);
  return events;
}

Decision decide(const States& states, const ReverseHours& command, const Facts& facts) {
  const auto at = sheet_at(states, command, facts);
  if (!at) return std::unexpected(at.error());
  if (auto checked = check_reason(command.reason); !checked) return std::unexpected(checked.error());
  auto days = days_with(
      at->sheet, command.days, [](const Entry& entry) { return entry.frozen() && entry.settled(); },
      RejectionCode::not_approved, "is approved and paid or invoiced; an approval alone is taken back");
  if (!days) return std::unexpected(std::move(days).error());
  Lines lines;
  for (const Entry& entry : at->sheet.entries) {
    if (entry.frozen() && std::ranges::binary_search(*days, entry.worked.day)) lines.push_back(&entry);
  }
  if (auto checked = check_two_persons(states, *at, lines, facts); !checked) return std::unexpected(checked.error());
  Events events = one(stream_of(at->id), HoursReversed{*std::move(days), command.reason}, facts.today, at->parties);
  tell_worker(events, *at, command.placement, NoticeKind::hours_reversed, facts);
  return events;
}

}  // namespace placet::domain
