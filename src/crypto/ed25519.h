#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "crypto/secret.h"

namespace placet::crypto {

/// An Ed25519 public key as RFC 8032 encodes it.
using PublicKey = std::array<std::uint8_t, 32>;
inline constexpr std::size_t kSignatureBytes = 64;

/// An Ed25519 key pair (RFC 8032), wiped at destruction. Signing is deterministic, and safe from many threads.
class SigningKey {
 public:
  /// The seed is the private key of RFC 8032: whoever has it can sign.
  static SigningKey from_seed(const SecretKey& seed);
  ~SigningKey();
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;

  Bytes sign(BytesView message) const;  // kSignatureBytes long
  const PublicKey& public_key() const { return public_; }

 private:
  SigningKey() = default;

  std::array<std::uint8_t, 64> secret_{};  // libsodium's form: seed, then public key
  PublicKey public_{};
};

/// False also for a signature of another length and for a key that is no point of the curve.
bool verify(const PublicKey& key, BytesView message, BytesView signature);

}  // namespace placet::crypto
