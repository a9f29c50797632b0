#include "projections/payments/payments.h"

#include <algorithm>

#include "domain/payment/payment_batch.h"

namespace placet::projections {

namespace {

PaymentBatches::Row& batch_of(PaymentsMade::Tables& rows, const domain::Meta& meta) {
  return rows.of<PaymentBatches>().edit(BatchId(meta.stream.id));
}

}  // namespace

void PaymentsMade::apply(Tables& rows, const domain::PaymentPrepared& event, const Meta& meta) {
  Payments::Row payment;
  payment.position = meta.position;
  payment.batch = event.batch;
  payment.employment = EmploymentId(meta.stream.id);
  payment.worker = event.worker;
  payment.run = event.run;
  payment.amount = event.amount;
  payment.account = event.account;
  rows.of<Payments>().put(event.payment, payment);
  rows.of<PaymentsByPosition>().put({meta.position, event.payment}, {});
  rows.of<PaymentsOfParty>().put({PartyId(event.worker.value), meta.position, event.payment}, {});
}
void PaymentsMade::apply(Tables& rows, const domain::PaymentWithdrawn& event, const Meta&) {
  rows.of<Payments>().edit(event.payment).fate = PaymentFate::withdrawn;
}
void PaymentsMade::apply(Tables& rows, const domain::PaymentReturned& event, const Meta&) {
  Payments::Row& payment = rows.of<Payments>().edit(event.payment);
  payment.fate = PaymentFate::returned;
  payment.why = event.why;
  add(rows.of<PaymentBatches>().edit(event.batch).returned, event.amount);
}

void PaymentsMade::apply(Tables& rows, const domain::PaymentsAdded& event, const Meta& meta) {
  PaymentBatches::Row& batch = rows.of<PaymentBatches>().edit_or_add(BatchId(meta.stream.id));
  if (meta.opens_stream()) {
    batch.position = meta.position;
    rows.of<PaymentBatchesByPosition>().put({meta.position, BatchId(meta.stream.id)}, {});
  }
  batch.count += event.count;
  add(batch.amount, event.amount);
  batch.hash = event.hash;
  for (const domain::AccountChange& change : event.changes) {
    if (std::ranges::find(batch.changed_by, change.person) == batch.changed_by.end())
      batch.changed_by.push_back(change.person);
    batch.changed_at = std::max(batch.changed_at, change.at);
  }
}
void PaymentsMade::apply(Tables& rows, const domain::PaymentTakenOut& event, const Meta& meta) {
  PaymentBatches::Row& batch = batch_of(rows, meta);
  --batch.count;
  add(batch.amount, negated(event.amount));
  batch.hash = domain::payments_hash(batch.hash, event);
}
void PaymentsMade::apply(Tables& rows, const domain::PaymentsReleased&, const Meta& meta) {
  PaymentBatches::Row& batch = batch_of(rows, meta);
  batch.released = true;
  batch.released_at = meta.recorded_at;
}
void PaymentsMade::apply(Tables& rows, const domain::PaymentsSettled&, const Meta& meta) {
  batch_of(rows, meta).settled = true;
}

}  // namespace placet::projections
