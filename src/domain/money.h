#pragma once

#include <cstdint>

#include "base/amount.h"

namespace placet::domain {

/// Sums of amounts that cannot overflow: rates, minutes of a sheet and lines of a document have limits
/// (pricing/pricing.h, invoice/invoice.h).
constexpr Money add(Money a, Money b) { return Money::of(a.count() + b.count()); }
constexpr Money less(Money a, Money b) { return Money::of(a.count() - b.count()); }

/// The nearest whole number; half and more away from zero. The divisor is above 0.
constexpr std::int64_t divide_half_up(std::int64_t product, std::int64_t divisor) {
  const std::int64_t rest = product % divisor;
  return product / divisor + (2 * rest >= divisor ? 1 : 2 * rest <= -divisor ? -1 : 0);
}

}  // namespace placet::domain
