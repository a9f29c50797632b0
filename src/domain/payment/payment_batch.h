#pragma once

#include <span>
#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// Payments that leave together. Prepared by commands that each put a few workers' dues into it (on their pay accounts,
/// where each payment stands), released by two persons who saw exactly these, booked by the bank, some sent back.
///
/// Invariants, each with a property test of the same name:
///   NoMoneyByOnePerson       released by two persons, who are two human beings.
///   NotByWhoChangedTheAccount  neither of whom changed the account of one of the payees in the 7 days before.
///   ReleasedAsSeen           what is released is what the hash is of: nothing added or taken out since.
///   PaidToTheAccountInForce  each payment goes to the account that the payee has at release.
struct PaymentBatch {
  std::uint32_t prepared = 0;  // all that were ever put in
  std::uint32_t count = 0;
  Money amount;
  Digest hash{};
  std::vector<AccountChange> changes;  // of the payees' accounts, in the 7 days before they were put in
  bool released = false;
  bool settled = false;
};

inline constexpr std::int64_t kAccountHoldDays = 7;
inline constexpr std::size_t kPayeesPerCommandMax = 24;

/// The hash of a batch with one payment more: its id stands for its account, a change of which takes it out.
///
///   SHA-256("placet-payments-v1" || hash before || payment id || i64 amount, cents, big-endian)
///
/// With one taken out the same with "placet-taken-out-v1" and nothing behind the payment's id.
Digest payments_hash(const Digest& before, const PaymentPrepared& payment);
Digest payments_hash(const Digest& before, const PaymentTakenOut& payment);

PaymentBatch evolve(PaymentBatch state, const PaymentsAdded& event, const Meta& meta);
PaymentBatch evolve(PaymentBatch state, const PaymentTakenOut& event, const Meta& meta);
PaymentBatch evolve(PaymentBatch state, const PaymentsReleased& event, const Meta& meta);
PaymentBatch evolve(PaymentBatch state, const PaymentsSettled& event, const Meta& meta);

void needs(const PreparePayments& command, const Facts& facts, Needs& out);
void needs(const WithdrawPayment& command, const Facts& facts, Needs& out);
void needs(const ReleasePayments& command, const Facts& facts, Needs& out);
void needs(const SettlePayments& command, const Facts& facts, Needs& out);
void needs(const ReturnPayment& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const PreparePayments& command, const Facts& facts);
Decision decide(const States& states, const WithdrawPayment& command, const Facts& facts);
Decision decide(const States& states, const ReleasePayments& command, const Facts& facts);
Decision decide(const States& states, const SettlePayments& command, const Facts& facts);
Decision decide(const States& states, const ReturnPayment& command, const Facts& facts);

/// What takes every payment to a worker that waits out of its batch, because its account is no longer in force.
/// `batches` are those of his payments, or the answer is `stale`.
Decision take_all_out(const States& states, EmploymentId employment, std::span<const BatchId> batches,
                      const Facts& facts);

}  // namespace placet::domain
