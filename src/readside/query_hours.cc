#include <fmt/format.h>

#include <algorithm>

#include "domain/proposal/proposal.h"
#include "projections/approvals/approvals.h"
#include "projections/directory/directory.h"
#include "projections/open_items/open_items.h"
#include "projections/timesheets/timesheets.h"
#include "readside/queries.h"
#include "readside/query_walk.h"

namespace placet::readside {

using namespace projections;

namespace {

/// The enums of queries.capnp are those of the projections behind `unspecified`.
template <class To, class From>
To answer_of(From from) {
  return static_cast<To>(static_cast<unsigned>(from) + 1);
}
static_assert(static_cast<int>(SheetStatus::settled_for_pay) ==
              static_cast<int>(projections::SheetStatus::settled_for_pay) + 1);
static_assert(static_cast<int>(EntryPhase::approved_afterwards) == static_cast<int>(Phase::approved_afterwards) + 1);
static_assert(static_cast<int>(ApprovalKind::for_pay) == static_cast<int>(projections::ApprovalKind::for_pay) + 1);
static_assert(static_cast<int>(OpenKind::invoice_moved) == static_cast<int>(projections::OpenKind::invoice_moved) + 1);

/// Who may see open hours of a kind: what is paid is not the client's business, what is invoiced not the worker's.
std::uint16_t audience_of(projections::OpenKind kind) {
  switch (kind) {
    case projections::OpenKind::to_approve:
    case projections::OpenKind::to_correct: return kAudienceOf<domain::EntryRecorded>;
    case projections::OpenKind::to_pay:
    case projections::OpenKind::to_recover:
    case projections::OpenKind::pay_moved: return kAudienceOf<domain::HoursPaid>;
    case projections::OpenKind::to_invoice:
    case projections::OpenKind::to_credit:
    case projections::OpenKind::invoice_moved: return kAudienceOf<domain::HoursInvoiced>;
    case projections::OpenKind::not_billable: return kAudienceOf<domain::DaysAcceptedForPay>;
  }
  check_failed("a kind of open item", __FILE__, __LINE__);
}

PartyFilter parties_of(const HoursFilter& filter) { return {filter.worker, filter.client, filter.agency}; }

/// The party by whose index to walk: the narrowest that the filter names. Of a placement it is the worker.
Result<Uuid> narrowest(const View& view, const HoursFilter& filter) {
  if (filter.placement.is_nil()) return narrowest(parties_of(filter));
  PLACET_ASSIGN(const auto placement, view.get<Placements>(filter.placement));
  return placement ? placement->worker.value : filter.placement.value;
}

bool fits(const SheetParties& parties, const domain::Period& period, SheetId sheet, const HoursFilter& filter) {
  const auto same = [](const auto& wanted, const auto& id) { return wanted.is_nil() || wanted == id; };
  return same(filter.placement, parties.placement) && fits(parties, parties_of(filter)) && same(filter.sheet, sheet) &&
         (!filter.from || *filter.from <= period.first) && (!filter.until || period.first <= *filter.until);
}

/// What the client sees of hours that two persons of the employer accepted for pay: they still wait for him.
Phase hide_accepted(Phase phase) {
  if (phase == Phase::accepted) return Phase::submitted;
  return phase == Phase::approved_afterwards ? Phase::approved : phase;
}
void hide_accepted(Sheets::Row& sheet) {
  for (Sheets::Line& line : sheet.lines) line.phase = hide_accepted(line.phase);
}

std::string clock_time(std::optional<std::int16_t> minutes) {
  return minutes ? fmt::format("{:02}:{:02}", *minutes / 60, *minutes % 60) : std::string();
}

}  // namespace

Result<Page<Sheet>> Queries::timesheets(const HoursFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<Sheet> page;
  const auto show = [&](SheetId id) -> Result<std::size_t> {
    PLACET_ASSIGN(auto row, view_.get<Sheets>(id));
    if (!row || !fits(row->parties, row->period, id, filter) || !sees(row->parties, kAudienceOf<domain::EntryRecorded>))
      return 0;
    if (!sees(row->parties, kAudienceOf<domain::DaysAcceptedForPay>)) hide_accepted(*row);
    Sheet sheet;
    sheet.status = answer_of<SheetStatus>(status_of(*row));
    if (filter.status != SheetStatus::unspecified && filter.status != sheet.status) return 0;
    sheet.sheet = id;
    PLACET_ASSIGN(sheet.parties, named(row->parties));
    sheet.period = row->period;
    const MinutesByPhase minutes = row->minutes();
    sheet.open = minutes.open;
    sheet.submitted = minutes.submitted;
    sheet.refused = minutes.refused;
    sheet.approved = minutes.approved;
    sheet.accepted = minutes.accepted;
    sheet.objected = row->objected;
    sheet.submitted_at = row->submitted_at;
    sheet.approved_at = row->approved_at;
    if (row->submitted_hash) sheet.content_hash = bytes_of(*row->submitted_hash);
    PLACET_ASSIGN(const auto head, view_.get<SheetHeads>(id));
    if (head) sheet.changed = head->changed;
    page.rows.push_back(std::move(sheet));
    return 1;
  };
  if (!filter.sheet.is_nil()) {
    PLACET_TRY(show(filter.sheet));
    return page;
  }
  PLACET_ASSIGN(const Uuid party, narrowest(view_, filter));
  PLACET_ASSIGN(page.next, (walk<SheetsOfParty, SheetsByPeriod>(
                               party, [&](const SheetsByPeriod::Key& key) { return show(std::get<SheetId>(key)); })));
  return page;
}

Result<Page<Entry>> Queries::entries(SheetId id) {
  PLACET_ASSIGN(auto sheet, view_.get<Sheets>(id));
  if (!sheet || !sees(sheet->parties, kAudienceOf<domain::EntryRecorded>))
    return fail(ErrorCode::not_found, "sheet: no such thing, or not yours to see");
  if (!sees(sheet->parties, kAudienceOf<domain::DaysAcceptedForPay>)) hide_accepted(*sheet);
  const auto by_time = [](const Sheets::Line& line) {
    return std::tuple(line.day, line.worked.start_local.value_or(-1), line.entry);
  };
  const auto cursor_of = [&](const Sheets::Line& line) { return key_bytes(by_time(line)); };
  std::ranges::sort(sheet->lines, {}, by_time);
  Page<Entry> page;
  for (auto line = std::ranges::upper_bound(sheet->lines, context_.asked.after, {}, cursor_of);
       line != sheet->lines.end() && page.rows.size() < limit_; ++line) {
    Entry entry;
    entry.entry = line->entry;
    entry.day = line->day;
    entry.hour_type = line->hour_type;
    entry.start = clock_time(line->worked.start_local);
    entry.end = clock_time(line->worked.end_local);
    entry.break_minutes = line->worked.break_minutes;
    entry.minutes = line->worked.minutes;
    entry.phase = answer_of<EntryPhase>(line->phase);
    PLACET_ASSIGN(entry.note, names_.text(line->note, sheet->parties.worker.value, "note"));
    entry.entered_by = line->entered_by;
    PLACET_ASSIGN(entry.entered_by_name, names_.person(line->entered_by));
    entry.channel = line->channel;
    entry.changed = line->changed;
    page.rows.push_back(std::move(entry));
    if (page.rows.size() == limit_) page.next = cursor_of(*line);
  }
  return page;
}

Result<Page<Approval>> Queries::approvals(const HoursFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<Approval> page;
  const auto show = [&](LogPosition position) -> Result<std::size_t> {
    PLACET_ASSIGN(const auto row, view_.get<ApprovalsByPosition>(position));
    const bool by_client = row->kind == projections::ApprovalKind::by_client;
    const std::uint16_t audience =
        by_client ? kAudienceOf<domain::DaysApproved> : kAudienceOf<domain::DaysAcceptedForPay>;
    if (!fits(row->parties, row->period, row->sheet, filter) || !sees(row->parties, audience)) return 0;
    if (!filter.approver.is_nil() && filter.approver != row->approver) return 0;
    Approval approval;
    approval.position = position;
    approval.kind = answer_of<ApprovalKind>(row->kind);
    approval.sheet = row->sheet;
    PLACET_ASSIGN(approval.parties, named(row->parties));
    approval.period = row->period;
    approval.days = row->days;
    approval.minutes = row->minutes;
    approval.approver = row->approver;
    PLACET_ASSIGN(approval.approver_name, names_.person(row->approver));
    approval.account = row->account;
    approval.right = row->right;
    approval.holder = row->holder;
    PLACET_ASSIGN(approval.holder_name, names_.person(row->holder));
    approval.proposer = row->proposer;
    approval.strength = row->strength;
    approval.channel = row->channel;
    approval.at = row->at;
    PLACET_ASSIGN(const auto calendar, view_.get<CalendarPeriods>({row->period.kind, row->period.first}));
    if (calendar) {
      approval.approve_by = calendar->approve_by;
      approval.days_late = std::max(0, row->on.days - calendar->approve_by.days);
    }
    for (const auto& back : row->taken_back) {
      PLACET_ASSIGN(std::string name, names_.person(back.by));
      approval.taken_back.push_back({back.position, back.by, std::move(name), back.at, back.days});
    }
    approval.content_hash = bytes_of(row->content_hash);
    page.rows.push_back(std::move(approval));
    return 1;
  };
  PLACET_ASSIGN(const Uuid party, narrowest(view_, filter));
  if (!filter.approver.is_nil() && party.is_nil() && is_staff()) {
    PLACET_ASSIGN(page.next,
                  walk_all<ApprovalsOfApprover>(
                      [&](const ApprovalsOfApprover::Key& key) { return show(std::get<1>(key)); }, filter.approver));
    return page;
  }
  PLACET_ASSIGN(page.next, (walk<ApprovalsOfParty, ApprovalsByPosition>(party, show)));
  return page;
}

Result<Page<OpenItem>> Queries::open(const HoursFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<OpenItem> page;
  const auto show = [&](const OpenByPeriod::Key& key) -> Result<std::size_t> {
    const SheetId sheet = std::get<SheetId>(key);
    PLACET_ASSIGN(const auto row, view_.get<OpenSheets>(sheet));
    if (!row || !fits(row->parties, row->period, sheet, filter)) return 0;
    OpenItem of_sheet;
    of_sheet.sheet = sheet;
    PLACET_ASSIGN(of_sheet.parties, named(row->parties));
    of_sheet.period = row->period;
    PLACET_ASSIGN(const auto head, view_.get<SheetHeads>(sheet));
    if (head) of_sheet.events = head->events;
    if (is_staff()) {
      PLACET_ASSIGN(const auto placement, view_.get<Placements>(row->parties.placement));
      if (placement) of_sheet.employment = placement->employment;
    }
    std::size_t count = 0;
    for (const OpenHours& open : row->open) {
      if (!sees(row->parties, audience_of(open.kind))) continue;
      OpenItem& item = page.rows.emplace_back(of_sheet);
      item.kind = answer_of<OpenKind>(open.kind);
      item.day = open.day;
      item.minutes = open.minutes;
      item.owner = owner_of(open.kind);
      item.since = open.since;
      item.age_days = static_cast<std::int32_t>((context_.now.micros - open.since.micros) / kMicrosPerDay);
      PLACET_ASSIGN(item.reason, names_.text(open.reason, row->parties.worker.value, "reason"));
      item.cause = open.cause;
      ++count;
    }
    return count;
  };
  PLACET_ASSIGN(const Uuid party, narrowest(view_, filter));
  PLACET_ASSIGN(page.next, (walk<OpenOfParty, OpenByPeriod>(party, show)));
  return page;
}

Result<Page<Proposal>> Queries::proposals() {
  if (!is_staff()) return fail(ErrorCode::denied, "proposals: for staff");
  Page<Proposal> page;
  PLACET_ASSIGN(page.next, walk_all<OpenProposals>([&](LogPosition position) -> Result<std::size_t> {
                  PLACET_ASSIGN(const auto row, view_.get<OpenProposals>(position));
                  const Timestamp until{row->since.micros + domain::kProposalDays * kMicrosPerDay};
                  if (until < context_.now) return 0;
                  Proposal proposal;
                  proposal.position = position;
                  proposal.act = domain::kCommandNames[row->command];
                  proposal.category = static_cast<domain::Category>(row->stream.category);
                  proposal.stream = row->stream.id;
                  proposal.proposer = row->proposer;
                  PLACET_ASSIGN(proposal.proposer_name, names_.person(row->proposer));
                  proposal.since = row->since;
                  proposal.until = until;
                  proposal.hash = bytes_of(row->hash);
                  page.rows.push_back(std::move(proposal));
                  return 1;
                }));
  return page;
}

}  // namespace placet::readside
