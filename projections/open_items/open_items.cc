#include "projections/open_items/open_items.h"

#include <algorithm>
#include <vector>

#include "domain/pricing/pricing.h"

namespace placet::projections {

namespace {

/// A set of lists.
class Lists {
 public:
  constexpr Lists() = default;
  constexpr void add(OpenKind kind, bool stands = true) {
    if (stands) bits_ |= 1U << static_cast<unsigned>(kind);
  }
  constexpr bool has(OpenKind kind) const { return (bits_ >> static_cast<unsigned>(kind) & 1U) != 0; }

 private:
  unsigned bits_ = 0;
};

/// In which lists a line stands as it is.
Lists lists_of(const OpenLines::Row& line) {
  const bool paid = line.paid_at.has_value(), invoiced = !line.invoices.empty();
  Lists lists;
  lists.add(OpenKind::to_approve, line.phase == Phase::submitted);
  lists.add(OpenKind::to_correct, line.phase == Phase::refused);
  lists.add(OpenKind::to_pay, is_payable(line.phase) && !paid);
  lists.add(OpenKind::to_invoice, is_approved(line.phase) && !invoiced);
  lists.add(OpenKind::not_billable, line.phase == Phase::accepted);
  lists.add(OpenKind::to_recover, paid && !is_payable(line.phase));
  lists.add(OpenKind::to_credit, invoiced && !is_approved(line.phase));
  lists.add(OpenKind::pay_moved, paid && is_payable(line.phase) && line.pay_moved);
  lists.add(OpenKind::invoice_moved, invoiced && is_approved(line.phase) && line.invoice_moved);
  return lists;
}

constexpr OpenKind kKinds[] = {OpenKind::to_approve, OpenKind::to_correct,   OpenKind::to_pay,
                               OpenKind::to_invoice, OpenKind::not_billable, OpenKind::to_recover,
                               OpenKind::to_credit,  OpenKind::pay_moved,    OpenKind::invoice_moved};

template <class Use>
void for_each_party(const SheetParties& parties, Use&& use) {
  for (const Uuid party : {parties.worker.value, parties.client.value, parties.agency.value, parties.placement.value})
    if (!party.is_nil()) use(PartyId(party));
}

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

/// The line was as `before`: out of the lists in which it no longer stands, into those in which it stands now. What
/// stands in the same list as before keeps its age.
void relist(OpenItems::Tables& rows, const OpenLines::Row& before, const OpenLines::Row& line, const domain::Meta& meta,
            const SealedText& reason = {}) {
  const Lists old = lists_of(before), now = lists_of(line);
  for (const OpenKind kind : kKinds) {
    if (old.has(kind) && !now.has(kind)) leave(rows, kind, before, meta);
    if (now.has(kind) && !old.has(kind)) enter(rows, kind, line, meta, reason);
  }
}

template <MovesLines Event>
void move(OpenItems::Tables& rows, const Event& event, const domain::Meta& meta, const SealedText& reason = {}) {
  move_lines(rows.of<OpenLines>(), sheet_id(meta), event, [&](const OpenLines::Row& line, Phase phase_before) {
    OpenLines::Row before = line;
    before.phase = phase_before;
    relist(rows, before, line, meta, reason);
  });
}

/// Changes every line of a sheet by `change(line)`.
template <class Change>
void change_lines(OpenItems::Tables& rows, SheetId sheet, const domain::Meta& meta, Change change) {
  std::vector<LineKey> keys;
  rows.of<OpenLines>().scan(
      [&](const LineKey& key, const OpenLines::Row&) {
        keys.push_back(key);
        return true;
      },
      sheet);
  for (const LineKey& key : keys) {
    OpenLines::Row& line = rows.of<OpenLines>().edit(key);
    const OpenLines::Row before = line;
    change(line);
    relist(rows, before, line, meta);
  }
}

/// Nothing where no terms are known, which no settled line meets.
template <class Terms>
std::optional<Price> price_of(const std::vector<domain::Dated<Terms>>& terms, const OpenLines::Row& line) {
  const Terms* on_day = domain::in_force<Terms>(terms, line.day);
  if (on_day == nullptr) return std::nullopt;
  return Price{on_day->per_hour, domain::surcharge_for(on_day->surcharges, line.hour_type)};
}

bool invoice_moved(const OpenTerms::Row& terms, const OpenLines::Row& line) {
  return !line.invoices.empty() && price_of(terms.client, line) != line.invoices.back().at;
}

const OpenTerms::Row& terms_of(OpenItems::Tables& rows, PlacementId placement) {
  static const OpenTerms::Row kNone;
  const OpenTerms::Row* terms = rows.of<OpenTerms>().find(placement);
  return terms == nullptr ? kNone : *terms;
}

/// Whom a sheet that was settled belongs to.
PlacementId settled_sheet(OpenItems::Tables& rows, const domain::Meta& meta) {
  const PlacementId placement = rows.of<OpenSheets>().edit(sheet_id(meta)).parties.placement;
  rows.of<SettledSheets>().put({placement, sheet_id(meta)}, {});
  return placement;
}

/// New terms: what was settled at another price than theirs stands open again. The lists' own events are those of the
/// sheets, so that their age is that of the terms.
void reprice(OpenItems::Tables& rows, const domain::Meta& meta) {
  const PlacementId placement(meta.stream.id);
  const OpenTerms::Row terms = terms_of(rows, placement);
  std::vector<SheetId> sheets;
  rows.of<SettledSheets>().scan(
      [&](const SettledSheets::Key& key, const Present&) {
        sheets.push_back(std::get<1>(key));
        return true;
      },
      placement);
  for (const SheetId sheet : sheets) {
    domain::Meta of_sheet = meta;
    of_sheet.stream.id = sheet.value;
    change_lines(rows, sheet, of_sheet, [&](OpenLines::Row& line) {
      line.pay_moved = line.paid_at && price_of(terms.pay, line) != line.paid_at;
      line.invoice_moved = invoice_moved(terms, line);
    });
  }
}

}  // namespace

domain::Role owner_of(OpenKind kind) {
  switch (kind) {
    case OpenKind::to_approve: return domain::Role::client_contact;
    case OpenKind::to_correct: return domain::Role::worker;
    case OpenKind::to_pay:
    case OpenKind::to_invoice:
    case OpenKind::not_billable:
    case OpenKind::to_recover:
    case OpenKind::to_credit:
    case OpenKind::pay_moved:
    case OpenKind::invoice_moved: return domain::Role::back_office;
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
  OpenLines::Row line;
  line.day = event.worked.day;
  line.hour_type = event.hour_type;
  line.minutes = event.worked.minutes;
  rows.of<OpenLines>().put({sheet, event.entry}, line);
}

void OpenItems::apply(Tables& rows, const domain::EntryChanged& event, const Meta& meta) {
  const SheetId sheet = sheet_id(meta);
  OpenLines::Row& line = rows.of<OpenLines>().edit({sheet, event.entry});
  const OpenLines::Row before = line;
  line.day = event.worked.day;
  line.hour_type = event.hour_type;
  line.minutes = event.worked.minutes;
  // A refused line that is corrected still waits to be submitted, for the reason for which it was refused.
  for (const OpenKind kind : kKinds) {
    if (!lists_of(line).has(kind)) continue;
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
  relist(rows, line, {}, meta);
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

void OpenItems::apply(Tables& rows, const domain::HoursReversed& event, const Meta& meta) { move(rows, event, meta); }

void OpenItems::apply(Tables& rows, const domain::HoursPaid&, const Meta& meta) {
  const OpenTerms::Row& terms = terms_of(rows, settled_sheet(rows, meta));
  change_lines(rows, sheet_id(meta), meta, [&](OpenLines::Row& line) {
    line.paid_at = is_payable(line.phase) ? price_of(terms.pay, line) : std::nullopt;
    line.pay_moved = false;
  });
}
void OpenItems::apply(Tables& rows, const domain::HoursInvoiced& event, const Meta& meta) {
  const OpenTerms::Row& terms = terms_of(rows, settled_sheet(rows, meta));
  change_lines(rows, sheet_id(meta), meta, [&](OpenLines::Row& line) {
    if (!is_approved(line.phase)) return;
    line.invoices.push_back({event.invoice, price_of(terms.client, line).value_or(Price{})});
    line.invoice_moved = false;
  });
}
void OpenItems::apply(Tables& rows, const domain::HoursCredited& event, const Meta& meta) {
  const OpenTerms::Row& terms = terms_of(rows, settled_sheet(rows, meta));
  change_lines(rows, sheet_id(meta), meta, [&](OpenLines::Row& line) {
    std::erase_if(line.invoices, [&](const Invoiced& one) { return one.invoice == event.invoice; });
    line.invoice_moved = invoice_moved(terms, line);
  });
}
void OpenItems::apply(Tables& rows, const domain::PayTermsAgreed& event, const Meta& meta) {
  rows.of<OpenTerms>().edit_or_add(PlacementId(meta.stream.id)).pay.push_back({event.from, event.terms});
  reprice(rows, meta);
}
void OpenItems::apply(Tables& rows, const domain::ClientTermsAgreed& event, const Meta& meta) {
  rows.of<OpenTerms>().edit_or_add(PlacementId(meta.stream.id)).client.push_back({event.from, event.terms});
  reprice(rows, meta);
}

void OpenItems::apply(Tables& rows, const domain::ActProposed& event, const Meta& meta) {
  rows.of<OpenProposals>().put(meta.position,
                               {meta.stream, event.command, event.hash, meta.actor.person, meta.recorded_at});
}
void OpenItems::apply(Tables& rows, const domain::ActAgreed& event, const Meta&) {
  rows.of<OpenProposals>().erase(event.proposal);
}

}  // namespace placet::projections
