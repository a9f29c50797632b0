#pragma once

#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// An invoice to a client, or a credit note: a process. A draft gets its lines by commands that each name some sheets;
/// the command that issues it takes its number. Of a credit note all amounts are negative.
///
/// Invariants, each with a property test of the same name:
///   NumbersWithoutGap       of a series and year: 1, 2, 3, each on one invoice.
///   GrossIsNetPlusVat       and net is the sum of the lines.
///   VatOfTheSum             half up on the sum per rate; of all credit notes of an invoice together at most its own.
///   CreditFreesItsHours     a credit note takes back what its invoice had of a sheet, to the minute and the cent.
///   NeverAboveTheInvoice    what was paid, and set off, is at most what the invoice came to.
struct Invoice {
  InvoiceKind kind = InvoiceKind::unspecified;  // unspecified: not drafted
  ClientId client;
  AgencyId agency;    // may be nil
  InvoiceId credits;  // of a credit note
  std::uint32_t lines = 0;
  Money net;
  Digest hash{};  // of the lines so far
  bool issued = false;
  std::uint16_t year = 0;
  std::uint32_t number = 0;
  VatLine vat;
  Money gross;
  Money credited_net, credited_vat;  // of an invoice: by credit notes
  Money open;                        // of an invoice: still owed; of a credit note: still worth. Never negative

  Parties parties() const;  // client and agency
};

inline constexpr std::uint32_t kInvoiceLinesMax = 100'000;
inline constexpr std::int32_t kDueDays = 30;  // where nothing was agreed: art. 6:119a BW

/// The numbers of one kind of invoice and year.
struct NumberSeries {
  std::uint32_t last = 0;
};

/// The hash of an invoice with some lines more: SHA-256 of "placet-invoice-v1", the hash before, and of each line
///
///   placement id  16 bytes
///   period        u16 kind, i32 first day
///   hour type u16, perHour i64, surcharge i32, minutes i32, amount i64
///
/// big-endian.
Digest invoice_hash(const Digest& before, const std::vector<InvoiceLine>& lines);

/// VAT on a sum of cents, half a cent and more rounded up, away from zero.
Money vat_of(Money base, std::int32_t basis_points);

Invoice evolve(Invoice state, const InvoiceDrafted& event, const Meta& meta);
Invoice evolve(Invoice state, const InvoiceLinesAdded& event, const Meta& meta);
Invoice evolve(Invoice state, const InvoiceIssued& event, const Meta& meta);
Invoice evolve(Invoice state, const InvoiceCredited& event, const Meta& meta);
Invoice evolve(Invoice state, const InvoicePaid& event, const Meta& meta);
Invoice evolve(Invoice state, const CreditSetOff& event, const Meta& meta);
NumberSeries evolve(NumberSeries state, const NumberTaken& event, const Meta& meta);

void needs(const DraftInvoice& command, const Facts& facts, Needs& out);
void needs(const DraftCreditNote& command, const Facts& facts, Needs& out);
void needs(const AddInvoiceLines& command, const Facts& facts, Needs& out);
void needs(const DropInvoiceLines& command, const Facts& facts, Needs& out);
void needs(const IssueInvoice& command, const Facts& facts, Needs& out);
void needs(const IssueCreditNote& command, const Facts& facts, Needs& out);
void needs(const ReceivePayment& command, const Facts& facts, Needs& out);
void needs(const SetOffCredit& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const DraftInvoice& command, const Facts& facts);
Decision decide(const States& states, const DraftCreditNote& command, const Facts& facts);
Decision decide(const States& states, const AddInvoiceLines& command, const Facts& facts);
Decision decide(const States& states, const DropInvoiceLines& command, const Facts& facts);
Decision decide(const States& states, const IssueInvoice& command, const Facts& facts);
Decision decide(const States& states, const IssueCreditNote& command, const Facts& facts);
Decision decide(const States& states, const ReceivePayment& command, const Facts& facts);
Decision decide(const States& states, const SetOffCredit& command, const Facts& facts);

}  // namespace placet::domain
