#include "crypto/sha256.h"
#include "domain/canonical.h"
#include "domain/invoice/invoice.h"
#include "domain/money.h"

namespace placet::domain {

Parties Invoice::parties() const {
  Parties all{PartyId(client.value)};
  if (!agency.is_nil()) all.push_back(PartyId(agency.value));
  return all;
}

Digest invoice_hash(const Digest& before, const std::vector<InvoiceLine>& lines) {
  Bytes input = "placet-invoice-v1";
  input.append(view_of(before));
  for (const InvoiceLine& line : lines) {
    append_canonical(input, line.placement.value);
    append_canonical(input, static_cast<std::uint16_t>(line.period.kind));
    append_canonical(input, line.period.first.days);
    append_canonical(input, static_cast<std::uint16_t>(line.hours.hour_type));
    append_canonical(input, line.hours.per_hour.count());
    append_canonical(input, line.hours.surcharge);
    append_canonical(input, static_cast<std::int32_t>(line.hours.minutes.count()));
    append_canonical(input, line.hours.amount.count());
  }
  return crypto::sha256(input);
}

Invoice evolve(Invoice state, const InvoiceDrafted& event, const Meta&) {
  state.kind = event.kind;
  state.client = event.client;
  state.agency = event.agency;
  state.credits = event.credits;
  return state;
}
Invoice evolve(Invoice state, const InvoiceLinesAdded& event, const Meta&) {
  state.lines += static_cast<std::uint32_t>(event.lines.size());
  state.net = add(state.net, event.net);
  state.hash = invoice_hash(state.hash, event.lines);
  return state;
}
Invoice evolve(Invoice state, const InvoiceIssued& event, const Meta&) {
  state.issued = true;
  state.year = event.year;
  state.number = event.number;
  state.gross = event.gross;
  if (!event.vat.empty()) state.vat = event.vat.front();
  state.open = event.kind == InvoiceKind::credit_note ? negated(event.gross) : event.gross;
  return state;
}
Invoice evolve(Invoice state, const InvoiceCredited& event, const Meta&) {
  state.credited_net = add(state.credited_net, event.net);
  state.credited_vat = add(state.credited_vat, event.vat);
  return state;
}
Invoice evolve(Invoice state, const InvoicePaid& event, const Meta&) {
  state.open = less(state.open, event.amount);
  return state;
}
Invoice evolve(Invoice state, const CreditSetOff& event, const Meta&) {
  state.open = less(state.open, event.amount);
  return state;
}
NumberSeries evolve(NumberSeries, const NumberTaken& event, const Meta&) { return {event.number}; }

}  // namespace placet::domain
