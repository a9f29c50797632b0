#include "projections/timesheets/timesheets.h"

namespace placet::projections {

namespace {

/// The sheet of the event, made with its indexes if this is its first one.
Sheets::Row& open_sheet(Timesheets::Tables& rows, PlacementId placement, const domain::Period& period,
                        const domain::Meta& meta) {
  const SheetId id = sheet_id(meta);
  auto& sheets = rows.of<Sheets>();
  if (!meta.opens_stream()) return sheets.edit(id);
  Sheets::Row row;
  row.period = period;
  row.parties = parties_of(rows.of<SheetPlacements>(), placement);
  for (const Uuid party :
       {row.parties.worker.value, row.parties.client.value, row.parties.agency.value, placement.value})
    if (!party.is_nil()) rows.of<SheetsOfParty>().put({PartyId(party), period.first, id}, {});
  rows.of<SheetsByPeriod>().put({period.first, id}, {});
  sheets.put(id, row);
  return sheets.edit(id);
}

Sheets::Row& touch(Sheets::Row& sheet, const domain::Meta& meta) {
  sheet.changed = meta.position;
  sheet.changed_at = meta.recorded_at;
  sheet.events = meta.version.value + 1;
  return sheet;
}
Sheets::Row& touched_sheet(Timesheets::Tables& rows, const domain::Meta& meta) {
  return touch(rows.of<Sheets>().edit(sheet_id(meta)), meta);
}

template <class Key>
void add_to(std::map<Key, MinutesByPhase>& totals, Key key, Phase phase, Minutes minutes) {
  MinutesByPhase& total = totals[key];
  add(total.of(phase), minutes);
  if (total.empty()) totals.erase(key);
}

/// Adds the minutes of a line to every total of the sheet that counts them; negative ones take them out.
void count(Sheets::Row& sheet, const Entries::Row& line, Phase phase, Minutes minutes) {
  add(sheet.minutes.of(phase), minutes);
  add_to(sheet.by_day, line.day, phase, minutes);
  add_to(sheet.by_hour_type, line.hour_type, phase, minutes);
}

template <MovesLines Event>
Sheets::Row& move(Timesheets::Tables& rows, const Event& event, const domain::Meta& meta) {
  Sheets::Row& sheet = touched_sheet(rows, meta);
  move_lines(rows.of<Entries>(), sheet_id(meta), event, [&](const Entries::Row& line, Phase before) {
    count(sheet, line, before, negated(line.worked.minutes));
    count(sheet, line, line.phase, line.worked.minutes);
  });
  return sheet;
}

/// What an entry says, whether it is new or takes an older one's place.
template <class Event>
void write_line(Entries::Row& line, const Event& event, const domain::Meta& meta) {
  line.day = event.worked.day;
  line.hour_type = event.hour_type;
  line.worked = event.worked;
  line.note = sealed_text<Event>(event.note, meta);
  line.entered_by = meta.actor.person;
  line.channel = meta.actor.channel;
  line.changed = meta.position;
}

}  // namespace

Minutes& MinutesByPhase::of(Phase phase) {
  switch (phase) {
    case Phase::open: return open;
    case Phase::submitted: return submitted;
    case Phase::approved:
    case Phase::approved_afterwards: return approved;
    case Phase::refused: return refused;
    case Phase::accepted: return accepted;
  }
  check_failed("a phase", __FILE__, __LINE__);
}

Minutes MinutesByPhase::entered() const {
  Minutes sum;
  for (const Minutes part : {open, submitted, approved, refused, accepted}) add(sum, part);
  return sum;
}

SheetStatus status_of(const Sheets::Row& sheet) {
  const auto some = [](Minutes minutes) { return minutes != Minutes(); };
  const MinutesByPhase& minutes = sheet.minutes;
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
  Sheets::Row& sheet = touch(open_sheet(rows, event.placement, event.period, meta), meta);
  Entries::Row line;
  write_line(line, event, meta);
  sheet.submitted_empty = false;
  count(sheet, line, line.phase, line.worked.minutes);
  rows.of<Entries>().put({sheet_id(meta), event.entry}, line);
}

void Timesheets::apply(Tables& rows, const domain::EntryChanged& event, const Meta& meta) {
  Sheets::Row& sheet = touched_sheet(rows, meta);
  Entries::Row& line = rows.of<Entries>().edit({sheet_id(meta), event.entry});
  count(sheet, line, line.phase, negated(line.worked.minutes));
  write_line(line, event, meta);
  count(sheet, line, line.phase, line.worked.minutes);
}

void Timesheets::apply(Tables& rows, const domain::EntryRemoved& event, const Meta& meta) {
  Sheets::Row& sheet = touched_sheet(rows, meta);
  const LineKey key{sheet_id(meta), event.entry};
  const Entries::Row& line = rows.of<Entries>().edit(key);
  count(sheet, line, line.phase, negated(line.worked.minutes));
  rows.of<Entries>().erase(key);
}

void Timesheets::apply(Tables& rows, const domain::SheetSubmitted& event, const Meta& meta) {
  Sheets::Row& sheet = move(rows, event, meta);
  sheet.submitted_at = meta.recorded_at;
  sheet.submitted_hash = event.content_hash;
  sheet.objected = false;
}

void Timesheets::apply(Tables& rows, const domain::SheetSubmittedEmpty& event, const Meta& meta) {
  Sheets::Row& sheet = touch(open_sheet(rows, event.placement, event.period, meta), meta);
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
void Timesheets::apply(Tables& rows, const domain::AdditionRequested&, const Meta& meta) { touched_sheet(rows, meta); }
void Timesheets::apply(Tables& rows, const domain::ApprovalTakenBack& event, const Meta& meta) {
  move(rows, event, meta);
}
void Timesheets::apply(Tables& rows, const domain::DaysAcceptedForPay& event, const Meta& meta) {
  move(rows, event, meta);
}

void Timesheets::apply(Tables& rows, const domain::HoursReversed& event, const Meta& meta) { move(rows, event, meta); }
void Timesheets::apply(Tables& rows, const domain::HoursPaid&, const Meta& meta) { touched_sheet(rows, meta); }
void Timesheets::apply(Tables& rows, const domain::HoursInvoiced&, const Meta& meta) { touched_sheet(rows, meta); }
void Timesheets::apply(Tables& rows, const domain::HoursCredited&, const Meta& meta) { touched_sheet(rows, meta); }
void Timesheets::apply(Tables& rows, const domain::MarginBooked&, const Meta& meta) { touched_sheet(rows, meta); }

}  // namespace placet::projections
