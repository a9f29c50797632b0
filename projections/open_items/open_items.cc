#include "projections/open_items/open_items.h"

#include <algorithm>
#include <span>

namespace placet::projections {

namespace {

/// In which lists a line stands while it is in that phase.
std::span<const OpenKind> lists_of(Phase phase) {
  static constexpr OpenKind kSubmitted[] = {OpenKind::to_approve};
  static constexpr OpenKind kApproved[] = {OpenKind::to_pay, OpenKind::to_invoice};
  static constexpr OpenKind kRefused[] = {OpenKind::to_correct};
  static constexpr OpenKind kAccepted[] = {OpenKind::to_pay, OpenKind::not_billable};
  switch (phase) {
    case Phase::open: return {};
    case Phase::submitted: return kSubmitted;
    case Phase::approved:
    case Phase::approved_afterwards: return kApproved;
    case Phase::refused: return kRefused;
    case Phase::accepted: return kAccepted;
  }
  check_failed("a phase", __FILE__, __LINE__);
}

template <class Use>
void for_each_party(const SheetParties& parties, Use&& use) {
  for (const Uuid party : {parties.worker.value, parties.client.value, parties.agency.value, parties.placement.value})
    if (!party.is_nil()) use(PartyId(party));
}

bool stands_in(OpenKind kind, Phase phase) { return std::ranges::find(lists_of(phase), kind) != lists_of(phase).end(); }

void enter(OpenItems::Tables& rows, OpenKind kind, const OpenLines::Row& line, const domain::Meta& meta,
           const SealedText& reason) {
  const SheetId sheet = sheet_id(meta);
  OpenHours::Row& open = rows.of<OpenHours>().edit_or_add({kind, sheet, line.day});
  if (open.minutes == Minutes()) {
    const OpenSheets::Row& of = rows.of<OpenSheets>().edit(sheet);
    open.parties = of.parties;
    open.period = of.period;
    open.since = meta.recorded_at;
    for_each_party(of.parties,
                   [&](PartyId party) { rows.of<OpenHoursOfParty>().put({party, kind, sheet, line.day}, {}); });
  }
  add(open.minutes, line.minutes);
  open.cause = meta.position;
  open.reason = reason;
}

void leave(OpenItems::Tables& rows, OpenKind kind, const OpenLines::Row& line, const domain::Meta& meta) {
  const OpenHours::Key key{kind, sheet_id(meta), line.day};
  OpenHours::Row& open = rows.of<OpenHours>().edit(key);
  add(open.minutes, negated(line.minutes));
  if (open.minutes != Minutes()) return;
  for_each_party(open.parties,
                 [&](PartyId party) { rows.of<OpenHoursOfParty>().erase({party, kind, sheet_id(meta), line.day}); });
  rows.of<OpenHours>().erase(key);
}

template <MovesLines Event>
void move(OpenItems::Tables& rows, const Event& event, const domain::Meta& meta, const SealedText& reason = {}) {
  move_lines(rows.of<OpenLines>(), sheet_id(meta), event, [&](const OpenLines::Row& line, Phase before) {
    // What stands in the same list as before keeps its age.
    for (const OpenKind kind : lists_of(before))
      if (!stands_in(kind, line.phase)) leave(rows, kind, line, meta);
    for (const OpenKind kind : lists_of(line.phase))
      if (!stands_in(kind, before)) enter(rows, kind, line, meta, reason);
  });
}

}  // namespace

domain::Role owner_of(OpenKind kind) {
  switch (kind) {
    case OpenKind::to_approve: return domain::Role::client_contact;
    case OpenKind::to_correct: return domain::Role::worker;
    case OpenKind::to_pay:
    case OpenKind::to_invoice:
    case OpenKind::not_billable: return domain::Role::back_office;
  }
  check_failed("a kind of open item", __FILE__, __LINE__);
}

void OpenItems::apply(Tables& rows, const domain::PlacementProposed& event, const Meta& meta) {
  const SheetParties parties = parties_of(event, meta);
  rows.of<OpenPlacements>().put(parties.placement, parties);
}

void OpenItems::apply(Tables& rows, const domain::EntryRecorded& event, const Meta& meta) {
  const SheetId sheet = sheet_id(meta);
  // An empty sheet that was submitted has no row here, so that its first entry need not open its stream.
  if (meta.opens_stream() || rows.of<OpenSheets>().find(sheet) == nullptr)
    rows.of<OpenSheets>().put(sheet, {parties_of(rows.of<OpenPlacements>(), event.placement), event.period});
  rows.of<OpenLines>().put({sheet, event.entry}, {event.worked.day, Phase::open, event.worked.minutes});
}

void OpenItems::apply(Tables& rows, const domain::EntryChanged& event, const Meta& meta) {
  const SheetId sheet = sheet_id(meta);
  OpenLines::Row& line = rows.of<OpenLines>().edit({sheet, event.entry});
  const OpenLines::Row before = line;
  line.day = event.worked.day;
  line.minutes = event.worked.minutes;
  // A refused line that is corrected still waits to be submitted, for the reason for which it was refused.
  for (const OpenKind kind : lists_of(line.phase)) {
    const OpenHours::Row old = rows.of<OpenHours>().edit({kind, sheet, before.day});
    leave(rows, kind, before, meta);
    enter(rows, kind, line, meta, old.reason);
    OpenHours::Row& open = rows.of<OpenHours>().edit({kind, sheet, line.day});
    open.since = std::min(open.since, old.since);
  }
}

void OpenItems::apply(Tables& rows, const domain::EntryRemoved& event, const Meta& meta) {
  const LineKey key{sheet_id(meta), event.entry};
  const OpenLines::Row line = rows.of<OpenLines>().edit(key);
  for (const OpenKind kind : lists_of(line.phase)) leave(rows, kind, line, meta);
  rows.of<OpenLines>().erase(key);
}

void OpenItems::apply(Tables& rows, const domain::SheetSubmitted& event, const Meta& meta) { move(rows, event, meta); }
void OpenItems::apply(Tables& rows, const domain::DaysApproved& event, const Meta& meta) { move(rows, event, meta); }
void OpenItems::apply(Tables& rows, const domain::DaysRefused& event, const Meta& meta) {
  move(rows, event, meta, sealed_text<domain::DaysRefused>(event.reason, meta));
}
void OpenItems::apply(Tables& rows, const domain::SheetWithdrawn& event, const Meta& meta) { move(rows, event, meta); }
void OpenItems::apply(Tables& rows, const domain::SheetReopened& event, const Meta& meta) { move(rows, event, meta); }
void OpenItems::apply(Tables& rows, const domain::ApprovalTakenBack& event, const Meta& meta) {
  move(rows, event, meta);
}
void OpenItems::apply(Tables& rows, const domain::DaysAcceptedForPay& event, const Meta& meta) {
  move(rows, event, meta);
}

void OpenItems::apply(Tables& rows, const domain::ActProposed& event, const Meta& meta) {
  rows.of<OpenProposals>().put(meta.position,
                               {meta.stream, event.command, event.hash, meta.actor.person, meta.recorded_at});
}
void OpenItems::apply(Tables& rows, const domain::ActAgreed& event, const Meta&) {
  rows.of<OpenProposals>().erase(event.proposal);
}

}  // namespace placet::projections
