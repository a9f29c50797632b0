#pragma once

#include <cstdint>

#include "tools/client/connection.h"

namespace placet::client {

/// What must be 0.
struct Balances {
  std::int64_t journal_sum_cents = 0;         // debit less credit of everything booked
  std::int64_t sub_ledger_cents = 0;          // what sub-ledgers and their accounts differ by
  std::int64_t debtor_cents = 0;              // what open invoices and the account of debtors differ by
  std::int64_t open_minutes_unexplained = 0;  // approved, and neither paid and invoiced once nor in a list
  friend bool operator==(const Balances&, const Balances&) = default;
};
Balances balances_of(Connection& connection);

}  // namespace placet::client
