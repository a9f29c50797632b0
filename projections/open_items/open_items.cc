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
  friend constexpr bool operator==(Lists, Lists) = default;
  constexpr bool has(OpenKind kind) const { return (bits_ >> static_cast<unsigned>(kind) & 1U) != 0; }

 private:
  unsigned bits_ = 0;
};

/// In which lists a line stands as it is.
Lists lists_of(const OpenSheets::Line& line) {
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
static_assert(std::size(kKinds) == static_cast<std::size_t>(OpenKind::invoice_moved) + 1);

/// A sheet that an event changes. Its end brings the indexes of open sheets up to date.
class OpenSheet {
 public:
  OpenSheet(OpenItems::Tables& rows, SheetId id, const domain::Meta& meta, SealedText reason = {})
      : rows_(rows),
        id_(id),
        row_(rows.of<OpenSheets>().edit(id)),
        meta_(meta),
        reason_(std::move(reason)),
        was_open_(!row_.open.empty()) {}
  OpenSheet(const OpenSheet&) = delete;
  OpenSheet& operator=(const OpenSheet&) = delete;

  OpenSheets::Row& row() { return row_; }

  /// The line was as `before`: out of the lists in which it no longer stands, into those in which it stands now. What
  /// stands in the same list as before keeps its age.
  void relist(const OpenSheets::Line& before, const OpenSheets::Line& now) {
    relist(before.day, before.minutes, lists_of(before), now);
  }

  /// The same for an entry that was changed. A refused one still waits to be submitted again, for the reason for which
  /// it was refused.
  void correct(const OpenSheets::Line& before, const OpenSheets::Line& now) {
    for (const OpenKind kind : kKinds) {
      if (!lists_of(now).has(kind)) continue;
      const OpenHours old = *standing(kind, before.day);
      leave(kind, before.day, before.minutes);
      enter(kind, now.day, now.minutes, old.since, old.reason);
    }
  }

  /// Changes every line by `change(line)`.
  template <class Change>
  void change_lines(Change change) {
    for (OpenSheets::Line& line : row_.lines) {
      const Lists before = lists_of(line);
      change(line);
      relist(line.day, line.minutes, before, line);
    }
  }

  void end() {
    const bool is_open = !row_.open.empty();
    if (is_open == was_open_) return;
    const Date first = row_.period.first;
    list(rows_.of<OpenByPeriod>(), {first, id_}, is_open);
    for_each_party(row_.parties, [&](PartyId party) { list(rows_.of<OpenOfParty>(), {party, first, id_}, is_open); });
  }

 private:
  void relist(Date day, Minutes minutes, Lists old, const OpenSheets::Line& line) {
    const Lists now = lists_of(line);
    if (now == old) return;
    for (const OpenKind kind : kKinds) {
      if (old.has(kind) && !now.has(kind)) leave(kind, day, minutes);
      if (now.has(kind) && !old.has(kind)) enter(kind, line.day, line.minutes, meta_.recorded_at, reason_);
    }
  }

  std::vector<OpenHours>::iterator place_of(OpenKind kind, Date day) {
    return std::ranges::lower_bound(row_.open, std::pair(kind, day), {},
                                    [](const OpenHours& one) { return std::pair(one.kind, one.day); });
  }
  bool stands_at(std::vector<OpenHours>::iterator at, OpenKind kind, Date day) const {
    return at != row_.open.end() && at->kind == kind && at->day == day;
  }
  std::vector<OpenHours>::iterator standing(OpenKind kind, Date day) {
    const auto at = place_of(kind, day);
    PLACET_CHECK(stands_at(at, kind, day), "hours are looked for in a list in which they do not stand");
    return at;
  }

  void enter(OpenKind kind, Date day, Minutes minutes, Timestamp since, const SealedText& reason) {
    auto at = place_of(kind, day);
    if (!stands_at(at, kind, day)) at = row_.open.insert(at, OpenHours{kind, day, {}, since, {}, {}});
    add(at->minutes, minutes);
    at->since = std::min(at->since, since);
    at->cause = meta_.position;
    at->reason = reason;
  }
  void leave(OpenKind kind, Date day, Minutes minutes) {
    const auto at = standing(kind, day);
    add(at->minutes, negated(minutes));
    if (at->minutes == Minutes()) row_.open.erase(at);
  }

  template <class Key>
  static void list(Rows<Key, Present>& index, const Key& key, bool is_open) {
    if (is_open)
      index.put(key, {});
    else
      index.erase(key);
  }

  OpenItems::Tables& rows_;
  const SheetId id_;
  OpenSheets::Row& row_;
  const domain::Meta& meta_;
  const SealedText reason_;
  const bool was_open_;
};

/// What an entry says, whether it is new or takes an older one's place.
template <class Event>
void write_line(OpenSheets::Line& line, const Event& event) {
  line.day = event.worked.day;
  line.hour_type = event.hour_type;
  line.minutes = event.worked.minutes;
}

/// An event that may be the first one of its sheet.
template <class Event>
void open_sheet(OpenItems::Tables& rows, const Event& event, const domain::Meta& meta) {
  if (!meta.opens_stream()) return;
  OpenSheets::Row sheet;
  sheet.parties = parties_of(rows.of<OpenPlacements>(), event.placement);
  sheet.period = event.period;
  rows.of<OpenSheets>().put(sheet_id(meta), std::move(sheet));
}

template <MovesLines Event>
void move(OpenItems::Tables& rows, const Event& event, const domain::Meta& meta, SealedText reason = {}) {
  OpenSheet sheet(rows, sheet_id(meta), meta, std::move(reason));
  move_lines(sheet.row().lines, event, [&](const OpenSheets::Line& line, Phase phase_before) {
    OpenSheets::Line before = line;
    before.phase = phase_before;
    sheet.relist(before, line);
  });
  sheet.end();
}

/// Nothing where no terms are known, which no settled line meets.
template <class Terms>
std::optional<Price> price_of(const std::vector<domain::Dated<Terms>>& terms, const OpenSheets::Line& line) {
  const Terms* on_day = domain::in_force<Terms>(terms, line.day);
  if (on_day == nullptr) return std::nullopt;
  return Price{on_day->per_hour, domain::surcharge_for(on_day->surcharges, line.hour_type)};
}

bool invoice_moved(const OpenTerms::Row& terms, const OpenSheets::Line& line) {
  return !line.invoices.empty() && price_of(terms.client, line) != line.invoices.back().at;
}

const OpenTerms::Row& terms_of(OpenItems::Tables& rows, PlacementId placement) {
  static const OpenTerms::Row kNone;
  const OpenTerms::Row* terms = rows.of<OpenTerms>().find(placement);
  return terms == nullptr ? kNone : *terms;
}

/// Changes every line of a sheet that was paid, invoiced or credited, by `change(terms, line)`.
template <class Change>
void settle(OpenItems::Tables& rows, const domain::Meta& meta, Change change) {
  OpenSheet sheet(rows, sheet_id(meta), meta);
  const PlacementId placement = sheet.row().parties.placement;
  if (!std::exchange(sheet.row().settled, true)) rows.of<SettledSheets>().put({placement, sheet_id(meta)}, {});
  const OpenTerms::Row& terms = terms_of(rows, placement);
  sheet.change_lines([&](OpenSheets::Line& line) { change(terms, line); });
  sheet.end();
}

/// New terms: what was settled at another price than theirs stands open again.
void reprice(OpenItems::Tables& rows, const domain::Meta& meta) {
  const PlacementId placement(meta.stream.id);
  const OpenTerms::Row& terms = terms_of(rows, placement);
  rows.of<SettledSheets>().scan(
      [&](const SettledSheets::Key& key, const Present&) {
        OpenSheet sheet(rows, std::get<SheetId>(key), meta);
        sheet.change_lines([&](OpenSheets::Line& line) {
          line.pay_moved = line.paid_at && price_of(terms.pay, line) != line.paid_at;
          line.invoice_moved = invoice_moved(terms, line);
        });
        sheet.end();
        return true;
      },
      placement);
}

}  // namespace

Minutes OpenSheets::Row::open_minutes(OpenKind kind) const {
  Minutes sum;
  for (const OpenHours& one : open)
    if (one.kind == kind) add(sum, one.minutes);
  return sum;
}

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
  open_sheet(rows, event, meta);
  OpenSheets::Line& line = rows.of<OpenSheets>().edit(sheet_id(meta)).lines.emplace_back();
  line.entry = event.entry;
  write_line(line, event);
}

void OpenItems::apply(Tables& rows, const domain::SheetSubmittedEmpty& event, const Meta& meta) {
  open_sheet(rows, event, meta);
}

void OpenItems::apply(Tables& rows, const domain::EntryChanged& event, const Meta& meta) {
  OpenSheet sheet(rows, sheet_id(meta), meta);
  OpenSheets::Line& line = line_of(sheet.row().lines, event.entry);
  const OpenSheets::Line before = line;
  write_line(line, event);
  sheet.correct(before, line);
  sheet.end();
}

void OpenItems::apply(Tables& rows, const domain::EntryRemoved& event, const Meta& meta) {
  OpenSheet sheet(rows, sheet_id(meta), meta);
  const OpenSheets::Line removed = line_of(sheet.row().lines, event.entry);
  sheet.relist(removed, {});
  erase_line(sheet.row().lines, event.entry);
  sheet.end();
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
  settle(rows, meta, [](const OpenTerms::Row& terms, OpenSheets::Line& line) {
    line.paid_at = is_payable(line.phase) ? price_of(terms.pay, line) : std::nullopt;
    line.pay_moved = false;
  });
}
void OpenItems::apply(Tables& rows, const domain::HoursInvoiced& event, const Meta& meta) {
  settle(rows, meta, [&](const OpenTerms::Row& terms, OpenSheets::Line& line) {
    if (!is_approved(line.phase)) return;
    line.invoices.push_back({event.invoice, price_of(terms.client, line).value_or(Price{})});
    line.invoice_moved = false;
  });
}
void OpenItems::apply(Tables& rows, const domain::HoursCredited& event, const Meta& meta) {
  settle(rows, meta, [&](const OpenTerms::Row& terms, OpenSheets::Line& line) {
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
