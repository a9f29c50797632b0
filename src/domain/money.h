#pragma once

#include "base/amount.h"

namespace placet::domain {

/// Sums of amounts that cannot overflow: rates, minutes of a sheet and lines of a document have limits
/// (pricing/pricing.h, invoice/invoice.h).
constexpr Money add(Money a, Money b) { return Money::of(a.count() + b.count()); }
constexpr Money less(Money a, Money b) { return Money::of(a.count() - b.count()); }
constexpr Money negated(Money amount) { return Money::of(-amount.count()); }

}  // namespace placet::domain
