#include <algorithm>

#include "domain/invoice/invoice.h"
#include "domain/money.h"
#include "domain/states.h"

// Numbers, VAT, and what is owed.

namespace placet::domain {

namespace {

std::uint16_t year_of(Date day) { return static_cast<std::uint16_t>(day.year()); }

std::expected<void, Rejection> check_kind(const Invoice& invoice, InvoiceKind kind, const char* field) {
  if (invoice.kind == kind) return {};
  return refuse(RejectionCode::not_found,
                std::string(field) + (kind == InvoiceKind::invoice ? ": no such invoice" : ": no such credit note"));
}

std::expected<void, Rejection> check_issued(const Invoice& invoice, InvoiceKind kind, const char* field) {
  if (auto checked = check_kind(invoice, kind, field); !checked) return checked;
  if (!invoice.issued) return refuse(RejectionCode::not_ready, std::string(field) + ": is a draft; issue it first");
  return {};
}

std::expected<void, Rejection> check_draft(const Invoice& draft, InvoiceKind kind, const char* field,
                                           const Digest& seen) {
  if (auto checked = check_kind(draft, kind, field); !checked) return checked;
  if (draft.issued) return refuse(RejectionCode::settled, std::string(field) + ": is issued already");
  if (draft.lines == 0) return refuse(RejectionCode::not_ready, std::string(field) + ": has no lines; add some");
  if (draft.net == Money())
    return refuse(RejectionCode::not_ready, std::string(field) + ": nothing is left on it; add hours");
  if (seen != draft.hash)
    return refuse(RejectionCode::moved, "seen: it has other lines than those that you saw; look again");
  return {};
}

std::expected<VatLine, Rejection> vat_line(const States& states, const IssueInvoice& command, Money net, Date today) {
  if (command.vat == VatTreatment::reverse_charged) {
    if (!states.client(command.client).has_vat_id)
      return refuse(RejectionCode::vat_does_not_fit, "vat: reverse charge needs the client's VAT id; it has none");
    return VatLine{command.vat, 0, net, {}};
  }
  const auto rate = parameter_on(states.parameters(), ParameterKind::vat, today);
  if (!rate) return std::unexpected(rate.error());
  const Parameter& vat = (*rate)->value;
  const auto basis_points = static_cast<std::int32_t>(10'000 / vat.denominator * vat.numerator);
  return VatLine{command.vat, basis_points, net, vat_of(net, basis_points)};
}

/// The number, and the header that makes the draft whole.
Events issue(const States& states, InvoiceId id, const Invoice& draft, const VatLine& vat, Date due_on,
             const Facts& facts) {
  const std::uint16_t year = year_of(facts.today);
  const SeriesId series = series_of(facts.ledger, draft.kind, year);
  const std::uint32_t number = states.number_series(series).last + 1;
  Events events = one(stream_of(series), NumberTaken{draft.kind, year, number, id}, facts.today, draft.parties());
  events.push_back({stream_of(id),
                    InvoiceIssued{draft.kind,
                                  year,
                                  number,
                                  facts.today,
                                  due_on,
                                  draft.lines,
                                  draft.net,
                                  {vat},
                                  add(draft.net, vat.amount),
                                  draft.hash,
                                  draft.credits},
                    facts.today, draft.parties()});
  return events;
}

/// So much of the credit note pays so much of the invoice.
void set_off(Events& events, InvoiceId credit_note, InvoiceId invoice, Money amount, const Parties& parties,
             Date today) {
  for (const InvoiceId id : {invoice, credit_note})
    events.push_back({stream_of(id), CreditSetOff{credit_note, invoice, amount}, today, parties});
}

}  // namespace

Money vat_of(Money base, std::int32_t basis_points) {
  return Money::of(divide_half_up(base.count() * basis_points, 10'000));
}

void needs(const IssueInvoice& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.invoice));
  out.states.push_back(stream_of(command.client));
  out.states.push_back(stream_of(series_of(facts.ledger, InvoiceKind::invoice, year_of(facts.today))));
  out.states.push_back(parameters_stream());
}
void needs(const IssueCreditNote& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.credit_note));
  out.states.push_back(stream_of(command.invoice));
  out.states.push_back(stream_of(series_of(facts.ledger, InvoiceKind::credit_note, year_of(facts.today))));
}
void needs(const ReceivePayment& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.invoice));
}
void needs(const SetOffCredit& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.credit_note));
  out.states.push_back(stream_of(command.invoice));
}

Decision decide(const States& states, const IssueInvoice& command, const Facts& facts) {
  const Invoice& draft = states.invoice(command.invoice);
  if (auto checked = check_draft(draft, InvoiceKind::invoice, "invoice", command.seen); !checked)
    return std::unexpected(std::move(checked).error());
  if (draft.client != command.client)
    return refuse(RejectionCode::stale, "client: the invoice is for another one; read it again");
  const Date due_on = command.due_on.value_or(facts.today.plus_days(kDueDays));
  if (due_on < facts.today) return refuse(RejectionCode::malformed, "dueOn: lies in the past");
  const auto vat = vat_line(states, command, draft.net, facts.today);
  if (!vat) return std::unexpected(vat.error());
  return issue(states, command.invoice, draft, *vat, due_on, facts);
}

Decision decide(const States& states, const IssueCreditNote& command, const Facts& facts) {
  const Invoice& draft = states.invoice(command.credit_note);
  if (auto checked = check_draft(draft, InvoiceKind::credit_note, "creditNote", command.seen); !checked)
    return std::unexpected(std::move(checked).error());
  if (draft.credits != command.invoice)
    return refuse(RejectionCode::stale, "invoice: the credit note is of another one; read it again");
  const Invoice& invoice = states.invoice(command.invoice);
  const Money net = negated(draft.net), left_net = less(less(invoice.net, invoice.credited_net), net);
  if (left_net.count() < 0)
    return refuse(RejectionCode::above_invoice, "creditNote: takes back more than the invoice came to");
  // What is left of the invoice keeps the VAT of its sum, so that all credit notes together take back exactly its own.
  const Money left_vat = vat_of(left_net, invoice.vat.basis_points);
  const Money vat = less(less(invoice.vat.amount, invoice.credited_vat), left_vat);
  const VatLine line{invoice.vat.treatment, invoice.vat.basis_points, draft.net, negated(vat)};
  Events events = issue(states, command.credit_note, draft, line, facts.today, facts);
  events.push_back(
      {stream_of(command.invoice), InvoiceCredited{command.credit_note, net, vat}, facts.today, invoice.parties()});
  const Money off = std::min(invoice.open, add(net, vat));
  if (off.count() > 0) set_off(events, command.credit_note, command.invoice, off, invoice.parties(), facts.today);
  return events;
}

Decision decide(const States& states, const ReceivePayment& command, const Facts& facts) {
  const Invoice& invoice = states.invoice(command.invoice);
  if (auto checked = check_issued(invoice, InvoiceKind::invoice, "invoice"); !checked)
    return std::unexpected(std::move(checked).error());
  if (command.amount.count() <= 0) return refuse(RejectionCode::malformed, "amount: must be above 0");
  if (invoice.open < command.amount)
    return refuse(RejectionCode::above_invoice, "amount: " + std::to_string(invoice.open.count()) +
                                                    " cents of the invoice are open; book the rest elsewhere");
  return one(stream_of(command.invoice), InvoicePaid{command.amount, facts.today}, facts.today, invoice.parties());
}

Decision decide(const States& states, const SetOffCredit& command, const Facts& facts) {
  const Invoice& credit = states.invoice(command.credit_note);
  if (auto checked = check_issued(credit, InvoiceKind::credit_note, "creditNote"); !checked)
    return std::unexpected(std::move(checked).error());
  const Invoice& invoice = states.invoice(command.invoice);
  if (auto checked = check_issued(invoice, InvoiceKind::invoice, "invoice"); !checked)
    return std::unexpected(std::move(checked).error());
  if (credit.client != invoice.client)
    return refuse(RejectionCode::malformed, "invoice: is for another client than the credit note");
  if (command.amount.count() <= 0) return refuse(RejectionCode::malformed, "amount: must be above 0");
  if (std::min(credit.open, invoice.open) < command.amount)
    return refuse(RejectionCode::above_invoice, "amount: " + std::to_string(credit.open.count()) +
                                                    " cents of the credit note are left, and " +
                                                    std::to_string(invoice.open.count()) + " of the invoice");
  Events events;
  set_off(events, command.credit_note, command.invoice, command.amount, invoice.parties(), facts.today);
  return events;
}

}  // namespace placet::domain
