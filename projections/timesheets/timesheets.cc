#include "projections/timesheets/timesheets.h"

namespace placet::projections {

namespace {

void touch(Timesheets::Tables& rows, const domain::Meta& meta) {
  rows.of<SheetHeads>().put(sheet_id(meta), {meta.position, meta.version.value + 1});
}

/// The sheet of the event, made with its indexes if this is its first one.
Sheets::Row& open_sheet(Timesheets::Tables& rows, PlacementId placement, const domain::Period& period,
                        const domain::Meta& meta) {
  touch(rows, meta);
  const SheetId id = sheet_id(meta);
  if (!meta.opens_stream()) return rows.of<Sheets>().edit(id);
  Sheets::Row row;
  row.period = period;
  row.parties = parties_of(rows.of<SheetPlacements>(), placement);
  for_each_party(row.parties, [&](PartyId party) { rows.of<SheetsOfParty>().put({party, period.first, id}, {}); });
  rows.of<SheetsByPeriod>().put({period.first, id}, {});
  return rows.of<Sheets>().put(id, std::move(row));
}

Sheets::Row& touched_sheet(Timesheets::Tables& rows, const domain::Meta& meta) {
  touch(rows, meta);
  return rows.of<Sheets>().edit(sheet_id(meta));
}

template <MovesLines Event>
Sheets::Row& move(Timesheets::Tables& rows, const Event& event, const domain::Meta& meta) {
  Sheets::Row& sheet = touched_sheet(rows, meta);
  move_lines(sheet.lines, event, [](const Sheets::Line&, Phase) {});
  return sheet;
}

/// What an entry says, whether it is new or takes an older one's place.
template <class Event>
void write_line(Sheets::Line& line, const Event& event, const domain::Meta& meta) {
  line.day = event.worked.day;
  line.hour_type = event.hour_type;
  line.worked = event.worked;
  line.note = sealed_text<Event>(event.note, meta);
  line.entered_by = meta.actor.person;
  line.channel = meta.actor.channel;
  line.changed = meta.position;
}

}  // namespace

MinutesByPhase Sheets::Row::minutes() const {
  MinutesByPhase minutes;
  const auto of = [&](Phase phase) -> Minutes& {
    switch (phase) {
      case Phase::open: return minutes.open;
      case Phase::submitted: return minutes.submitted;
      case Phase::approved:
      case Phase::approved_afterwards: return minutes.approved;
      case Phase::refused: return minutes.refused;
      case Phase::accepted: return minutes.accepted;
    }
    check_failed("a phase", __FILE__, __LINE__);
  };
  for (const Line& line : lines) add(of(line.phase), line.worked.minutes);
  return minutes;
}

SheetStatus status_of(const Sheets::Row& sheet) {
  const auto some = [](Minutes minutes) { return minutes != Minutes(); };
  const MinutesByPhase minutes = sheet.minutes();
  if (some(minutes.refused)) return SheetStatus::refused;
  if (some(minutes.approved) && (some(minutes.open) || some(minutes.submitted))) return SheetStatus::partly_approved;
  if (some(minutes.submitted)) return SheetStatus::submitted;
  if (some(minutes.open)) return SheetStatus::open;
  if (some(minutes.approved)) return SheetStatus::approved;
  if (some(minutes.accepted)) return SheetStatus::settled_for_pay;
  return sheet.submitted_empty ? SheetStatus::empty : SheetStatus::open;
}

void Timesheets::apply(Tables& rows, const domain::PlacementProposed& event, const Meta& meta) {
  const SheetParties parties = parties_of(event, meta);
  rows.of<SheetPlacements>().put(parties.placement, parties);
}

void Timesheets::apply(Tables& rows, const domain::EntryRecorded& event, const Meta& meta) {
  Sheets::Row& sheet = open_sheet(rows, event.placement, event.period, meta);
  sheet.submitted_empty = false;
  Sheets::Line& line = sheet.lines.emplace_back();
  line.entry = event.entry;
  write_line(line, event, meta);
}

void Timesheets::apply(Tables& rows, const domain::EntryChanged& event, const Meta& meta) {
  write_line(line_of(touched_sheet(rows, meta).lines, event.entry), event, meta);
}

void Timesheets::apply(Tables& rows, const domain::EntryRemoved& event, const Meta& meta) {
  erase_line(touched_sheet(rows, meta).lines, event.entry);
}

void Timesheets::apply(Tables& rows, const domain::SheetSubmitted& event, const Meta& meta) {
  Sheets::Row& sheet = move(rows, event, meta);
  sheet.submitted_at = meta.recorded_at;
  sheet.submitted_hash = event.content_hash;
  sheet.objected = false;
}

void Timesheets::apply(Tables& rows, const domain::SheetSubmittedEmpty& event, const Meta& meta) {
  Sheets::Row& sheet = open_sheet(rows, event.placement, event.period, meta);
  sheet.submitted_empty = true;
  sheet.submitted_at = meta.recorded_at;
}

void Timesheets::apply(Tables& rows, const domain::DaysApproved& event, const Meta& meta) {
  move(rows, event, meta).approved_at = meta.recorded_at;
}
void Timesheets::apply(Tables& rows, const domain::DaysRefused& event, const Meta& meta) { move(rows, event, meta); }
void Timesheets::apply(Tables& rows, const domain::HoursObjected&, const Meta& meta) {
  touched_sheet(rows, meta).objected = true;
}
void Timesheets::apply(Tables& rows, const domain::SheetWithdrawn& event, const Meta& meta) {
  move(rows, event, meta).submitted_empty = false;
}
void Timesheets::apply(Tables& rows, const domain::SheetReopened& event, const Meta& meta) {
  move(rows, event, meta).submitted_empty = false;
}
void Timesheets::apply(Tables& rows, const domain::AdditionRequested&, const Meta& meta) { touch(rows, meta); }
void Timesheets::apply(Tables& rows, const domain::ApprovalTakenBack& event, const Meta& meta) {
  move(rows, event, meta);
}
void Timesheets::apply(Tables& rows, const domain::DaysAcceptedForPay& event, const Meta& meta) {
  move(rows, event, meta);
}

void Timesheets::apply(Tables& rows, const domain::HoursReversed& event, const Meta& meta) { move(rows, event, meta); }
void Timesheets::apply(Tables& rows, const domain::HoursPaid&, const Meta& meta) { touch(rows, meta); }
void Timesheets::apply(Tables& rows, const domain::HoursInvoiced&, const Meta& meta) { touch(rows, meta); }
void Timesheets::apply(Tables& rows, const domain::HoursCredited&, const Meta& meta) { touch(rows, meta); }
void Timesheets::apply(Tables& rows, const domain::MarginBooked&, const Meta& meta) { touch(rows, meta); }

}  // namespace placet::projections
