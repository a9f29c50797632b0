#include "domain/timesheet/timesheet.h"

#include <algorithm>

#include "base/sort_unique.h"
#include "domain/states.h"

namespace placet::domain {

namespace {

bool holds(std::span<const Date> days, Date day) { return std::find(days.begin(), days.end(), day) != days.end(); }

void add_enterer(Entry& entry, PersonId person) {
  if (!entry.entered(person)) entry.entered_by.push_back(person);
}

/// Of those days; with no days, of all.
bool is_of(const Entry& entry, std::span<const Date> days) { return days.empty() || holds(days, entry.worked.day); }

/// Every line of those days for which `from` holds gets the phase that `to` gives it.
template <class From, class To>
void move(Timesheet& sheet, std::span<const Date> days, From from, To to) {
  for (Entry& entry : sheet.entries) {
    if (holds(days, entry.worked.day) && from(entry)) entry.phase = to(entry);
  }
}

Timesheet open_again(Timesheet sheet, std::span<const Date> days) {
  move(sheet, days, [](const Entry& entry) { return entry.submitted(); }, [](const Entry&) { return Open{}; });
  sheet.submitted_empty = false;
  return sheet;
}

void end_additions(Timesheet& sheet, std::span<const Date> days) {
  std::erase_if(sheet.additions, [&](Date day) { return holds(days, day); });
}

Phase before_approval(const Approved& approved, const Meta& meta) {
  if (approved.accepted) return *approved.accepted;
  return Submitted{meta.position};
}

}  // namespace

bool Entry::entered(PersonId person) const {
  return std::find(entered_by.begin(), entered_by.end(), person) != entered_by.end();
}

const Entry* Timesheet::find(EntryId id) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.id == id; });
  return found == entries.end() ? nullptr : &*found;
}

Lines waiting_lines(const Timesheet& sheet, std::span<const Date> days) {
  return select(sheet, [&](const Entry& entry) { return entry.waiting() && is_of(entry, days); });
}

Lines submitted_lines(const Timesheet& sheet, std::span<const Date> days) {
  return select(sheet, [&](const Entry& entry) { return entry.submitted() && is_of(entry, days); });
}

Minutes minutes_of(const Lines& lines) {
  std::int64_t sum = 0;
  for (const Entry* line : lines) sum += line->worked.minutes.count();
  return Minutes::of(sum);
}

std::vector<Date> days_of(const Lines& lines) {
  std::vector<Date> days;
  for (const Entry* line : lines) days.push_back(line->worked.day);
  sort_unique(days);
  return days;
}

Digest content_hash(const Timesheet& sheet, SheetId id, const Lines& lines) {
  return content_hash(id, sheet.period, {lines.begin(), lines.end()});
}

Digest content_hash(const Timesheet& sheet, SheetId id) {
  std::vector<const Line*> lines;
  for (const Entry& entry : sheet.entries) lines.push_back(&entry);
  return content_hash(id, sheet.period, std::move(lines));
}

Parties parties_of_placement(const States& states, PlacementId placement) {
  return states.placement(placement).parties(placement);
}

Timesheet evolve(Timesheet state, const EntryRecorded& event, const Meta& meta) {
  state.placement = event.placement;
  state.period = event.period;
  state.entries.push_back({{event.entry, event.hour_type, event.worked, digest_of_note(event.note)}, {}, Open{}});
  add_enterer(state.entries.back(), meta.actor.person);
  return state;
}
Timesheet evolve(Timesheet state, const EntryChanged& event, const Meta& meta) {
  for (Entry& entry : state.entries) {
    if (entry.id != event.entry) continue;
    static_cast<Line&>(entry) = {event.entry, event.hour_type, event.worked, digest_of_note(event.note)};
    add_enterer(entry, meta.actor.person);
  }
  return state;
}
Timesheet evolve(Timesheet state, const EntryRemoved& event, const Meta&) {
  std::erase_if(state.entries, [&](const Entry& entry) { return entry.id == event.entry; });
  return state;
}
Timesheet evolve(Timesheet state, const SheetSubmitted& event, const Meta& meta) {
  move(
      state, event.days, [](const Entry& entry) { return entry.open(); },
      [&](const Entry&) { return Submitted{meta.position}; });
  return state;
}
Timesheet evolve(Timesheet state, const SheetSubmittedEmpty& event, const Meta&) {
  state.placement = event.placement;
  state.period = event.period;
  state.submitted_empty = true;
  return state;
}
Timesheet evolve(Timesheet state, const DaysApproved& event, const Meta& meta) {
  move(
      state, event.days, [](const Entry& entry) { return entry.waiting(); },
      [&](const Entry& entry) {
        Approved approved{meta.position, meta.actor.person, std::nullopt};
        if (const auto* accepted = std::get_if<AcceptedForPay>(&entry.phase)) approved.accepted = *accepted;
        return approved;
      });
  end_additions(state, event.days);
  return state;
}
Timesheet evolve(Timesheet state, const DaysRefused& event, const Meta&) {
  return open_again(std::move(state), event.days);
}
Timesheet evolve(Timesheet state, const HoursObjected&, const Meta&) { return state; }
Timesheet evolve(Timesheet state, const SheetWithdrawn& event, const Meta&) {
  return open_again(std::move(state), event.days);
}
Timesheet evolve(Timesheet state, const SheetReopened& event, const Meta&) {
  return open_again(std::move(state), event.days);
}
Timesheet evolve(Timesheet state, const AdditionRequested& event, const Meta&) {
  state.additions.insert(state.additions.end(), event.days.begin(), event.days.end());
  return state;
}
Timesheet evolve(Timesheet state, const ApprovalTakenBack& event, const Meta& meta) {
  move(
      state, event.days, [](const Entry& entry) { return entry.approved(); },
      [&](const Entry& entry) { return before_approval(std::get<Approved>(entry.phase), meta); });
  return state;
}
Timesheet evolve(Timesheet state, const DaysAcceptedForPay& event, const Meta& meta) {
  move(
      state, event.days, [](const Entry& entry) { return entry.submitted(); },
      [&](const Entry&) { return AcceptedForPay{meta.position}; });
  end_additions(state, event.days);
  return state;
}

Timesheet evolve(Timesheet state, const HoursReversed& event, const Meta& meta) {
  move(
      state, event.days, [](const Entry& entry) { return entry.frozen(); },
      [&](const Entry&) { return Submitted{meta.position}; });
  return state;
}
Timesheet evolve(Timesheet state, const HoursPaid& event, const Meta&) {
  for (Entry& entry : state.entries) entry.paid = entry.frozen();
  state.paid = plus(std::move(state.paid), event.lines);
  return state;
}
Timesheet evolve(Timesheet state, const HoursInvoiced& event, const Meta&) {
  state.invoices.push_back({event.invoice, event.lines, {}});
  state.credit_note = InvoiceId();
  for (Entry& entry : state.entries) {
    if (entry.approved() && !entry.invoiced()) entry.on_invoice = static_cast<std::uint16_t>(state.invoices.size());
  }
  return state;
}
/// Only the last invoice of a sheet is credited.
Timesheet evolve(Timesheet state, const HoursCredited& event, const Meta&) {
  if (state.invoices.empty() || state.invoices.back().invoice != event.invoice) return state;
  for (Entry& entry : state.entries) {
    if (entry.on_invoice == state.invoices.size()) entry.on_invoice = 0;
  }
  state.invoices.pop_back();
  state.credit_note = event.credit_note;
  return state;
}
Timesheet evolve(Timesheet state, const MarginBooked& event, const Meta&) {
  if (state.invoices.empty() || state.invoices.back().invoice != event.invoice) return state;
  std::int64_t sum = 0;
  for (const LineMargin& margin : event.margins) sum += margin.purchase.count();
  state.invoices.back().purchase = Money::of(sum);
  return state;
}

}  // namespace placet::domain
