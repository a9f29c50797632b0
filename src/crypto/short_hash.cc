#include "crypto/short_hash.h"

#include <sodium.h>

#include <cstring>

#include "crypto/sodium_ready.h"

namespace placet::crypto {

ShortHash::ShortHash() {
  static_assert(sizeof key_ == crypto_shorthash_KEYBYTES);
  ensure_sodium();
  crypto_shorthash_keygen(key_.data());
}

std::uint64_t ShortHash::operator()(BytesView bytes) const {
  std::uint64_t value = 0;
  static_assert(sizeof value == crypto_shorthash_BYTES);
  crypto_shorthash(reinterpret_cast<unsigned char*>(&value), reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size(), key_.data());
  return value;
}

}  // namespace placet::crypto
