#include "projections/approvals/approvals.h"

#include <algorithm>

namespace placet::projections {

namespace {

bool has(const std::vector<Date>& days, Date day) { return std::ranges::find(days, day) != days.end(); }

LogPosition first_of_command(const domain::Meta& meta) { return {meta.position.value - meta.index}; }

/// Everything about an approval that does not depend on its kind, put where it belongs.
template <class Event>
ApprovalsByPosition::Row& add_approval(Approvals::Tables& rows, const Event& event, const domain::Meta& meta) {
  ApprovalsByPosition::Row row;
  row.sheet = sheet_id(meta);
  ApprovalSheets::Row& sheet = rows.of<ApprovalSheets>().edit(row.sheet);
  sheet.approvals.push_back(meta.position);
  row.period = sheet.period;
  row.parties = parties_of(rows.of<ApprovalPlacements>(), sheet.placement);
  row.approver = meta.actor.person;
  row.account = meta.actor.account;
  row.strength = meta.actor.strength;
  row.channel = meta.actor.channel;
  row.days = event.days;
  row.minutes = event.minutes;
  row.content_hash = event.content_hash;
  row.at = meta.recorded_at;
  row.on = meta.effective_on;
  const LastAgreed::Row* agreed = rows.of<LastAgreed>().find(0);
  if (agreed != nullptr && agreed->first_of_command == first_of_command(meta)) row.proposer = agreed->proposer;
  rows.of<ApprovalsOfApprover>().put({row.approver, meta.position}, {});
  for_each_party(row.parties, [&](PartyId party) { rows.of<ApprovalsOfParty>().put({party, meta.position}, {}); });
  return rows.of<ApprovalsByPosition>().put(meta.position, std::move(row));
}

template <class Event>
void remember_sheet(Approvals::Tables& rows, const Event& opening, const domain::Meta& meta) {
  if (meta.opens_stream()) rows.of<ApprovalSheets>().put(sheet_id(meta), {opening.placement, opening.period, {}});
}

/// Of those days no approval of the kinds for which `ends` holds stands any more.
template <class Ends>
void take_back(Approvals::Tables& rows, const std::vector<Date>& days, const domain::Meta& meta, Ends ends) {
  const ApprovalSheets::Row* sheet = rows.of<ApprovalSheets>().find(sheet_id(meta));
  PLACET_CHECK(sheet != nullptr, "an approval is taken back on a sheet that was never opened");
  for (const LogPosition position : sheet->approvals) {
    const ApprovalsByPosition::Row* row = rows.of<ApprovalsByPosition>().find(position);
    if (row == nullptr || !ends(row->kind)) continue;
    std::vector<Date> taken = row->standing_days();
    std::erase_if(taken, [&](Date day) { return !has(days, day); });
    if (taken.empty()) continue;
    rows.of<ApprovalsByPosition>().edit(position).taken_back.push_back(
        {meta.position, meta.actor.person, meta.recorded_at, std::move(taken)});
  }
}

}  // namespace

std::vector<Date> ApprovalsByPosition::Row::standing_days() const {
  std::vector<Date> standing = days;
  for (const TakenBack& taken : taken_back) std::erase_if(standing, [&](Date day) { return has(taken.days, day); });
  return standing;
}

void Approvals::apply(Tables& rows, const domain::PlacementProposed& event, const Meta& meta) {
  const SheetParties parties = parties_of(event, meta);
  rows.of<ApprovalPlacements>().put(parties.placement, parties);
}

void Approvals::apply(Tables& rows, const domain::EntryRecorded& event, const Meta& meta) {
  remember_sheet(rows, event, meta);
}
void Approvals::apply(Tables& rows, const domain::SheetSubmittedEmpty& event, const Meta& meta) {
  remember_sheet(rows, event, meta);
}

void Approvals::apply(Tables& rows, const domain::DaysApproved& event, const Meta& meta) {
  ApprovalsByPosition::Row& row = add_approval(rows, event, meta);
  row.right = event.right;
  row.holder = event.holder;
}

void Approvals::apply(Tables& rows, const domain::DaysAcceptedForPay& event, const Meta& meta) {
  ApprovalsByPosition::Row& row = add_approval(rows, event, meta);
  row.kind = ApprovalKind::for_pay;
  row.right = meta.actor.right;
  row.holder = meta.actor.person;
}

void Approvals::apply(Tables& rows, const domain::ApprovalTakenBack& event, const Meta& meta) {
  take_back(rows, event.days, meta, [](ApprovalKind kind) { return kind == ApprovalKind::by_client; });
}
void Approvals::apply(Tables& rows, const domain::HoursReversed& event, const Meta& meta) {
  take_back(rows, event.days, meta, [](ApprovalKind) { return true; });
}

void Approvals::apply(Tables& rows, const domain::ActAgreed& event, const Meta& meta) {
  rows.of<LastAgreed>().put(0, {first_of_command(meta), event.proposer});
}

}  // namespace placet::projections
