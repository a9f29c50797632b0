#pragma once

#include <vector>

#include "schema/plain.h"

namespace placet::domain {

/// At most one line for each hour type and price, ordered by them; none that is worth nothing and has no minutes.
using PricedLines = std::vector<PricedLine>;

/// Price by price, `lines` and `more` together, or what is left of `lines` without `less`.
PricedLines plus(PricedLines lines, const PricedLines& more);
PricedLines minus(PricedLines lines, const PricedLines& less);

}  // namespace placet::domain
