#pragma once

// Keys of signed notes (c2sp.org/signed-note).
//
//   verifier key = name "+" hex(id) "+" base64(type public-key)
//   id           = SHA-256(name 0A type public-key), the first 4 bytes; 8 lower-case hex digits
//   type         = u8, 01: Ed25519 over the note's text
//                      04: a witness's timestamped cosignature (c2sp.org/tlog-cosignature), see note.h
//   name         = UTF-8, not empty, no space, no plus

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/ed25519.h"

namespace placet::merkle {

enum class SignatureType : std::uint8_t { ed25519 = 0x01, cosignature_v1 = 0x04 };

/// The pair (name, id) says which key made a signature; an id alone is too short to.
struct KeyName {
  std::string name;
  std::uint32_t id = 0;

  friend bool operator==(const KeyName&, const KeyName&) = default;
};

class VerifierKey {
 public:
  /// `invalid` when the name is not allowed.
  static Result<VerifierKey> of(std::string name, SignatureType type, const crypto::PublicKey& key);
  /// `invalid` for anything that to_string() would not write, an id that is not the key's, and other types.
  static Result<VerifierKey> parse(std::string_view text);
  std::string to_string() const;

  const KeyName& name() const { return name_; }
  SignatureType type() const { return type_; }
  const crypto::PublicKey& key() const { return key_; }

 private:
  VerifierKey(KeyName name, SignatureType type, const crypto::PublicKey& key)
      : name_(std::move(name)), type_(type), key_(key) {}

  KeyName name_;
  SignatureType type_;
  crypto::PublicKey key_;
};

}  // namespace placet::merkle
