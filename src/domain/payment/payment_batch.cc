#include "domain/payment/payment_batch.h"

#include <algorithm>

#include "crypto/sha256.h"
#include "domain/canonical.h"
#include "domain/money.h"
#include "domain/placement/checks.h"
#include "domain/states.h"

namespace placet::domain {

namespace {

constexpr std::int64_t kHoldMicros = kAccountHoldDays * kMicrosPerDay;

bool holds(const AccountChange& change, Timestamp now) { return now.micros - change.at.micros < kHoldMicros; }

std::string nth(std::size_t n) { return "payees[" + std::to_string(n) + "]."; }

std::expected<void, Rejection> check_prepared(const PaymentBatch& batch) {
  if (batch.prepared == 0) return refuse(RejectionCode::not_found, "batch: no such batch; prepare payments first");
  return {};
}

/// Where the payment goes. Refused when the worker has no account that takes money.
std::expected<const BankAccount*, Rejection> account_of(const Worker& worker) {
  if (!worker.account)
    return refuse(RejectionCode::account_closed, "worker: has no bank account; two persons record it");
  if (worker.account->closed)
    return refuse(RejectionCode::account_closed, "worker: the bank account is closed; two persons record another one");
  return &*worker.account;
}

/// What takes a worker's payment out of a batch that is not released yet; nothing when none is in it.
Events take_out(const States& states, BatchId batch, EmploymentId employment, const Facts& facts) {
  const PayAccount& pay = states.pay_account(employment);
  const PaymentMade* made = pay.made_by(batch);
  if (made == nullptr || states.payment_batch(batch).released) return {};
  Events events;
  events.push_back({pay_account_stream_of(employment),
                    PaymentWithdrawn{made->id, batch, made->amount},
                    facts.today,
                    {PartyId(pay.worker.value)}});
  events.push_back({stream_of(batch), PaymentTakenOut{made->id, made->amount}, facts.today, {}});
  return events;
}

}  // namespace

Digest payments_hash(const Digest& before, const PaymentPrepared& payment) {
  Bytes input = "placet-payments-v1";
  input.append(view_of(before));
  append_canonical(input, payment.payment.value);
  append_canonical(input, payment.amount.count());
  return crypto::sha256(input);
}
Digest payments_hash(const Digest& before, const PaymentTakenOut& payment) {
  Bytes input = "placet-taken-out-v1";
  input.append(view_of(before));
  append_canonical(input, payment.payment.value);
  return crypto::sha256(input);
}

PaymentBatch evolve(PaymentBatch state, const PaymentsAdded& event, const Meta&) {
  state.prepared += event.count;
  state.count += event.count;
  state.amount = add(state.amount, event.amount);
  state.hash = event.hash;
  for (const AccountChange& change : event.changes) {
    // Of one person the latest counts.
    const auto known =
        std::ranges::find_if(state.changes, [&](const AccountChange& one) { return one.person == change.person; });
    if (known == state.changes.end())
      state.changes.push_back(change);
    else
      known->at = std::max(known->at, change.at);
  }
  return state;
}
PaymentBatch evolve(PaymentBatch state, const PaymentTakenOut& event, const Meta&) {
  --state.count;
  state.amount = less(state.amount, event.amount);
  state.hash = payments_hash(state.hash, event);
  return state;
}
PaymentBatch evolve(PaymentBatch state, const PaymentsReleased&, const Meta&) {
  state.released = true;
  return state;
}
PaymentBatch evolve(PaymentBatch state, const PaymentsSettled&, const Meta&) {
  state.settled = true;
  return state;
}

void needs(const PreparePayments& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.batch));
  if (!command.run.is_nil()) out.states.push_back(stream_of(command.run));
  for (const Payee& payee : command.payees) {
    out.states.push_back(pay_account_stream_of(payee.employment));
    if (!payee.worker.is_nil()) out.states.push_back(stream_of(payee.worker));
    // Mostly one batch for all.
    const StreamId forgotten = stream_of(payee.forgets);
    if (!payee.forgets.is_nil() && std::ranges::find(out.states, forgotten) == out.states.end())
      out.states.push_back(forgotten);
  }
}
void needs(const WithdrawPayment& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.batch));
  out.states.push_back(pay_account_stream_of(command.employment));
}
void needs(const ReleasePayments& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.batch));
  for (const PersonId person : {facts.actor.person, facts.second})
    if (!person.is_nil()) out.states.push_back(stream_of(person));
}
void needs(const SettlePayments& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.batch)); }
void needs(const ReturnPayment& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.batch));
  out.states.push_back(pay_account_stream_of(command.employment));
  out.states.push_back(stream_of(command.worker));
  for (const BatchId batch : command.batches)
    if (batch != command.batch) out.states.push_back(stream_of(batch));
}

Decision decide(const States& states, const PreparePayments& command, const Facts& facts) {
  const PaymentBatch& batch = states.payment_batch(command.batch);
  if (batch.released) return refuse(RejectionCode::approved, "batch: is released; prepare another one");
  if (!command.run.is_nil() && !states.payroll_run(command.run).approved)
    return refuse(RejectionCode::not_ready, "run: is not approved; two persons approve it first");
  if (command.payees.empty()) return refuse(RejectionCode::malformed, "payees: are missing");
  Events events;
  PaymentsAdded added{command.run, 0, {}, batch.hash, {}};
  for (std::size_t n = 0; n < command.payees.size(); ++n) {
    const Payee& payee = command.payees[n];
    const bool twice = std::any_of(command.payees.begin(), command.payees.begin() + static_cast<std::ptrdiff_t>(n),
                                   [&](const Payee& other) { return other.employment == payee.employment; });
    if (twice) return refuse(RejectionCode::malformed, nth(n) + "employment: is named twice");
    const PayAccount& pay = states.pay_account(payee.employment);
    const Money due = pay.due_of(command.run);
    if (due.count() <= 0) return refuse(RejectionCode::settled, nth(n) + "employment: nothing is due");
    if (payee.worker != pay.worker)
      return refuse(RejectionCode::stale, nth(n) + "worker: the hint is missing, or names another one");
    if (pay.made_by(command.batch) != nullptr)
      return refuse(RejectionCode::already_exists, nth(n) + "employment: is in this batch already; take it out first");
    if (const PaymentMade* forgotten = pay.next_forgotten()) {
      if (payee.forgets != forgotten->batch)
        return refuse(RejectionCode::stale, nth(n) + "forgets: the hint is missing, or names another batch");
      // While it waits, a change of the account must find it.
      if (!states.payment_batch(payee.forgets).released)
        return refuse(RejectionCode::too_large,
                      nth(n) + "employment: 16 payments wait to be released; release or withdraw the oldest first");
    }
    const auto account = account_of(states.worker(payee.worker));
    if (!account) return refuse(account.error().code, nth(n) + account.error().message);
    const PaymentPrepared payment{payment_of(facts.ledger, payee.employment, pay.payments),
                                  command.batch,
                                  pay.worker,
                                  due,
                                  (*account)->fact,
                                  command.run};
    ++added.count;
    added.amount = add(added.amount, due);
    added.hash = payments_hash(added.hash, payment);
    for (const AccountChange& change : (*account)->changes) {
      if (!holds(change, facts.now)) continue;
      if (!command.held)
        return refuse(RejectionCode::account_held,
                      nth(n) +
                          "worker: the bank account changed less than 7 days ago; pay it by a batch of its own "
                          "(held), which others than who changed it release");
      added.changes.push_back(change);
    }
    events.push_back({pay_account_stream_of(payee.employment), payment, facts.today, {PartyId(pay.worker.value)}});
  }
  events.push_back({stream_of(command.batch), std::move(added), facts.today, {}});
  return events;
}

Decision take_all_out(const States& states, EmploymentId employment, std::span<const BatchId> batches,
                      const Facts& facts) {
  Events events;
  for (const PaymentMade& made : states.pay_account(employment).made) {
    if (made.back) continue;
    if (std::ranges::find(batches, made.batch) == batches.end())
      return refuse(RejectionCode::stale, "batches: there is another payment to this worker; read it again");
    append(events, take_out(states, made.batch, employment, facts));
  }
  return events;
}

Decision decide(const States& states, const WithdrawPayment& command, const Facts& facts) {
  const PaymentBatch& batch = states.payment_batch(command.batch);
  if (auto checked = check_prepared(batch); !checked) return std::unexpected(checked.error());
  if (batch.released)
    return refuse(RejectionCode::approved, "batch: is released; what the bank sends back is returned (returnPayment)");
  Events events = take_out(states, command.batch, command.employment, facts);
  if (events.empty()) return refuse(RejectionCode::not_found, "employment: has no payment in this batch");
  return events;
}

Decision decide(const States& states, const ReleasePayments& command, const Facts& facts) {
  const PaymentBatch& batch = states.payment_batch(command.batch);
  if (auto checked = check_prepared(batch); !checked) return std::unexpected(checked.error());
  if (batch.released) return refuse(RejectionCode::approved, "batch: is released already");
  if (batch.count == 0) return refuse(RejectionCode::not_ready, "batch: is empty; prepare payments first");
  if (command.seen != batch.hash)
    return refuse(RejectionCode::moved, "seen: the batch holds other payments than those that you saw; look again");
  for (const AccountChange& change : batch.changes) {
    if (!holds(change, facts.now)) continue;
    for (const PersonId person : {facts.actor.person, facts.second})
      if (!person.is_nil() && states.person(person).is(change.person))
        return refuse_by_control(RejectionCode::account_changed_by_you);
  }
  return one(stream_of(command.batch), PaymentsReleased{batch.count, batch.amount, batch.hash, facts.today},
             facts.today);
}

Decision decide(const States& states, const SettlePayments& command, const Facts& facts) {
  const PaymentBatch& batch = states.payment_batch(command.batch);
  if (!batch.released) return refuse(RejectionCode::not_ready, "batch: is not released");
  if (batch.settled) return refuse(RejectionCode::settled, "batch: is settled already");
  if (command.amount != batch.amount)
    return refuse(RejectionCode::malformed,
                  "amount: the batch is of " + std::to_string(batch.amount.count()) + " cents; look at the statement");
  return one(stream_of(command.batch), PaymentsSettled{batch.amount, facts.today}, facts.today);
}

Decision decide(const States& states, const ReturnPayment& command, const Facts& facts) {
  if (!states.payment_batch(command.batch).settled)
    return refuse(RejectionCode::not_ready, "batch: is not settled; nothing of it can come back");
  const PayAccount& pay = states.pay_account(command.employment);
  if (auto checked = check_hint("worker", command.worker, pay.worker); !checked)
    return std::unexpected(std::move(checked).error());
  const PaymentMade* made = pay.made_by(command.batch);
  if (made == nullptr || made->id != command.payment)
    return refuse(RejectionCode::not_found, "payment: is not in this batch, or came back already");
  Events events = one(pay_account_stream_of(command.employment),
                      PaymentReturned{made->id, command.batch, made->amount, command.why, facts.today}, facts.today,
                      {PartyId(command.worker.value)});
  const Worker& worker = states.worker(command.worker);
  // He may have another one by now.
  const bool same_account = worker.account && !worker.account->closed && worker.account->fact == made->account;
  if (command.why == ReturnReason::refused_by_bank || !same_account) return events;
  events.push_back({stream_of(command.worker), BankAccountClosed{}, facts.today, worker.parties(command.worker)});
  auto waiting = take_all_out(states, command.employment, command.batches, facts);
  if (!waiting) return waiting;
  append(events, *std::move(waiting));
  return events;
}

}  // namespace placet::domain
