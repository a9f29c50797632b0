#include <algorithm>
#include <map>

#include "projections/invoices/invoices.h"
#include "projections/journal/journal.h"
#include "projections/open_items/open_items.h"
#include "projections/payroll_balances/payroll_balances.h"
#include "projections/timesheets/timesheets.h"
#include "readside/queries.h"
#include "readside/query_walk.h"

namespace placet::readside {

using namespace projections;

namespace {

Money debit_of(Money amount) { return std::max(amount, Money()); }
Money credit_of(Money amount) { return std::max(negated(amount), Money()); }

Minutes difference(Minutes a, Minutes b, Minutes less, Minutes less_too) {
  return Minutes::of(a.count() + b.count() - less.count() - less_too.count());
}

}  // namespace

Result<Page<JournalEntry>> Queries::journal(const JournalFilter& filter) {
  if (!is_staff()) return fail(ErrorCode::denied, "journal: for staff");
  Page<JournalEntry> page;
  // From the first day on, unless a page before ended later.
  Bytes after = context_.asked.after;
  if (filter.from) after = std::max(after, key_bytes(*filter.from));
  PLACET_TRY(view_.scan_behind<JournalTransactions>(
      after, [&](const JournalTransactions::Key& key, const JournalTransactions::Row& transaction) {
        const auto& [on, position] = key;
        if (filter.until && *filter.until < on) return false;
        // What one record booked stands on one page, since together it comes to zero.
        for (const JournalTransactions::Entry& booked : transaction.entries) {
          JournalEntry& entry = page.rows.emplace_back();
          entry.position = position;
          entry.on = on;
          entry.event = domain::kEventNames[transaction.event];
          const AccountName& account = name_of(booked.account);
          entry.account = account.code;
          entry.name = account.name;
          entry.debit = debit_of(booked.amount);
          entry.credit = credit_of(booked.amount);
          entry.party = PartyId(booked.party);
        }
        if (page.rows.size() >= limit_) page.next = key_bytes(key);
        return page.rows.size() < limit_;
      }));
  return page;
}

Result<Page<AccountBalance>> Queries::trial_balance(const JournalFilter& filter) {
  if (!is_staff()) return fail(ErrorCode::denied, "trialBalance: for staff");
  std::map<JournalAccount, AccountBalance> accounts;
  PLACET_TRY(view_.scan<AccountMonths>([&](const AccountMonths::Key& key, const AccountMonths::Row& row) {
    const auto& [account, month] = key;
    if ((filter.from && month < filter.from->first_of_month()) || (filter.until && *filter.until < month)) return true;
    AccountBalance& balance = accounts[account];
    add(balance.debit, row.debit);
    add(balance.credit, row.credit);
    return true;
  }));
  std::map<JournalAccount, Money> kept_per_party;
  PLACET_TRY(view_.scan<SubLedgers>([&](const SubLedgers::Key& key, const SubLedgers::Row& row) {
    add(kept_per_party[std::get<JournalAccount>(key)], row.balance);
    return true;
  }));
  Page<AccountBalance> page;
  for (auto& [account, balance] : accounts) {
    balance.account = name_of(account).code;
    balance.name = name_of(account).name;
    balance.balance = balance.debit;
    add(balance.balance, negated(balance.credit));
    const auto parties = kept_per_party.find(account);
    balance.sub_ledger = parties == kept_per_party.end() ? balance.balance : parties->second;
    page.rows.push_back(balance);
  }
  return page;
}

Result<Page<ReconciledSheet>> Queries::reconcile_hours() {
  if (!is_staff()) return fail(ErrorCode::denied, "reconcileHours: for staff");
  Page<ReconciledSheet> page;
  const auto show = [&](const SheetsByPeriod::Key& key) -> Result<std::size_t> {
    const SheetId id = std::get<SheetId>(key);
    PLACET_ASSIGN(const auto sheet, view_.get<Sheets>(id));
    if (!sheet) return 0;
    PLACET_ASSIGN(const auto open, view_.get<OpenSheets>(id));
    ReconciledSheet row;
    row.sheet = id;
    row.period = sheet->period;
    PLACET_ASSIGN(row.parties, named(sheet->parties));
    const MinutesByPhase minutes = sheet->minutes();
    row.approved = minutes.approved;
    row.payable = minutes.approved;
    add(row.payable, minutes.accepted);
    if (open) {
      row.to_pay = open->open_minutes(projections::OpenKind::to_pay);
      row.to_recover = open->open_minutes(projections::OpenKind::to_recover);
      row.to_invoice = open->open_minutes(projections::OpenKind::to_invoice);
      row.to_credit = open->open_minutes(projections::OpenKind::to_credit);
    }
    PLACET_TRY(view_.scan<PaidSheets>(
        [&](const PaidSheets::Key&, const PaidSheets::Row& paid) {
          add(row.paid, paid.minutes);
          return true;
        },
        id));
    Result<void> read;
    PLACET_TRY(view_.scan<InvoicedSheets>(
        [&](const InvoicedSheets::Key&, const InvoicedSheets::Row& on) {
          add(row.invoiced, on.minutes);
          const auto invoice = view_.get<Invoices>(on.invoice);
          if (!invoice) read = std::unexpected(invoice.error());
          if (invoice && (!*invoice || !(*invoice)->issued)) add(row.on_draft, on.minutes);
          return read.has_value();
        },
        id));
    PLACET_TRY(read);
    row.pay_difference = difference(row.payable, row.to_recover, row.paid, row.to_pay);
    row.invoice_difference = difference(row.approved, row.to_credit, row.invoiced, row.to_invoice);
    page.rows.push_back(std::move(row));
    return 1;
  };
  PLACET_ASSIGN(page.next, walk_all<SheetsByPeriod>(show));
  return page;
}

Result<Page<ReconciledDebtor>> Queries::reconcile_debtors() {
  if (!is_staff()) return fail(ErrorCode::denied, "reconcileDebtors: for staff");
  Page<ReconciledDebtor> page;
  const auto show = [&](ClientId client) -> Result<std::size_t> {
    ReconciledDebtor row;
    row.client = client;
    bool any = false;
    Result<void> read;
    PLACET_TRY(view_.scan<InvoicesOfParty>(
        [&](const InvoicesOfParty::Key& key, const Present&) {
          const auto invoice = view_.get<Invoices>(std::get<InvoiceId>(key));
          if (!invoice) read = std::unexpected(invoice.error());
          if (!invoice) return false;
          add(row.invoices, (*invoice)->open());
          any = true;
          return true;
        },
        PartyId(client.value)));
    PLACET_TRY(read);
    PLACET_ASSIGN(const auto account, view_.get<SubLedgers>({JournalAccount::debtors, client.value}));
    if (account) row.account = account->balance;
    if (!any && !account) return 0;
    PLACET_ASSIGN(row.client_name, names_.client(client));
    row.difference = row.invoices;
    add(row.difference, negated(row.account));
    page.rows.push_back(std::move(row));
    return 1;
  };
  PLACET_ASSIGN(page.next, walk_all<Clients>(show));
  return page;
}

}  // namespace placet::readside
