#include "projections/invoices/invoices.h"

#include <algorithm>

#include "domain/invoice/invoice.h"
#include "domain/pricing/pricing.h"

namespace placet::projections {

namespace {

Invoices::Row& invoice_of(InvoicesIssued::Tables& rows, const domain::Meta& meta) {
  return rows.of<Invoices>().edit(InvoiceId(meta.stream.id));
}

}  // namespace

Money Invoices::Row::open() const {
  if (!issued) return {};
  // Gross of a credit note is negative, and set off against invoices it comes to nothing.
  const std::int64_t off = kind == domain::InvoiceKind::credit_note ? -set_off.count() : set_off.count();
  return Money::of(gross.count() - paid.count() - off);
}

void InvoicesIssued::apply(Tables& rows, const domain::HoursInvoiced& event, const Meta& meta) {
  rows.of<InvoicedSheets>().put({sheet_id(meta), meta.position},
                                {event.invoice, domain::minutes_of(event.lines), domain::sum_of(event.lines)});
}
void InvoicesIssued::apply(Tables& rows, const domain::HoursCredited& event, const Meta& meta) {
  std::vector<InvoicedSheets::Key> credited;
  rows.of<InvoicedSheets>().scan(
      [&](const InvoicedSheets::Key& key, const InvoicedSheets::Row& row) {
        if (row.invoice == event.invoice) credited.push_back(key);
        return true;
      },
      sheet_id(meta));
  for (const InvoicedSheets::Key& key : credited) rows.of<InvoicedSheets>().erase(key);
}
void InvoicesIssued::apply(Tables& rows, const domain::MarginBooked& event, const Meta&) {
  for (const domain::LineMargin& margin : event.margins)
    rows.of<InvoiceMargins>().put({event.invoice, margin.line}, {margin.purchase, margin.margin});
}

void InvoicesIssued::apply(Tables& rows, const domain::InvoiceDrafted& event, const Meta& meta) {
  const InvoiceId id(meta.stream.id);
  Invoices::Row row;
  row.position = meta.position;
  row.kind = event.kind;
  row.client = event.client;
  row.agency = event.agency;
  row.credits = event.credits;
  rows.of<Invoices>().put(id, row);
  rows.of<InvoicesByPosition>().put({meta.position, id}, {});
  for (const Uuid party : {event.client.value, event.agency.value})
    if (!party.is_nil()) rows.of<InvoicesOfParty>().put({PartyId(party), meta.position, id}, {});
}
void InvoicesIssued::apply(Tables& rows, const domain::InvoiceLinesAdded& event, const Meta& meta) {
  std::uint32_t number = event.first;
  for (const domain::InvoiceLine& line : event.lines)
    rows.of<InvoiceLines>().put({InvoiceId(meta.stream.id), number++}, {line.placement, line.period, line.hours});
  Invoices::Row& row = invoice_of(rows, meta);
  row.lines = number;
  add(row.net, event.net);
  row.hash = domain::invoice_hash(row.hash, event.lines);
}
void InvoicesIssued::apply(Tables& rows, const domain::InvoiceIssued& event, const Meta& meta) {
  Invoices::Row& row = invoice_of(rows, meta);
  row.issued = true;
  row.year = event.year;
  row.number = event.number;
  row.issued_on = event.issued_on;
  row.due_on = event.due_on;
  row.vat = event.vat;
  row.gross = event.gross;
}
void InvoicesIssued::apply(Tables& rows, const domain::InvoiceCredited& event, const Meta& meta) {
  Invoices::Row& row = invoice_of(rows, meta);
  add(row.credited, event.net);
  add(row.credited, event.vat);
}
void InvoicesIssued::apply(Tables& rows, const domain::InvoicePaid& event, const Meta& meta) {
  add(invoice_of(rows, meta).paid, event.amount);
}
void InvoicesIssued::apply(Tables& rows, const domain::CreditSetOff& event, const Meta& meta) {
  add(invoice_of(rows, meta).set_off, event.amount);
}

}  // namespace placet::projections
