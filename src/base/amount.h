#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace placet {

/// A whole number with a unit. There is no way to another unit but a function that names its rounding.
template <class Unit>
class Amount {
 public:
  constexpr Amount() = default;
  static constexpr Amount of(std::int64_t count) { return Amount(count); }
  constexpr std::int64_t count() const { return count_; }
  friend constexpr auto operator<=>(const Amount&, const Amount&) = default;

  /// Nothing: the sum is too large.
  constexpr std::optional<Amount> plus(Amount other) const {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(count_, other.count_, &sum)) return std::nullopt;
    return Amount(sum);
  }

 private:
  constexpr explicit Amount(std::int64_t count) : count_(count) {}
  std::int64_t count_ = 0;
};

using Money = Amount<struct EuroCents>;
using Minutes = Amount<struct WholeMinutes>;

template <class Unit>
constexpr Amount<Unit> negated(Amount<Unit> amount) {
  return Amount<Unit>::of(-amount.count());
}

}  // namespace placet
