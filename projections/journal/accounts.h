#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace placet::projections {

/// The accounts of the ledger in which something is booked, by the codes of the Dutch reference scheme (RGS). The
/// numbers stand in rows.
enum class JournalAccount : std::uint8_t {
  debtors = 1,
  bank = 2,
  suspense = 3,
  net_wages_due = 4,
  holiday_allowance_due = 5,
  leave_reserve = 6,
  advances = 7,
  vat_due = 8,
  agency_accrued = 9,
  revenue = 10,
  revenue_reverse_charged = 11,
  wages = 12,
  holiday_allowance = 13,
  leave = 14,
  agency_cost = 15,
};

struct AccountName {
  JournalAccount account;
  std::string_view code;
  std::string_view name;
};

inline constexpr std::array kAccounts = {
    AccountName{JournalAccount::debtors, "BVorDebHad", "Debtors"},
    AccountName{JournalAccount::bank, "BLimBanRba", "Bank"},
    AccountName{JournalAccount::suspense, "BLimKru", "Payments under way"},
    AccountName{JournalAccount::net_wages_due, "BSchSalNet", "Net wages due"},
    AccountName{JournalAccount::holiday_allowance_due, "BSchSalTvg", "Holiday allowance due"},
    AccountName{JournalAccount::leave_reserve, "BSchSalTbv", "Leave reserve"},
    AccountName{JournalAccount::advances, "BSchSalVpe", "Advances to workers"},
    AccountName{JournalAccount::vat_due, "BSchBepBla", "VAT due"},
    AccountName{JournalAccount::agency_accrued, "BSchOpaNto", "Agency accrued"},
    AccountName{JournalAccount::revenue, "WOmzNodOdh", "Revenue"},
    AccountName{JournalAccount::revenue_reverse_charged, "WOmzNodOdg", "Revenue, VAT reverse-charged"},
    AccountName{JournalAccount::wages, "WPerLesLon", "Wages"},
    AccountName{JournalAccount::holiday_allowance, "WPerLesVag", "Holiday allowance"},
    AccountName{JournalAccount::leave, "WPerLesVad", "Leave"},
    AccountName{JournalAccount::agency_cost, "WKprKuwKuw", "Agency cost"},
};

constexpr const AccountName& name_of(JournalAccount account) {
  return kAccounts[static_cast<std::size_t>(account) - 1];
}

static_assert([] {
  for (const AccountName& one : kAccounts)
    if (name_of(one.account).account != one.account) return false;
  return true;
}());

}  // namespace placet::projections
