#include "crypto/equal.h"

#include <sodium.h>

namespace placet::crypto {

bool equal_in_constant_time(BytesView a, BytesView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace placet::crypto
