#pragma once

#include <rapidcheck.h>

namespace placet::domain::testing {

/// Evenly from [low, high): RapidCheck's own inRange keeps to the low end in early runs, which picks the same few acts.
template <class Number>
Number pick(Number low, Number high) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<Number>(low, high));
}
inline bool coin() { return pick(0, 2) == 1; }

}  // namespace placet::domain::testing
