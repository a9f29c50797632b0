#pragma once

#include "base/bytes.h"

namespace placet::crypto {

/// Whether two secrets are the same, in a time that depends on their lengths alone.
bool equal_in_constant_time(BytesView a, BytesView b);

}  // namespace placet::crypto
