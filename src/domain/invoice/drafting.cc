#include <algorithm>

#include "domain/invoice/invoice.h"
#include "domain/money.h"
#include "domain/pricing/pricing.h"
#include "domain/states.h"
#include "domain/timesheet/settling.h"

// Drafts, and the hours that go on them.

namespace placet::domain {

namespace {

/// Of the hours that a line invoices for the first time: what the agency buys them for. A line that only changes the
/// price of hours on an earlier invoice has none.
std::expected<std::vector<LineMargin>, Rejection> margins_of(const SheetToSettle& at, const PricedLines& lines,
                                                             std::uint32_t first) {
  std::vector<Lines> bought(lines.size());
  for (const Entry* entry : uninvoiced_lines(at.sheet)) {
    const auto price = price_invoice({entry}, at.placement);
    if (!price) return std::unexpected(price.error());
    const auto line =
        std::ranges::find_if(lines, [&](const PricedLine& one) { return same_price(one, price->front()); });
    if (line != lines.end()) bought[static_cast<std::size_t>(line - lines.begin())].push_back(entry);
  }
  std::vector<LineMargin> margins;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto purchase = price_purchase(bought[i], at.placement);
    if (!purchase) return std::unexpected(purchase.error());
    const Money cost = sum_of(*purchase);
    margins.push_back({first + static_cast<std::uint32_t>(i), cost, less(lines[i].amount, cost)});
  }
  return margins;
}

bool is_on(const Timesheet& sheet, InvoiceId invoice) {
  return std::ranges::find(sheet.invoices, invoice, &SheetInvoice::invoice) != sheet.invoices.end();
}

/// What one sheet adds to a draft.
struct Addition {
  Event on_sheet;
  PricedLines lines;
  std::vector<LineMargin> margins;
};

std::expected<Addition, Rejection> invoiced(InvoiceId invoice, const SheetToSettle& at, std::uint32_t first) {
  if (is_on(at.sheet, invoice))
    return refuse(RejectionCode::already_exists,
                  "period: is on this draft already; take it off (dropInvoiceLines), and add it whole");
  auto lines = lines_to_invoice(at);
  if (!lines) return std::unexpected(std::move(lines).error());
  std::expected<std::vector<LineMargin>, Rejection> margins;
  if (!at.placement.agency.is_nil()) margins = margins_of(at, *lines, first);
  if (!margins) return std::unexpected(std::move(margins).error());
  return Addition{HoursInvoiced{invoice, *lines}, *lines, *std::move(margins)};
}

/// Takes back what the invoice has of the sheet: by a credit note, or nil when it is a draft.
std::expected<Addition, Rejection> freed(InvoiceId invoice, InvoiceId credit_note, const SheetToSettle& at,
                                         std::uint32_t first) {
  if (!is_on(at.sheet, invoice))
    return refuse(RejectionCode::not_settled, "period: the invoice has nothing of this sheet, or no more");
  const SheetInvoice& last = at.sheet.invoices.back();
  if (last.invoice != invoice)
    return refuse(RejectionCode::not_ready, "period: a later invoice has hours of it; credit that one first");
  Addition addition{HoursCredited{invoice, credit_note}, minus({}, last.lines), {}};
  if (!at.placement.agency.is_nil())
    addition.margins.push_back({first, negated(last.purchase), add(sum_of(addition.lines), last.purchase)});
  return addition;
}

/// Hours that a credit note freed are invoiced again when it is issued, which takes two persons: not before.
std::expected<void, Rejection> check_credit_note(const States& states, const SheetSeen& seen, const SheetToSettle& at) {
  if (at.sheet.credit_note != seen.credit_note)
    return refuse(RejectionCode::stale, "creditNote: is another one; read the sheet again");
  if (!seen.credit_note.is_nil() && !states.invoice(seen.credit_note).issued)
    return refuse(RejectionCode::not_ready, "creditNote: is a draft; two persons issue it first");
  return {};
}

/// What a command adds to a draft, sheet by sheet: `addition_of(sheet, its number in the command, number of its first
/// line)`.
template <class AdditionOf>
Decision add_to_draft(const States& states, InvoiceId id, std::span<const SheetSeen> sheets, const Facts& facts,
                      AdditionOf addition_of) {
  const Invoice& draft = states.invoice(id);
  if (draft.kind == InvoiceKind::unspecified)
    return refuse(RejectionCode::not_found, "invoice: no such invoice; draft it first");
  if (draft.issued) return refuse(RejectionCode::settled, "invoice: is issued already; draft another one");
  if (sheets.empty()) return refuse(RejectionCode::malformed, "sheets: are missing");
  Events events;
  InvoiceLinesAdded added{draft.lines, {}, {}};
  for (std::size_t n = 0; n < sheets.size(); ++n) {
    const auto at = sheet_to_settle(states, sheets, n, facts);
    if (!at) return std::unexpected(at.error());
    if (at->placement.client != draft.client || at->placement.agency != draft.agency)
      return std::unexpected(
          of_sheet(n, {RejectionCode::malformed, "placement: is with another client or agency than the invoice"}));
    std::expected<Addition, Rejection> addition =
        addition_of(*at, n, static_cast<std::uint32_t>(draft.lines + added.lines.size()));
    if (!addition) return std::unexpected(of_sheet(n, std::move(addition).error()));
    for (const PricedLine& line : addition->lines) added.lines.push_back({sheets[n].placement, sheets[n].period, line});
    added.net = add(added.net, sum_of(addition->lines));
    events.push_back({stream_of(at->id), std::move(addition->on_sheet), facts.today, at->parties});
    if (!addition->margins.empty())
      events.push_back({stream_of(at->id), MarginBooked{id, std::move(addition->margins)}, facts.today, at->parties});
  }
  if (draft.lines + added.lines.size() > kInvoiceLinesMax)
    return refuse(RejectionCode::too_large, "invoice: over 100,000 lines; draft another one");
  events.push_back({stream_of(id), std::move(added), facts.today, draft.parties()});
  return events;
}

}  // namespace

void needs(const DraftInvoice& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.invoice));
  out.states.push_back(stream_of(command.client));
  if (!command.agency.is_nil()) out.states.push_back(stream_of(command.agency));
}
void needs(const DraftCreditNote& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.credit_note));
  out.states.push_back(stream_of(command.invoice));
}
void needs(const AddInvoiceLines& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.invoice));
  need_sheets(command.sheets, facts, out);
  for (const SheetSeen& seen : command.sheets)
    if (!seen.credit_note.is_nil()) need_once(stream_of(seen.credit_note), out);
}
void needs(const DropInvoiceLines& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.invoice));
  need_sheets(command.sheets, facts, out);
}

Decision decide(const States& states, const DraftInvoice& command, const Facts& facts) {
  if (states.invoice(command.invoice).kind != InvoiceKind::unspecified)
    return refuse(RejectionCode::already_exists, "invoice: this id is in use already");
  if (!states.client(command.client).registered)
    return refuse(RejectionCode::not_found, "client: no such client; register it first");
  if (!command.agency.is_nil() && !states.agency(command.agency).registered)
    return refuse(RejectionCode::not_found, "agency: no such agency; register it first");
  const InvoiceDrafted drafted{InvoiceKind::invoice, command.client, command.agency, {}};
  return one(stream_of(command.invoice), drafted, facts.today, evolve(Invoice{}, drafted, {}).parties());
}

Decision decide(const States& states, const DraftCreditNote& command, const Facts& facts) {
  if (command.credit_note == command.invoice || states.invoice(command.credit_note).kind != InvoiceKind::unspecified)
    return refuse(RejectionCode::already_exists, "creditNote: this id is in use already");
  const Invoice& invoice = states.invoice(command.invoice);
  if (invoice.kind != InvoiceKind::invoice) return refuse(RejectionCode::not_found, "invoice: no such invoice");
  if (!invoice.issued) return refuse(RejectionCode::not_ready, "invoice: is a draft; only what was issued is credited");
  return one(stream_of(command.credit_note),
             InvoiceDrafted{InvoiceKind::credit_note, invoice.client, invoice.agency, command.invoice}, facts.today,
             invoice.parties());
}

Decision decide(const States& states, const AddInvoiceLines& command, const Facts& facts) {
  const Invoice& draft = states.invoice(command.invoice);
  return add_to_draft(
      states, command.invoice, command.sheets, facts,
      [&](const SheetToSettle& at, std::size_t n, std::uint32_t first) -> std::expected<Addition, Rejection> {
        if (draft.kind == InvoiceKind::credit_note) return freed(draft.credits, command.invoice, at, first);
        if (auto checked = check_credit_note(states, command.sheets[n], at); !checked)
          return std::unexpected(std::move(checked).error());
        return invoiced(command.invoice, at, first);
      });
}

Decision decide(const States& states, const DropInvoiceLines& command, const Facts& facts) {
  if (states.invoice(command.invoice).kind == InvoiceKind::credit_note)
    return refuse(RejectionCode::malformed, "invoice: is a credit note; issue it, or leave it a draft");
  return add_to_draft(
      states, command.invoice, command.sheets, facts,
      [&](const SheetToSettle& at, std::size_t, std::uint32_t first) { return freed(command.invoice, {}, at, first); });
}

}  // namespace placet::domain
