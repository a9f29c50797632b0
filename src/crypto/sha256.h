#pragma once

#include <array>
#include <cstddef>

#include "base/bytes.h"

namespace placet::crypto {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces. Copying it copies the state, so a common prefix is hashed once.
class Sha256 {
 public:
  Sha256();
  Sha256& update(BytesView bytes);
  /// Ends the computation; afterwards the object may only be destroyed or assigned to.
  Digest finish();

 private:
  alignas(8) std::array<std::byte, 112> state_;  // OpenSSL's SHA256_CTX, hidden so that its header stays in the .cc
};

Digest sha256(BytesView bytes);

/// HMAC-SHA-256 (RFC 2104) under one key: the key's two blocks are hashed at construction, and wiped at destruction.
/// `mac` may be called from many threads at once.
class HmacSha256 {
 public:
  explicit HmacSha256(BytesView key);
  ~HmacSha256();
  HmacSha256(const HmacSha256&) = default;
  HmacSha256& operator=(const HmacSha256&) = default;

  Digest mac(BytesView message) const;

 private:
  Sha256 inner_;
  Sha256 outer_;
};

}  // namespace placet::crypto
