#include <fmt/format.h>

#include "projections/invoices/invoices.h"
#include "readside/queries.h"
#include "readside/query_walk.h"

namespace placet::readside {

using namespace projections;

namespace {

InvoiceStatus status_of(const Invoices::Row& invoice) {
  if (!invoice.issued) return InvoiceStatus::draft;
  if (invoice.open() == Money()) return InvoiceStatus::paid;
  return invoice.open() == invoice.gross ? InvoiceStatus::open : InvoiceStatus::partly_paid;
}

Money vat_of(const Invoices::Row& invoice) {
  Money sum;
  for (const domain::VatLine& line : invoice.vat) add(sum, line.amount);
  return sum;
}

/// Drafts are for staff.
std::uint16_t audience_of(const Invoices::Row& invoice) {
  return invoice.issued ? kAudienceOf<domain::InvoiceIssued> : kAudienceOf<domain::InvoiceDrafted>;
}

}  // namespace

std::string number_of(const Invoices::Row& invoice) {
  if (!invoice.issued) return {};
  return fmt::format("{}-{}{:04}", invoice.year, invoice.kind == domain::InvoiceKind::credit_note ? "C" : "",
                     invoice.number);
}

Result<Page<Invoice>> Queries::invoices(const InvoiceFilter& filter) {
  const PartyFilter parties{{}, filter.client, filter.agency};
  PLACET_TRY(check_visible(parties));
  Page<Invoice> page;
  const auto show = [&](const InvoicesByPosition::Key& key) -> Result<std::size_t> {
    const InvoiceId id = std::get<InvoiceId>(key);
    PLACET_ASSIGN(const auto row, view_.get<Invoices>(id));
    if (!row) return 0;
    if (!fits({{}, {}, row->client, row->agency}, parties)) return 0;
    if (!sees({row->client.value, row->agency.value}, audience_of(*row))) return 0;
    Invoice invoice;
    invoice.status = status_of(*row);
    if (filter.status != InvoiceStatus::unspecified && filter.status != invoice.status) return 0;
    invoice.invoice = id;
    invoice.kind = row->kind;
    invoice.number = number_of(*row);
    invoice.client = row->client;
    PLACET_ASSIGN(invoice.client_name, names_.client(row->client));
    invoice.agency = row->agency;
    PLACET_ASSIGN(invoice.agency_name, names_.agency(row->agency));
    if (row->issued) invoice.issued_on = row->issued_on;
    if (row->issued) invoice.due_on = row->due_on;
    invoice.lines = row->lines;
    invoice.net = row->net;
    invoice.vat = vat_of(*row);
    invoice.gross = row->gross;
    invoice.paid = row->paid;
    invoice.credited = row->credited;
    invoice.open = row->open();
    invoice.credits = row->credits;
    invoice.hash = bytes_of(row->hash);
    page.rows.push_back(std::move(invoice));
    return 1;
  };
  PLACET_ASSIGN(page.next, (walk<InvoicesOfParty, InvoicesByPosition>(narrowest(parties), show)));
  return page;
}

Result<Page<BilledLine>> Queries::invoice_lines(InvoiceId id) {
  PLACET_ASSIGN(const auto invoice, view_.get<Invoices>(id));
  if (!invoice || !sees({invoice->client.value, invoice->agency.value}, audience_of(*invoice)))
    return fail(ErrorCode::not_found, "invoice: no such thing, or not yours to see");
  const bool margins = sees({invoice->agency.value}, kAudienceOf<domain::MarginBooked>);
  Page<BilledLine> page;
  const auto show = [&](const InvoiceLines::Key& key) -> Result<std::size_t> {
    PLACET_ASSIGN(const auto row, view_.get<InvoiceLines>(key));
    if (!row) return 0;
    BilledLine line;
    line.line = std::get<std::uint32_t>(key);
    PLACET_ASSIGN(line.parties, parties_at(row->placement));
    line.period = row->period;
    line.hours = row->hours;
    if (margins) {
      PLACET_ASSIGN(const auto margin, view_.get<InvoiceMargins>(key));
      if (margin) line.purchase = margin->purchase;
      if (margin) line.margin = margin->margin;
    }
    page.rows.push_back(std::move(line));
    return 1;
  };
  PLACET_ASSIGN(page.next, walk_all<InvoiceLines>(show, id));
  return page;
}

}  // namespace placet::readside
