#pragma once

// How the types of the domain that stand in rows are stored; those of base are in store/row_codec.h.

#include "base/box.h"
#include "base/check.h"
#include "domain/meta.h"
#include "domain/placement/placement.h"
#include "schema/plain.h"
#include "store/row_codec.h"

namespace placet {

template <class Archive>
Bytes save_minimal(const Archive&, const Box& box) {
  PLACET_CHECK(!box.is_plain(), "a row holds sealed boxes only");
  return box.bytes();
}
template <class Archive>
void load_minimal(const Archive&, Box& box, const Bytes& bytes) {
  box = bytes.empty() ? Box() : Box::sealed(bytes);
}

namespace domain {

template <class A>
void serialize(A& archive, Period& period) {
  archive(period.kind, period.first);
}
template <class A>
void serialize(A& archive, Worked& worked) {
  archive(worked.day, worked.start_at, worked.end_at, worked.break_minutes, worked.minutes, worked.day_minutes,
          worked.start_local, worked.end_local, worked.start_offset, worked.end_offset);
}
template <class A>
void serialize(A& archive, Company& company) {
  archive(company.name, company.trade_register, company.vat_id);
}
template <class A>
void serialize(A& archive, Billing& billing) {
  archive(billing.order_number, billing.e_invoice_address, billing.g_account_percent);
}
template <class A>
void serialize(A& archive, Cooperation& terms) {
  archive(terms.purchase_factor, terms.fee_per_hour, terms.pay_out, terms.bad_debt_at_agency);
}
template <class A>
void serialize(A& archive, ContractTerms& terms) {
  archive(terms.regime, terms.phase, terms.hours, terms.minutes_per_week, terms.from, terms.until);
}
template <class A>
void serialize(A& archive, Surcharge& surcharge) {
  archive(surcharge.hour_type, surcharge.basis_points);
}
template <class A>
void serialize(A& archive, PayTerms& terms) {
  archive(terms.per_hour, terms.travel_per_km, terms.surcharges);
}
template <class A>
void serialize(A& archive, ClientTerms& terms) {
  archive(terms.per_hour, terms.travel_per_km, terms.surcharges);
}
template <class A>
void serialize(A& archive, PurchaseTerms& terms) {
  archive(terms.factor, terms.fee_per_hour);
}
template <class A, class T>
void serialize(A& archive, Dated<T>& dated) {
  archive(dated.from, dated.terms);
}
template <class A>
void serialize(A& archive, PricedLine& line) {
  archive(line.hour_type, line.per_hour, line.surcharge, line.minutes, line.amount);
}
template <class A>
void serialize(A& archive, Parameter& parameter) {
  archive(parameter.kind, parameter.numerator, parameter.denominator);
}
template <class A>
void serialize(A& archive, PayslipLine& line) {
  archive(line.kind, line.placement, line.period, line.hours, line.minutes, line.amount, line.rate, line.base);
}
template <class A>
void serialize(A& archive, VatLine& line) {
  archive(line.treatment, line.basis_points, line.base, line.amount);
}
template <class A>
void serialize(A& archive, Gates& gates) {
  archive(gates.contract, gates.agreement, gates.assignment, gates.worker_file, gates.client_file);
}
template <class A>
void serialize(A& archive, CalendarPeriod& period) {
  archive(period.first, period.last, period.submit_by, period.approve_by, period.run, period.pay_day,
          period.invoice_day);
}

}  // namespace domain

namespace projections {

/// A sealed text with what opening it needs to know of where it was sealed: command and event (access/box_context.h).
/// Not for the texts of acts that took two persons: those were sealed under the command that proposed the act.
struct SealedText {
  Box box;  // empty: no text, and nothing behind it
  CommandId command;
  std::uint16_t event = 0;  // its number in `Event`
  template <class A>
  void serialize(A& archive) {
    archive(box);
    if (!box.empty()) archive(command, event);
  }
};

template <class Event>
SealedText sealed_text(const Box& box, const domain::Meta& meta) {
  if (box.empty()) return {};
  return {box, meta.command, domain::EventTraits<Event>::kNumber};
}

/// The row of an index: its key says it all.
struct Present {
  template <class A>
  void serialize(A&) {}
};

}  // namespace projections

}  // namespace placet
