#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/placement/placement.h"
#include "domain/timesheet/timesheet.h"

namespace placet::domain {

/// Rates and fees per hour are at most this, so that no amount of one sheet overflows.
inline constexpr Money kRateMax = Money::of(10'000'000);

/// The terms in force on a day: those with the latest `from` not after it; of equal ones those agreed last. nullptr:
/// none are.
template <class T>
const T* in_force(std::span<const Dated<T>> terms, Date day) {
  const Dated<T>* latest = nullptr;
  for (const Dated<T>& one : terms) {
    if (one.from <= day && (latest == nullptr || latest->from <= one.from)) latest = &one;
  }
  return latest == nullptr ? nullptr : &latest->terms;
}

/// Basis points on top of the rate for hours of that type; 0 where none are agreed.
std::int32_t surcharge_for(std::span<const Surcharge> surcharges, HourType type);

/// Of the same hour type at the same rate and surcharge.
bool same_price(const PricedLine& a, const PricedLine& b);

/// What so many minutes are worth at that price: minutes x perHour x (1 + surcharge / 10,000) / 60, half a cent and
/// more rounded up, away from zero for negative minutes.
Money worth(Minutes minutes, Money per_hour, std::int32_t surcharge);

/// One line per hour type and price, in that order, of lines of one sheet; each priced on the sum of its minutes, never
/// per entry. Refused with `no_terms` when none are in force on one of the days.
std::expected<PricedLines, Rejection> price_pay(const Lines& lines, const Placement& placement);
std::expected<PricedLines, Rejection> price_invoice(const Lines& lines, const Placement& placement);
/// What the agency buys those lines for: at the pay rate x factor, half up to cents per hour, plus the fee.
std::expected<PricedLines, Rejection> price_purchase(const Lines& lines, const Placement& placement);

Money sum_of(const PricedLines& lines);
Minutes minutes_of(const PricedLines& lines);

}  // namespace placet::domain
