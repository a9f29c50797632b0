#include "crypto/ed25519.h"

#include <sodium.h>

#include "base/check.h"
#include "crypto/sodium_ready.h"

namespace placet::crypto {

namespace {
const unsigned char* data(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
}  // namespace

SigningKey SigningKey::from_seed(const SecretKey& seed) {
  static_assert(crypto_sign_SEEDBYTES == SecretKey::kBytes && crypto_sign_BYTES == kSignatureBytes);
  ensure_sodium();
  SigningKey key;
  static_assert(sizeof(key.secret_) == crypto_sign_SECRETKEYBYTES && sizeof(key.public_) == crypto_sign_PUBLICKEYBYTES);
  PLACET_CHECK(crypto_sign_seed_keypair(key.public_.data(), key.secret_.data(), data(seed.bytes())) == 0);
  return key;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

Bytes SigningKey::sign(BytesView message) const {
  Bytes signature(kSignatureBytes, '\0');
  const int status = crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, data(message),
                                          message.size(), secret_.data());
  PLACET_CHECK(status == 0);
  return signature;
}

bool verify(const PublicKey& key, BytesView message, BytesView signature) {
  ensure_sodium();
  return signature.size() == kSignatureBytes &&
         crypto_sign_verify_detached(data(signature), data(message), message.size(), key.data()) == 0;
}

}  // namespace placet::crypto
