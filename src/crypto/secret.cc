#include "crypto/secret.h"

#include <fmt/format.h>
#include <sodium.h>

#include <cstring>

#include "base/check.h"
#include "crypto/commitment.h"
#include "crypto/equal.h"
#include "crypto/sodium_ready.h"

namespace placet::crypto {

namespace {

using KeyedHash = std::array<std::uint8_t, SecretKey::kBytes>;

void keyed_blake2b(BytesView key, BytesView message, KeyedHash& out) {
  ensure_sodium();
  const int status = crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(message.data()),
                                        message.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
  PLACET_CHECK(status == 0);
}

}  // namespace

Result<SecretKey> SecretKey::from_bytes(BytesView bytes) {
  if (bytes.size() != kBytes)
    return fail(ErrorCode::invalid, fmt::format("a key is {} bytes, this is {}", kBytes, bytes.size()));
  SecretKey key;
  std::memcpy(key.bytes_.data(), bytes.data(), kBytes);
  return key;
}

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

bool operator==(const SecretKey& a, const SecretKey& b) { return equal_in_constant_time(a.bytes(), b.bytes()); }

SecretKey random_key() {
  ensure_sodium();
  SecretKey key;
  randombytes_buf(key.bytes_.data(), key.bytes_.size());
  return key;
}

SecretKey derive_key(const SecretKey& from, std::string_view label) {
  PLACET_CHECK(label != kCommitmentLabel, "that derived key would be the public commitment of the key's boxes");
  SecretKey derived;
  keyed_blake2b(from.bytes(), label, derived.bytes_);
  return derived;
}

Commitment commitment_of(const SecretKey& key) {
  Commitment commitment;
  keyed_blake2b(key.bytes(), kCommitmentLabel, commitment);
  return commitment;
}

}  // namespace placet::crypto
