#include "base/euros.h"

#include <fmt/format.h>

#include <cstdlib>

namespace placet {

namespace {

std::string with_cents(Money amount, const std::string& whole) {
  return fmt::format("{}{}.{:02}", amount < Money() ? "-" : "", whole, std::abs(amount.count()) % 100);
}

std::string whole_euros(Money amount) { return std::to_string(std::abs(amount.count()) / 100); }

}  // namespace

std::string euros(Money amount) { return with_cents(amount, whole_euros(amount)); }

std::string euros_grouped(Money amount) {
  std::string whole = whole_euros(amount);
  for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3)
    whole.insert(static_cast<std::size_t>(at), 1, ',');
  return with_cents(amount, whole);
}

}  // namespace placet
