#pragma once

#include <compare>
#include <cstdint>
#include <expected>

namespace placet {

enum class ArithmeticError { overflow };

/// A whole number with a unit. Sums are checked; there is no way to another unit but a function that names its
/// rounding.
template <class Unit>
class Amount {
 public:
  constexpr Amount() = default;
  static constexpr Amount of(std::int64_t count) { return Amount(count); }
  constexpr std::int64_t count() const { return count_; }
  friend constexpr auto operator<=>(const Amount&, const Amount&) = default;

  constexpr std::expected<Amount, ArithmeticError> plus(Amount other) const {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(count_, other.count_, &sum)) return std::unexpected(ArithmeticError::overflow);
    return Amount(sum);
  }
  constexpr std::expected<Amount, ArithmeticError> minus(Amount other) const {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(count_, other.count_, &difference)) return std::unexpected(ArithmeticError::overflow);
    return Amount(difference);
  }

 private:
  constexpr explicit Amount(std::int64_t count) : count_(count) {}
  std::int64_t count_ = 0;
};

using Money = Amount<struct EuroCents>;
using Minutes = Amount<struct WholeMinutes>;

/// Worked minutes at a price per hour, half a cent and more rounded up (away from zero for negative amounts).
constexpr std::expected<Money, ArithmeticError> price_rounded_half_up(Minutes worked, Money per_hour) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(worked.count(), per_hour.count(), &product))
    return std::unexpected(ArithmeticError::overflow);
  const std::int64_t rest = product % 60;
  return Money::of(product / 60 + (rest >= 30 ? 1 : rest <= -30 ? -1 : 0));
}

static_assert(price_rounded_half_up(Minutes::of(1), Money::of(30)) == Money::of(1));
static_assert(price_rounded_half_up(Minutes::of(1), Money::of(29)) == Money::of(0));

}  // namespace placet
