#include <algorithm>

#include "domain/timesheet/hours.h"
#include "domain/timesheet/right.h"
#include "tests/property/domain/history.h"

// Commands about hours.

namespace placet::domain::testing {

namespace {

constexpr std::int64_t kMinuteMicros = 60'000'000;

/// One day of each year has 25 hours and one has 23, as in October and March.
std::int64_t length_of(Date day) {
  if (day.weekday() != Weekday::sunday || day.plus_days(7).month() == day.month()) return 1'440;
  return day.month() == 10 ? 1'500 : day.month() == 3 ? 1'380 : 1'440;
}

}  // namespace

Worked History::random_worked(Date day) {
  Worked worked;
  worked.day = day;
  worked.day_minutes = Minutes::of(length_of(day));
  worked.minutes = Minutes::of(15 * static_cast<std::int64_t>(1 + below(one_in(10) ? 80 : 36)));
  if (one_in(2)) return worked;
  const auto start = static_cast<std::int16_t>(30 * below(48)), end = static_cast<std::int16_t>(30 * below(48));
  const std::int64_t span = end - start + (end <= start ? 1'440 : 0), rest = span > 360 ? 30 : 0;
  worked.start_local = start;
  worked.end_local = end;
  worked.start_at = Timestamp{(day.days * std::int64_t{1'440} + start) * kMinuteMicros};
  worked.end_at = Timestamp{worked.start_at->micros + span * kMinuteMicros};
  worked.break_minutes = Minutes::of(rest);
  worked.minutes = Minutes::of(mostly(span - rest, span, 30));
  return worked;
}

std::optional<Period> History::period_of(const Placement& at, Date day) {
  const PeriodKind kind = at.kind_on(day);
  const auto span = period_holding(kind, day, [&](Date on) -> const Calendar& {
    return story_.state_of<Calendar>(stream_of(four_weeks_calendar_of(kLedger, on)));
  });
  if (!span) return std::nullopt;
  return Period{kind, span->first};
}

std::vector<SheetId> History::sheets_beside(const std::vector<EmploymentId>& employments, PlacementId placement,
                                            const Period& period, const Worked& worked) {
  std::vector<SheetId> sheets;
  const auto four_weeks_on = [&](Date day) -> const Calendar& {
    return story_.state_of<Calendar>(stream_of(four_weeks_calendar_of(kLedger, day)));
  };
  for (const EmploymentId id : employments)
    add_other_sheets(employment(id), kLedger, placement, period, worked, four_weeks_on, sheets);
  return sheets;
}

std::vector<JoinedPerson> History::joined_with(PersonId person) {
  std::vector<JoinedPerson> all;
  const auto owner = [&](ReservationId id) { return story_.state_of<Reservation>(stream_of(id)).owner; };
  for (const PersonId member : story_.state_of<Person>(stream_of(person)).same_as) {
    if (member == person) continue;
    const WorkerId worker(owner(worker_of(kLedger, member)));
    all.push_back({member, worker, EmploymentId(owner(employment_of(kLedger, worker)))});
  }
  return all;
}

/// As an adapter fills them in, once in a while from a directory that lags behind.
template <class C>
void History::fill_hints(C& command) {
  const Placement& at = placement(command.placement);
  if constexpr (requires { command.worker; }) command.worker = mostly(at.worker, WorkerId{}, 60);
  if constexpr (requires { command.other_sheets; }) {
    command.employment = mostly(at.employment, EmploymentId{}, 60);
    command.person = mostly(at.person, PersonId{}, 60);
    command.joined = joined_with(at.person);
    std::vector<EmploymentId> employments = {at.employment};
    for (const JoinedPerson& joined : command.joined) employments.push_back(joined.employment);
    if (one_in(60) && !command.joined.empty()) command.joined.pop_back();
    command.other_sheets = sheets_beside(employments, command.placement, command.period, command.worked);
    if (command.other_sheets.size() > 40) command.other_sheets.resize(40);
    if (one_in(60) && !command.other_sheets.empty()) command.other_sheets.pop_back();
  }
}

const History::SheetAt& History::any_sheet() {
  if (sheets_.empty()) sheets_.push_back({placements_.front(), {PeriodKind::week, today().monday_of_week()}});
  const std::size_t recent = std::min<std::size_t>(sheets_.size(), one_in(10) ? sheets_.size() : 12);
  return sheets_[sheets_.size() - 1 - below(recent)];
}

History::SheetAt History::any_sheet_with(bool (Entry::*so)() const) {
  SheetAt at = any_sheet();
  for (int i = one_in(10) ? 8 : 0; i < 8; ++i) {
    const auto& entries = sheet(at).entries;
    if (std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) { return (entry.*so)(); })) break;
    at = any_sheet();
  }
  return at;
}

PersonId History::any_enterer(const Placement& at) {
  switch (below(6)) {
    case 0: return any(offices_);
    case 1: return any(client_at(at.client).approvers);
    case 2: return recruiter_of(at.agency);
    default: return at.person.is_nil() ? any(offices_) : at.person;
  }
}

PersonId History::any_approver(const Placement& at) {
  const ClientAt& client = client_at(at.client);
  if (one_in(12)) return one_in(2) ? client.machine : client.signatory;
  if (one_in(12) && !at.person.is_nil()) return at.person;
  const auto in_force = approvers_in_force(at, today());
  if (one_in(8)) return any_delegate(in_force);
  return in_force.empty() || one_in(12) ? any(client.approvers) : any(in_force);
}

/// Somebody who acts for one of them today, if there is one.
PersonId History::any_delegate(const std::vector<PersonId>& lenders) {
  std::vector<PersonId> delegates;
  for (const PersonId lender : lenders) {
    for (const Delegation& given : story_.state_of<Person>(stream_of(lender)).delegations) {
      if (given.until >= today()) delegates.push_back(given.to);
    }
  }
  return delegates.empty() ? any(extras_) : any(delegates);
}

/// All days mostly, else some on which something waits (or stands at all), seldom one on which nothing does.
std::vector<Date> History::any_days(const SheetAt& at, bool waiting) {
  if (one_in(2)) return {};
  std::vector<Date> days;
  for (const Entry& entry : sheet(at).entries) {
    const bool there = std::find(days.begin(), days.end(), entry.worked.day) != days.end();
    if (!there && (!waiting || entry.waiting()) && one_in(2)) days.push_back(entry.worked.day);
  }
  if (one_in(20)) days.push_back(at.period.first);
  return days;
}

Digest History::seen(const SheetAt& at, const std::vector<Date>& days, bool submitted_only) {
  const Timesheet& now = sheet(at);
  const Digest digest = content_hash(now, sheet_of(kLedger, at.placement, at.period),
                                     submitted_only ? submitted_lines(now, days) : waiting_lines(now, days));
  seen_before_.push_back(digest);
  return mostly(digest, any(seen_before_), 15);
}

auto History::record_entry() -> Try {
  const PlacementId id = any_running();
  return {some_entry(id), any_enterer(placement(id))};
}

RecordEntry History::some_entry(PlacementId id) {
  const Placement& at = placement(id);
  const Date day = mostly(in_days(-9, 0), in_days(-40, 20), 15);
  const auto period = period_of(at, day);
  RecordEntry command{mostly(fresh<EntryId>(), entries_.empty() ? fresh<EntryId>() : any(entries_), 40),
                      id,
                      {},
                      period.value_or(Period{PeriodKind::four_weeks, day}),
                      any_of<HourType>(kHourTypeCount),
                      random_worked(day),
                      one_in(3) ? box() : Box{},
                      {},
                      {},
                      {},
                      {}};
  if (one_in(60)) command.worked.minutes = Minutes::of(0);
  if (one_in(60)) command.period.first = command.period.first.plus_days(1);
  fill_hints(command);
  entries_.push_back(command.entry);
  const bool known = std::any_of(sheets_.begin(), sheets_.end(), [&](const SheetAt& one) {
    return one.placement == id && one.period == command.period;
  });
  if (period && !known) sheets_.push_back({id, *period});
  return command;
}

/// Mostly a few entries of one placement, at times of two; seldom too many.
auto History::import_hours() -> Try {
  ImportHours command;
  const PlacementId first = any_running(), second = mostly(first, any_running(), 3);
  for (std::uint64_t left = one_in(40) ? 30 : below(5); left > 0; --left)
    command.entries.push_back(some_entry(one_in(2) ? first : second));
  return {command, any_enterer(placement(first))};
}

auto History::change_entry() -> Try {
  const SheetAt at = any_sheet_with(&Entry::open);
  const auto& entries = sheet(at).entries;
  if (entries.empty()) return record_entry();
  const Entry& entry = any(entries);
  ChangeEntry command{mostly(entry.id, fresh<EntryId>(), 40),
                      at.placement,
                      {},
                      at.period,
                      any_of<HourType>(kHourTypeCount),
                      random_worked(mostly(entry.worked.day, any(entries).worked.day, 3)),
                      one_in(3) ? box() : Box{},
                      {},
                      {},
                      {},
                      {}};
  fill_hints(command);
  return {command, any_enterer(placement(at.placement))};
}

auto History::remove_entry() -> Try {
  const SheetAt at = any_sheet_with(&Entry::open);
  const auto& entries = sheet(at).entries;
  if (entries.empty()) return record_entry();
  return {RemoveEntry{mostly(any(entries).id, fresh<EntryId>()), at.placement, at.period},
          any_enterer(placement(at.placement))};
}

auto History::submit_sheet() -> Try {
  const SheetAt at = any_sheet_with(&Entry::open);
  return {SubmitSheet{at.placement, at.period}, any_enterer(placement(at.placement))};
}

auto History::submit_empty() -> Try {
  const PlacementId id = any_placement();
  const Placement& at = placement(id);
  const Period period = period_of(at, in_days(-20, 2)).value_or(Period{PeriodKind::four_weeks, today()});
  sheets_.push_back({id, period});
  return {SubmitEmpty{id, period}, any_enterer(at)};
}

auto History::approve_hours() -> Try {
  const SheetAt at = any_sheet_with(&Entry::waiting);
  const auto days = any_days(at, true);
  const PersonId by = any_approver(placement(at.placement));
  const auto right = right_on(placement(at.placement), story_.state_of<Person>(stream_of(by)), today());
  const PersonId lender = right && right->right == Right::delegation ? right->holder : PersonId{};
  return {ApproveHours{at.placement, at.period, days, seen(at, days, false), mostly(lender, PersonId{}, 60)}, by};
}

auto History::refuse_hours() -> Try {
  const SheetAt at = any_sheet_with(&Entry::waiting);
  RefuseHours command{at.placement, at.period, {}, any_days(at, true), reason()};
  fill_hints(command);
  return {command, any_approver(placement(at.placement))};
}

auto History::object_to_hours() -> Try {
  const SheetAt at = any_sheet();
  ObjectToHours command{at.placement, at.period, {}, reason()};
  fill_hints(command);
  return {command, placement(at.placement).person};
}

auto History::withdraw_sheet() -> Try {
  const SheetAt at = any_sheet_with(&Entry::submitted);
  return {WithdrawSheet{at.placement, at.period}, any_enterer(placement(at.placement))};
}

auto History::reopen_sheet() -> Try {
  const SheetAt at = any_sheet_with(&Entry::submitted);
  ReopenSheet command{at.placement, at.period, {}, any_days(at, true), reason()};
  fill_hints(command);
  return {command, any(offices_)};
}

auto History::request_addition() -> Try {
  const SheetAt at = any_sheet_with(&Entry::frozen);
  std::vector<Date> days = any_days(at, false);
  if (days.empty() && !sheet(at).entries.empty()) days.push_back(any(sheet(at).entries).worked.day);
  RequestAddition command{at.placement, at.period, {}, std::move(days), reason()};
  fill_hints(command);
  return {command, any_enterer(placement(at.placement))};
}

auto History::take_approval_back() -> Try {
  const SheetAt at = any_sheet_with(&Entry::approved);
  TakeApprovalBack command{at.placement, at.period, {}, any_days(at, false), reason()};
  fill_hints(command);
  return {command, one_in(2) ? any(offices_) : any_approver(placement(at.placement))};
}

auto History::accept_for_pay() -> Try {
  const SheetAt at = any_sheet_with(&Entry::submitted);
  const auto days = any_days(at, true);
  AcceptForPay command{at.placement, at.period, {}, days, seen(at, days, true), reason()};
  fill_hints(command);
  return {command, any(offices_)};
}

}  // namespace placet::domain::testing
