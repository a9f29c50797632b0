#include "domain/pricing/pricing.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "domain/money.h"

namespace placet::domain {

namespace {

auto price_of(const PricedLine& line) { return std::tuple(line.hour_type, line.per_hour, line.surcharge); }

/// The line of that price, made if it is not there.
PricedLine& line_at(PricedLines& lines, const PricedLine& price) {
  const auto at = std::lower_bound(lines.begin(), lines.end(), price,
                                   [](const PricedLine& a, const PricedLine& b) { return price_of(a) < price_of(b); });
  if (at != lines.end() && same_price(*at, price)) return *at;
  return *lines.insert(at, {price.hour_type, price.per_hour, price.surcharge, {}, {}});
}

PricedLines combine(PricedLines lines, const PricedLines& others, int sign) {
  for (const PricedLine& other : others) {
    PricedLine& line = line_at(lines, other);
    line.minutes = Minutes::of(line.minutes.count() + sign * other.minutes.count());
    line.amount = Money::of(line.amount.count() + sign * other.amount.count());
  }
  std::erase_if(lines, [](const PricedLine& line) { return line.minutes == Minutes() && line.amount == Money(); });
  return lines;
}

template <class T>
std::expected<const T*, Rejection> terms_on(const std::vector<Dated<T>>& all, Date day, const char* what) {
  if (const T* terms = in_force<T>(all, day)) return terms;
  return refuse(RejectionCode::no_terms,
                std::string(what) + ": none are in force on " + day.to_string() + "; agree them");
}

/// `price_on(entry)` answers perHour and surcharge of an entry's day and type.
template <class PriceOn>
std::expected<PricedLines, Rejection> price(const Lines& lines, PriceOn price_on) {
  PricedLines priced;
  for (const Entry* entry : lines) {
    std::expected<PricedLine, Rejection> at = price_on(*entry);
    if (!at) return std::unexpected(std::move(at).error());
    PricedLine& line = line_at(priced, *at);
    line.minutes = Minutes::of(line.minutes.count() + entry->worked.minutes.count());
  }
  for (PricedLine& line : priced) line.amount = worth(line.minutes, line.per_hour, line.surcharge);
  return priced;
}

/// At the rate and surcharges of the terms in force on each entry's day.
template <class T>
std::expected<PricedLines, Rejection> price_by_hour(const Lines& lines, const std::vector<Dated<T>>& all,
                                                    const char* what) {
  return price(lines, [&](const Entry& entry) -> std::expected<PricedLine, Rejection> {
    const auto terms = terms_on(all, entry.worked.day, what);
    if (!terms) return std::unexpected(terms.error());
    return PricedLine{
        entry.hour_type, (*terms)->per_hour, surcharge_for((*terms)->surcharges, entry.hour_type), {}, {}};
  });
}

}  // namespace

std::int32_t surcharge_for(std::span<const Surcharge> surcharges, HourType type) {
  const auto found = std::ranges::find(surcharges, type, &Surcharge::hour_type);
  return found == surcharges.end() ? 0 : found->basis_points;
}

bool same_price(const PricedLine& a, const PricedLine& b) { return price_of(a) == price_of(b); }

PricedLines plus(PricedLines lines, const PricedLines& more) { return combine(std::move(lines), more, 1); }
PricedLines minus(PricedLines lines, const PricedLines& less) { return combine(std::move(lines), less, -1); }

Money worth(Minutes minutes, Money per_hour, std::int32_t surcharge) {
  return Money::of(divide_half_up(minutes.count() * per_hour.count() * (10'000 + surcharge), 600'000));
}

std::expected<PricedLines, Rejection> price_pay(const Lines& lines, const Placement& placement) {
  return price_by_hour(lines, placement.pay, "pay terms");
}

std::expected<PricedLines, Rejection> price_invoice(const Lines& lines, const Placement& placement) {
  return price_by_hour(lines, placement.client_terms, "client terms");
}

std::expected<PricedLines, Rejection> price_purchase(const Lines& lines, const Placement& placement) {
  return price(lines, [&](const Entry& entry) -> std::expected<PricedLine, Rejection> {
    const auto pay = terms_on(placement.pay, entry.worked.day, "pay terms");
    if (!pay) return std::unexpected(pay.error());
    const auto purchase = terms_on(placement.purchase, entry.worked.day, "purchase terms");
    if (!purchase) return std::unexpected(purchase.error());
    const std::int64_t rate = divide_half_up((*pay)->per_hour.count() * (*purchase)->factor, 10'000);
    return PricedLine{entry.hour_type,
                      Money::of(rate + (*purchase)->fee_per_hour.count()),
                      surcharge_for((*pay)->surcharges, entry.hour_type),
                      {},
                      {}};
  });
}

Money sum_of(const PricedLines& lines) {
  std::int64_t sum = 0;
  for (const PricedLine& line : lines) sum += line.amount.count();
  return Money::of(sum);
}

Minutes minutes_of(const PricedLines& lines) {
  std::int64_t sum = 0;
  for (const PricedLine& line : lines) sum += line.minutes.count();
  return Minutes::of(sum);
}

}  // namespace placet::domain
