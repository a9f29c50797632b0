#include "projections/journal/journal.h"

#include <utility>

#include "base/check.h"

namespace placet::projections {

namespace {

using enum JournalAccount;

/// What one event books: entries on one day that must sum to zero.
class Transaction {
 public:
  template <class Event>
  Transaction(Journal::Tables& rows, const Event&, const domain::Meta& meta, Date on)
      : rows_(rows), on_(on), position_(meta.position), row_{domain::EventTraits<Event>::kNumber, {}} {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// Above 0 is debit. Nothing is booked for 0.
  void book(JournalAccount account, Money amount, const Uuid& party = {}) {
    if (amount == Money()) return;
    sum_ += amount.count();
    row_.entries.push_back({account, amount, party});
    AccountMonths::Row& month = rows_.of<AccountMonths>().edit_or_add({account, on_.first_of_month()});
    if (amount.count() > 0)
      add(month.debit, amount);
    else
      add(month.credit, negated(amount));
    if (!party.is_nil()) add(rows_.of<SubLedgers>().edit_or_add({account, party}).balance, amount);
  }
  void end() {
    PLACET_CHECK(sum_ == 0, "a journal transaction does not sum to zero");
    if (!row_.entries.empty()) rows_.of<JournalTransactions>().put({on_, position_}, std::move(row_));
  }

 private:
  Journal::Tables& rows_;
  const Date on_;
  const LogPosition position_;
  JournalTransactions::Row row_;
  std::int64_t sum_ = 0;
};

}  // namespace

void Journal::apply(Tables& rows, const domain::PayslipCalculated& event, const Meta& meta) {
  const Uuid employment = meta.stream.id;
  Transaction books(rows, event, meta, event.booked_on);
  books.book(wages, event.gross);
  for (const domain::PayslipLine& line : event.lines) {
    switch (line.kind) {
      case domain::PayslipLineKind::advance_recovered:
      case domain::PayslipLineKind::carried_forward: books.book(advances, line.amount, employment); break;
      case domain::PayslipLineKind::holiday_allowance:
        books.book(holiday_allowance, line.amount);
        books.book(holiday_allowance_due, negated(line.amount), employment);
        break;
      case domain::PayslipLineKind::leave_reserve:
        books.book(leave, line.amount);
        books.book(leave_reserve, negated(line.amount), employment);
        break;
      case domain::PayslipLineKind::unspecified:
      case domain::PayslipLineKind::hours:
      case domain::PayslipLineKind::leave_hours: break;
    }
  }
  books.book(net_wages_due, negated(event.net), employment);
  books.end();
}

void Journal::apply(Tables& rows, const domain::AdvanceGranted& event, const Meta& meta) {
  Transaction books(rows, event, meta, event.booked_on);
  books.book(advances, event.amount, meta.stream.id);
  books.book(net_wages_due, negated(event.amount), meta.stream.id);
  books.end();
}

void Journal::apply(Tables& rows, const domain::PaymentPrepared& event, const Meta& meta) {
  Transaction books(rows, event, meta, meta.effective_on);
  books.book(net_wages_due, event.amount, meta.stream.id);
  books.book(suspense, negated(event.amount), event.batch.value);
  books.end();
}
void Journal::apply(Tables& rows, const domain::PaymentWithdrawn& event, const Meta& meta) {
  Transaction books(rows, event, meta, meta.effective_on);
  books.book(suspense, event.amount, event.batch.value);
  books.book(net_wages_due, negated(event.amount), meta.stream.id);
  books.end();
}
void Journal::apply(Tables& rows, const domain::PaymentsSettled& event, const Meta& meta) {
  Transaction books(rows, event, meta, event.booked_on);
  books.book(suspense, event.amount, meta.stream.id);
  books.book(bank, negated(event.amount));
  books.end();
}
void Journal::apply(Tables& rows, const domain::PaymentReturned& event, const Meta& meta) {
  Transaction books(rows, event, meta, event.booked_on);
  books.book(bank, event.amount);
  books.book(net_wages_due, negated(event.amount), meta.stream.id);
  books.end();
}

void Journal::apply(Tables& rows, const domain::InvoiceDrafted& event, const Meta& meta) {
  rows.of<JournalInvoices>().put(InvoiceId(meta.stream.id), {event.client, event.agency, {}});
}
void Journal::apply(Tables& rows, const domain::MarginBooked& event, const Meta&) {
  JournalInvoices::Row& invoice = rows.of<JournalInvoices>().edit(event.invoice);
  for (const domain::LineMargin& margin : event.margins) add(invoice.margin, margin.margin);
}
void Journal::apply(Tables& rows, const domain::InvoiceIssued& event, const Meta& meta) {
  const JournalInvoices::Row& invoice = rows.of<JournalInvoices>().edit(InvoiceId(meta.stream.id));
  Transaction books(rows, event, meta, event.issued_on);
  books.book(debtors, event.gross, invoice.client.value);
  for (const domain::VatLine& vat : event.vat) {
    const bool reversed = vat.treatment == domain::VatTreatment::reverse_charged;
    books.book(reversed ? revenue_reverse_charged : revenue, negated(vat.base));
    books.book(vat_due, negated(vat.amount));
  }
  books.book(agency_cost, invoice.margin);
  books.book(agency_accrued, negated(invoice.margin), invoice.agency.value);
  books.end();
}
void Journal::apply(Tables& rows, const domain::InvoicePaid& event, const Meta& meta) {
  const JournalInvoices::Row& invoice = rows.of<JournalInvoices>().edit(InvoiceId(meta.stream.id));
  Transaction books(rows, event, meta, event.booked_on);
  books.book(bank, event.amount);
  books.book(debtors, negated(event.amount), invoice.client.value);
  books.end();
}

}  // namespace placet::projections
