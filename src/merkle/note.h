#pragma once

// A signed note (c2sp.org/signed-note): text that people can read, with signatures.
//
//   note      = text "\n" signature+
//   text      = UTF-8 without control characters, ending in a newline; may hold blank lines: the last one separates
//   signature = "— " name " " base64(id u32-big-endian bytes) "\n"         (U+2014, then a space)
//
// bytes, by the type of the key:
//   Ed25519      = the signature of text, its final newline included
//   cosignature  = seconds u64-big-endian, then the signature of "cosignature/v1\ntime " seconds "\n" text

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/ed25519.h"
#include "merkle/note_key.h"

namespace placet::merkle {

/// The specification asks for at least 16; Go's checksum database takes 100 signatures and a megabyte.
inline constexpr std::size_t kNoteSignaturesMax = 100;
inline constexpr std::size_t kNoteBytesMax = 1'000'000;

struct NoteSignature {
  KeyName key;
  Bytes bytes;
};

/// A note taken apart, nothing verified: its text means nothing yet.
struct Note {
  std::string text;
  std::vector<NoteSignature> signatures;

  std::string to_string() const;
  static Result<Note> parse(std::string_view note);
};

/// What a known key said.
struct Attestation {
  KeyName key;
  std::optional<std::int64_t> cosigned_at_seconds;  // since 1970; of a cosignature
};

struct VerifiedNote {
  std::string text;
  std::vector<Attestation> attestations;  // at least one; one per key
  std::vector<NoteSignature> unknown;     // skipped
};

/// `invalid`: not a note, or `known` names one key twice; `denied`: no signature by a known key, or a bad one by any.
Result<VerifiedNote> open_note(std::string_view note, std::span<const VerifierKey> known);

/// Signs notes under one name with Ed25519.
class NoteSigner {
 public:
  static Result<NoteSigner> of(std::string name, const crypto::SigningKey& key);
  const VerifierKey& verifier() const { return verifier_; }
  NoteSignature sign(std::string_view text) const;

 private:
  NoteSigner(VerifierKey verifier, const crypto::SigningKey& key) : verifier_(std::move(verifier)), key_(key) {}

  VerifierKey verifier_;
  crypto::SigningKey key_;
};

/// The note of `text` with one signature; `invalid` when `text` may not be a note's.
Result<std::string> sign_note(std::string_view text, const NoteSigner& signer);

/// What a witness signs at that time.
std::string cosigned_message(std::string_view text, std::int64_t seconds);

}  // namespace placet::merkle
