#pragma once

// A sealed box: personal data inside an event (TRUST, section 2).
//
//   box        = alg key-id commitment nonce ciphertext
//   alg        = u8, 1: XChaCha20-Poly1305 (IETF)
//   key-id     = 16 bytes, a UUID
//   commitment = 32 bytes, BLAKE2b-256 of "commit-v1", keyed with the key
//   nonce      = 24 random bytes
//   ciphertext = as many bytes as the plaintext, then the tag of 16 bytes
//
// XChaCha20-Poly1305 alone lets a ciphertext be made that opens under two keys; the commitment, checked first, ties a
// box to one. The associated data is not stored: it says where the box stands, so that a box cannot be moved.

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "crypto/secret.h"

namespace placet::crypto {

/// How many bytes longer a box is than what it holds.
inline constexpr std::size_t kBoxOverheadBytes = 1 + 16 + 32 + 24 + 16;

Bytes seal(const SecretKey& key, const Uuid& key_id, BytesView plaintext, BytesView associated_data);

/// The plaintext. `corrupt`: not a box, or bytes altered, or the box stands elsewhere than where it was sealed;
/// `denied`: sealed with another key.
Result<Bytes> open(const SecretKey& key, BytesView box, BytesView associated_data);

/// Which key opens the box; `corrupt` when it is not a box.
Result<Uuid> key_id_of(BytesView box);

}  // namespace placet::crypto
