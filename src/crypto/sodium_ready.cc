#include "crypto/sodium_ready.h"

#include <sodium.h>

#include "base/check.h"

namespace placet::crypto {

void ensure_sodium() {
  static const bool ready = sodium_init() >= 0;
  PLACET_CHECK(ready, "libsodium found no source of randomness");
}

}  // namespace placet::crypto
