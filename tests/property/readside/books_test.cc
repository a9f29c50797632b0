// Of what a real engine wrote of a random history: the books balance at every basis that is looked at, they agree with
// one another, and what was closed prints again to the byte.

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>

#include "codec/record.h"
#include "projections/all.h"
#include "projections/invoices/invoices.h"
#include "projections/journal/journal.h"
#include "projections/open_items/open_items.h"
#include "projections/payroll_balances/payroll_balances.h"
#include "projections/timesheets/timesheets.h"
#include "readside/projection_host.h"
#include "tests/property/engine/sent_history.h"
#include "tests/support/patience.h"
#include "tests/support/seed.h"
#include "tests/support/stores.h"

namespace placet::readside {
namespace {

using namespace projections;

constexpr std::size_t kEvents = 30'000;
constexpr std::size_t kStepsAtOnce = 200;

class Books : public ::testing::Test {
 protected:
  Books() : history_(testing::seed_or(20261126)), views_(testing::rows_in_memory({})) {
    auto started =
        ProjectionHost::start(history_.log(), views_->rows(), views_->archive(), {domain::testing::kLedger, all(), {}});
    EXPECT_TRUE(started.has_value());
    host_ = std::move(*started);
  }

  /// Calls `look(view)` now and then, and at the end.
  template <class Look>
  void run(Look look) {
    while (history_.log().size().value < kEvents) {
      history_.run(kStepsAtOnce);
      host_->advance(history_.log().size());
      const auto answer = host_->at_least(history_.log().size(), testing::kPatience).value();
      ASSERT_TRUE(std::holds_alternative<Ready>(answer)) << "a projection stopped";
      look(std::get<Ready>(answer).view);
    }
  }

  template <class Table, class Visit, class... Prefix>
  static void scan(const View& view, Visit visit, const Prefix&... prefix) {
    const auto scanned = view.scan<Table>(
        [&](const auto& key, const auto& row) {
          visit(key, row);
          return true;
        },
        prefix...);
    ASSERT_TRUE(scanned.has_value());
  }

  static std::map<JournalAccount, std::int64_t> accounts_of(const View& view) {
    std::map<JournalAccount, std::int64_t> accounts;
    scan<AccountMonths>(view, [&](const AccountMonths::Key& key, const AccountMonths::Row& row) {
      accounts[std::get<JournalAccount>(key)] += row.debit.count() - row.credit.count();
    });
    return accounts;
  }
  /// Of the accounts that are kept per party: the balance of each.
  static std::map<std::pair<JournalAccount, Uuid>, std::int64_t> parties_of(const View& view) {
    std::map<std::pair<JournalAccount, Uuid>, std::int64_t> parties;
    scan<SubLedgers>(view, [&](const SubLedgers::Key& key, const SubLedgers::Row& row) {
      if (row.balance != Money()) parties[{std::get<0>(key), std::get<1>(key)}] = row.balance.count();
    });
    return parties;
  }
  testing::SentHistory history_;
  std::unique_ptr<testing::RowsUnderTest> views_;
  std::unique_ptr<ProjectionHost> host_;
};

TEST_F(Books, SumToZeroAtEveryBasisAndSoDoesEveryRecordInThem) {
  std::size_t entries = 0;
  run([&](const View& view) {
    std::map<LogPosition, std::int64_t> by_record;
    std::map<JournalAccount, std::int64_t> by_account;
    entries = 0;
    scan<JournalTransactions>(view, [&](const JournalTransactions::Key& key, const JournalTransactions::Row& row) {
      for (const JournalTransactions::Entry& entry : row.entries) {
        by_record[std::get<LogPosition>(key)] += entry.amount.count();
        by_account[entry.account] += entry.amount.count();
        ++entries;
      }
    });
    for (const auto& [position, sum] : by_record) ASSERT_EQ(sum, 0) << "position " << position.value;
    ASSERT_EQ(accounts_of(view), by_account);
  });
  std::cout << "seed " << history_.history().seed() << ": " << entries << " entries in the journal\n";
  EXPECT_GT(entries, 500U);
}

TEST_F(Books, EverySubLedgerEqualsItsAccountAtEveryBasis) {
  std::size_t kept = 0;
  run([&](const View& view) {
    const auto accounts = accounts_of(view);
    std::map<JournalAccount, std::int64_t> sums;
    for (const auto& [key, balance] : parties_of(view)) sums[key.first] += balance;
    for (const JournalAccount account :
         {JournalAccount::debtors, JournalAccount::suspense, JournalAccount::net_wages_due,
          JournalAccount::holiday_allowance_due, JournalAccount::leave_reserve, JournalAccount::advances,
          JournalAccount::agency_accrued}) {
      const auto found = accounts.find(account);
      ASSERT_EQ(sums[account], found == accounts.end() ? 0 : found->second) << name_of(account).code;
    }
    kept = sums.size();
  });
  EXPECT_EQ(kept, 7U) << "something is booked on each of them";
}

TEST_F(Books, TheJournalAgreesWithInvoicesAndPayrollBalancesAtEveryBasis) {
  run([&](const View& view) {
    std::map<std::pair<JournalAccount, Uuid>, std::int64_t> expected;
    scan<Invoices>(view, [&](const InvoiceId&, const Invoices::Row& row) {
      expected[{JournalAccount::debtors, row.client.value}] += row.open().count();
    });
    scan<PayBalances>(view, [&](const EmploymentId& id, const PayBalances::Row& row) {
      expected[{JournalAccount::net_wages_due, id.value}] = -row.due.count();
      expected[{JournalAccount::advances, id.value}] = row.advances.count();
      expected[{JournalAccount::holiday_allowance_due, id.value}] = -row.holiday_allowance.count();
      expected[{JournalAccount::leave_reserve, id.value}] = -row.leave_reserve.count();
    });
    std::erase_if(expected, [](const auto& one) { return one.second == 0; });
    auto booked = parties_of(view);
    std::erase_if(booked, [](const auto& one) {
      return one.first.first == JournalAccount::suspense || one.first.first == JournalAccount::agency_accrued;
    });
    ASSERT_EQ(booked, expected);
  });
}

TEST_F(Books, ApprovedMinutesArePaidAndInvoicedOnceOrOpenAtEveryBasis) {
  std::int64_t paid_minutes = 0, invoiced_minutes = 0;
  run([&](const View& view) {
    paid_minutes = invoiced_minutes = 0;
    scan<Sheets>(view, [&](const SheetId& id, const Sheets::Row& sheet) {
      std::int64_t on_payslips = 0, on_invoices = 0;
      scan<PaidSheets>(view, [&](const auto&, const PaidSheets::Row& row) { on_payslips += row.minutes.count(); }, id);
      scan<InvoicedSheets>(
          view, [&](const auto&, const InvoicedSheets::Row& row) { on_invoices += row.minutes.count(); }, id);
      const projections::MinutesByPhase minutes = sheet.minutes();
      const std::int64_t approved = minutes.approved.count(), payable = approved + minutes.accepted.count();
      const auto of_open = view.get<projections::OpenSheets>(id).value();
      const auto open = [&](projections::OpenKind kind) { return of_open ? of_open->open_minutes(kind).count() : 0; };
      ASSERT_EQ(payable + open(projections::OpenKind::to_recover), on_payslips + open(projections::OpenKind::to_pay));
      ASSERT_EQ(approved + open(projections::OpenKind::to_credit),
                on_invoices + open(projections::OpenKind::to_invoice));
      paid_minutes += on_payslips;
      invoiced_minutes += on_invoices;
    });
  });
  std::cout << "seed " << history_.history().seed() << ": " << paid_minutes << " minutes paid, " << invoiced_minutes
            << " invoiced\n";
  EXPECT_GT(paid_minutes, 0);
  EXPECT_GT(invoiced_minutes, 0);
}

TEST_F(Books, AClosedPeriodPrintsAgainToTheByte) {
  const auto print = [](const View& view, Date through) {
    std::string report;
    scan<JournalTransactions>(view, [&](const JournalTransactions::Key& key, const JournalTransactions::Row& row) {
      if (std::get<Date>(key) <= through) report += projections::key_bytes(key) + store::encode_row(row);
    });
    return report;
  };
  std::map<Date, std::string> closed;
  LogSize read;
  run([&](const View& view) {
    for (const auto& [through, report] : closed) ASSERT_EQ(print(view, through), report) << through.to_string();
    const auto scanned = history_.log().read({read.value}, [&](LogPosition position, BytesView record) {
      read = {position.value + 1};
      const auto stored = codec::read_record(record);
      if (const auto* period = std::get_if<domain::PeriodClosed>(&stored->event))
        closed[period->through] = print(view, period->through);
      return true;
    });
    ASSERT_TRUE(scanned.has_value());
  });
  std::cout << "seed " << history_.history().seed() << ": " << closed.size() << " periods closed\n";
  EXPECT_GT(closed.size(), 2U);
}

}  // namespace
}  // namespace placet::readside
