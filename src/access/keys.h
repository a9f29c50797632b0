#pragma once

// The key folder: what must never lie beside the data, nor in a backup of it.
//
//   keys/            mode 0700
//     root.key       32 random bytes, mode 0600: every other key below hangs on it
//     signing.key    32 random bytes, mode 0600: the Ed25519 seed under which checkpoints are signed
//     last-signed    size and root of the newest checkpoint, a store::HeadFile: access::Notary
//
//   derived from root.key (crypto::derive_key), by label; changing a label loses what was made with it:
//     placet-index-v1     blind indexes: neither erasure nor rotation changes it
//     placet-request-v1   hashes of requests: never rotated
//     placet-wrap-v1      wraps the ledger keys in state/
//     placet-totp-v1      seals the secrets of second factors in state/

#include <filesystem>

#include "base/result.h"
#include "crypto/ed25519.h"
#include "crypto/secret.h"

namespace placet::access {

/// The keys of one ledger, read once at start. Immutable: any thread may use it.
class KeyFolder {
 public:
  /// For `placet init`: makes folder and keys, durable when it returns. Never overwrites a key: `invalid`.
  static Result<KeyFolder> create(const std::filesystem::path& path);
  /// `denied` when others than the owner may reach the folder or a key; `not_found` or `invalid` when one is missing or
  /// is not 32 bytes.
  static Result<KeyFolder> open(const std::filesystem::path& path);

  /// Keys that lie in no folder: simulations and tests bring their own.
  static KeyFolder in_memory(const crypto::SecretKey& root, const crypto::SecretKey& signing_seed) {
    return {"memory", root, signing_seed};
  }

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path last_signed() const { return path_ / "last-signed"; }
  const crypto::SecretKey& index_key() const { return index_key_; }
  const crypto::SecretKey& request_key() const { return request_key_; }
  const crypto::SecretKey& wrap_key() const { return wrap_key_; }
  const crypto::SecretKey& totp_key() const { return totp_key_; }
  const crypto::SigningKey& signing_key() const { return signing_key_; }

 private:
  KeyFolder(std::filesystem::path path, const crypto::SecretKey& root, const crypto::SecretKey& signing_seed);

  std::filesystem::path path_;
  crypto::SecretKey index_key_;
  crypto::SecretKey request_key_;
  crypto::SecretKey wrap_key_;
  crypto::SecretKey totp_key_;
  crypto::SigningKey signing_key_;
};

}  // namespace placet::access
