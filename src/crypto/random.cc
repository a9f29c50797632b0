#include "crypto/random.h"

#include <sodium.h>

#include "crypto/sodium_ready.h"

namespace placet::crypto {

Bytes random_bytes(std::size_t count) {
  ensure_sodium();
  Bytes bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::uint64_t OsRandom::next() {
  ensure_sodium();
  std::uint64_t bits = 0;
  randombytes_buf(&bits, sizeof(bits));
  return bits;
}

}  // namespace placet::crypto
