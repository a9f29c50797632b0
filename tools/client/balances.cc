#include "tools/client/balances.h"

#include <cstdlib>

#include "tools/client/rows.h"

namespace placet::client {

Balances balances_of(Connection& connection) {
  Balances balances;
  read_rows(
      connection, [&] { return connection.queries().trialBalanceRequest(); },
      [&](schema::AccountBalance::Reader row) {
        balances.journal_sum_cents += row.getDebit() - row.getCredit();
        balances.sub_ledger_cents += std::abs(row.getBalance() - row.getSubLedger());
      });
  read_rows(
      connection, [&] { return connection.queries().reconcileDebtorsRequest(); },
      [&](schema::ReconciledDebtor::Reader row) { balances.debtor_cents += std::abs(row.getDifference()); });
  read_rows(
      connection, [&] { return connection.queries().reconcileHoursRequest(); },
      [&](schema::ReconciledSheet::Reader row) {
        balances.open_minutes_unexplained += std::abs(row.getPayDifference()) + std::abs(row.getInvoiceDifference());
      });
  return balances;
}

}  // namespace placet::client
