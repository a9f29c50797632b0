#include <fmt/format.h>

#include <map>

#include "domain/proposal/proposal.h"
#include "projections/approvals/approvals.h"
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

/// The index to walk for a filter: that of the narrowest party it names.
Uuid narrowest(const HoursFilter& filter) {
  return filter.placement.is_nil() ? narrowest(parties_of(filter)) : filter.placement.value;
}

bool fits(const SheetParties& parties, const domain::Period& period, SheetId sheet, const HoursFilter& filter) {
  const auto same = [](const auto& wanted, const auto& id) { return wanted.is_nil() || wanted == id; };
  return same(filter.placement, parties.placement) && fits(parties, parties_of(filter)) && same(filter.sheet, sheet) &&
         (!filter.from || *filter.from <= period.first) && (!filter.until || period.first <= *filter.until);
}

/// What the client sees of hours that two persons of the employer accepted for pay: they still wait for him.
void hide_accepted(Sheets::Row& sheet) {
  add(sheet.minutes.submitted, sheet.minutes.accepted);
  sheet.minutes.accepted = Minutes();
}
Phase hide_accepted(Phase phase) {
  if (phase == Phase::accepted) return Phase::submitted;
  return phase == Phase::approved_afterwards ? Phase::approved : phase;
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
    sheet.open = row->minutes.open;
    sheet.submitted = row->minutes.submitted;
    sheet.refused = row->minutes.refused;
    sheet.approved = row->minutes.approved;
    sheet.accepted = row->minutes.accepted;
    sheet.objected = row->objected;
    sheet.submitted_at = row->submitted_at;
    sheet.approved_at = row->approved_at;
    if (row->submitted_hash) sheet.content_hash = bytes_of(*row->submitted_hash);
    sheet.changed = row->changed;
    page.rows.push_back(std::move(sheet));
    return 1;
  };
  if (!filter.sheet.is_nil()) {
    PLACET_TRY(show(filter.sheet));
    return page;
  }
  PLACET_ASSIGN(page.next, (walk<SheetsOfParty, SheetsByPeriod>(narrowest(filter), [&](const SheetsByPeriod::Key& key) {
                  return show(std::get<1>(key));
                })));
  return page;
}

Result<Page<Entry>> Queries::entries(SheetId id) {
  PLACET_ASSIGN(const auto sheet, view_.get<Sheets>(id));
  if (!sheet || !sees(sheet->parties, kAudienceOf<domain::EntryRecorded>))
    return fail(ErrorCode::not_found, "sheet: no such thing, or not yours to see");
  const bool hidden = !sees(sheet->parties, kAudienceOf<domain::DaysAcceptedForPay>);
  // By time, which their own keys are not; a sheet has 512 at most.
  std::map<Bytes, std::pair<EntryId, Entries::Row>> lines;
  PLACET_TRY(view_.scan<Entries>(
      [&](const LineKey& key, const Entries::Row& line) {
        const std::tuple by_time(line.day, line.worked.start_local.value_or(-1), std::get<1>(key));
        lines.emplace(key_bytes(by_time), std::pair(std::get<1>(key), line));
        return true;
      },
      id));
  Page<Entry> page;
  for (auto at = lines.upper_bound(context_.asked.after); at != lines.end() && page.rows.size() < limit_; ++at) {
    const auto& [entry_id, line] = at->second;
    Entry entry;
    entry.entry = entry_id;
    entry.day = line.day;
    entry.hour_type = line.hour_type;
    entry.start = clock_time(line.worked.start_local);
    entry.end = clock_time(line.worked.end_local);
    entry.break_minutes = line.worked.break_minutes;
    entry.minutes = line.worked.minutes;
    entry.phase = answer_of<EntryPhase>(hidden ? hide_accepted(line.phase) : line.phase);
    PLACET_ASSIGN(entry.note, names_.text(line.note, sheet->parties.worker.value, "note"));
    entry.entered_by = line.entered_by;
    PLACET_ASSIGN(entry.entered_by_name, names_.person(line.entered_by));
    entry.channel = line.channel;
    entry.changed = line.changed;
    page.rows.push_back(std::move(entry));
    if (page.rows.size() == limit_) page.next = at->first;
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
    approval.approve_by = row->approve_by;
    if (const auto late = row->days_late()) approval.days_late = *late;
    for (const auto& back : row->taken_back) {
      PLACET_ASSIGN(std::string name, names_.person(back.by));
      approval.taken_back.push_back({back.position, back.by, std::move(name), back.at, back.days});
    }
    approval.content_hash = bytes_of(row->content_hash);
    page.rows.push_back(std::move(approval));
    return 1;
  };
  if (!filter.approver.is_nil() && narrowest(filter).is_nil() && is_staff()) {
    PLACET_ASSIGN(page.next,
                  walk_all<ApprovalsOfApprover>(
                      [&](const ApprovalsOfApprover::Key& key) { return show(std::get<1>(key)); }, filter.approver));
    return page;
  }
  PLACET_ASSIGN(page.next, (walk<ApprovalsOfParty, ApprovalsByPosition>(narrowest(filter), show)));
  return page;
}

Result<Page<OpenItem>> Queries::open(const HoursFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<OpenItem> page;
  const auto show = [&](const OpenHours::Key& key) -> Result<std::size_t> {
    const auto& [kind, sheet, day] = key;
    PLACET_ASSIGN(const auto row, view_.get<OpenHours>(key));
    if (!fits(row->parties, row->period, sheet, filter) || !sees(row->parties, audience_of(kind))) return 0;
    OpenItem item;
    item.kind = answer_of<OpenKind>(kind);
    item.sheet = sheet;
    PLACET_ASSIGN(item.parties, named(row->parties));
    item.period = row->period;
    item.day = day;
    item.minutes = row->minutes;
    item.owner = owner_of(kind);
    item.since = row->since;
    item.age_days = static_cast<std::int32_t>((context_.now.micros - row->since.micros) / kMicrosPerDay);
    PLACET_ASSIGN(item.reason, names_.text(row->reason, row->parties.worker.value, "reason"));
    item.cause = row->cause;
    PLACET_ASSIGN(const auto of, view_.get<Sheets>(sheet));
    if (of) item.events = of->events;
    if (is_staff()) {
      PLACET_ASSIGN(const auto placement, view_.get<Placements>(row->parties.placement));
      if (placement) item.employment = placement->employment;
    }
    page.rows.push_back(std::move(item));
    return 1;
  };
  PLACET_ASSIGN(page.next, (walk<OpenHoursOfParty, OpenHours>(narrowest(filter), show)));
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
