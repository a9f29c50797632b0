#pragma once

#include <string>

#include "base/amount.h"

namespace placet {

/// 1234.50
std::string euros(Money amount);
/// 1,234.50
std::string euros_grouped(Money amount);

}  // namespace placet
