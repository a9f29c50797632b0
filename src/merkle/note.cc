#include "merkle/note.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "crypto/base64.h"
#include "merkle/text.h"

namespace placet::merkle {

namespace {

constexpr std::string_view kSignatureStart = "\u2014 ";
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kTimeBytes = 8;

Bytes big_endian(std::uint64_t value, std::size_t bytes) {
  Bytes out;
  for (std::size_t i = bytes; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i) & 0xff));
  return out;
}

std::uint64_t from_big_endian(BytesView bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

Result<NoteSignature> parse_signature(std::string_view line) {
  const auto refuse = [line](std::string_view why) {
    return fail(ErrorCode::invalid, fmt::format("note: signature line \"{}\": {}", line, why));
  };
  if (!line.starts_with(kSignatureStart)) return refuse("it starts with an em dash and a space");
  const std::string_view rest = line.substr(kSignatureStart.size());
  const std::size_t space = rest.find(' ');
  if (space == std::string_view::npos || !is_key_name(rest.substr(0, space))) return refuse("no name of a key");
  const auto bytes = crypto::from_base64(rest.substr(space + 1));
  if (!bytes || bytes->size() <= kIdBytes) return refuse("not base64 of an id and a signature");
  const auto id = static_cast<std::uint32_t>(from_big_endian(BytesView(*bytes).substr(0, kIdBytes)));
  return NoteSignature{{std::string(rest.substr(0, space)), id}, bytes->substr(kIdBytes)};
}

bool may_be_text(std::string_view text) { return text.ends_with('\n') && is_note_text(text); }

Result<Attestation> attest(const VerifierKey& key, std::string_view text, BytesView signature) {
  const auto refuse = [&key] {
    return fail(ErrorCode::denied, fmt::format("note: the signature by {} is wrong", key.name().name));
  };
  switch (key.type()) {
    case SignatureType::ed25519:
      if (!crypto::verify(key.key(), text, signature)) return refuse();
      return Attestation{key.name(), std::nullopt};
    case SignatureType::cosignature_v1: {
      if (signature.size() != kTimeBytes + crypto::kSignatureBytes) return refuse();
      const std::uint64_t seconds = from_big_endian(signature.substr(0, kTimeBytes));
      if (seconds > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) return refuse();
      const auto at = static_cast<std::int64_t>(seconds);
      if (!crypto::verify(key.key(), cosigned_message(text, at), signature.substr(kTimeBytes))) return refuse();
      return Attestation{key.name(), at};
    }
  }
  return refuse();
}

/// The one known key of that name and id, or none. Two would make it a matter of order which is asked.
Result<const VerifierKey*> find_key(std::span<const VerifierKey> known, const KeyName& name) {
  const VerifierKey* found = nullptr;
  for (const VerifierKey& key : known) {
    if (key.name() != name) continue;
    if (found != nullptr)
      return fail(ErrorCode::invalid, fmt::format("two known keys are {}+{:08x}", name.name, name.id));
    found = &key;
  }
  return found;
}

}  // namespace

std::string Note::to_string() const {
  std::string note = text + "\n";
  for (const NoteSignature& signature : signatures)
    note += fmt::format("{}{} {}\n", kSignatureStart, signature.key.name,
                        crypto::to_base64(big_endian(signature.key.id, kIdBytes) + signature.bytes));
  return note;
}

Result<Note> Note::parse(std::string_view note) {
  if (note.size() > kNoteBytesMax)
    return fail(ErrorCode::invalid, fmt::format("note: {} bytes, the limit is {}", note.size(), kNoteBytesMax));
  if (!may_be_text(note))
    return fail(ErrorCode::invalid, "note: not UTF-8 text without control characters that ends in a newline");
  const std::size_t blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) return fail(ErrorCode::invalid, "note: no blank line before the signatures");
  Note parsed{.text = std::string(note.substr(0, blank + 1)), .signatures = {}};
  std::string_view lines = note.substr(blank + 2);
  while (const auto line = take_line(lines)) {
    if (parsed.signatures.size() == kNoteSignaturesMax)
      return fail(ErrorCode::invalid, fmt::format("note: more than {} signatures", kNoteSignaturesMax));
    PLACET_ASSIGN(NoteSignature signature, parse_signature(*line));
    parsed.signatures.push_back(std::move(signature));
  }
  if (parsed.signatures.empty()) return fail(ErrorCode::invalid, "note: no signatures");
  return parsed;
}

Result<VerifiedNote> open_note(std::string_view note, std::span<const VerifierKey> known) {
  PLACET_ASSIGN(Note parsed, Note::parse(note));
  VerifiedNote verified{.text = std::move(parsed.text), .attestations = {}, .unknown = {}};
  for (NoteSignature& signature : parsed.signatures) {
    PLACET_ASSIGN(const VerifierKey* const key, find_key(known, signature.key));
    if (key == nullptr) {
      verified.unknown.push_back(std::move(signature));
      continue;
    }
    PLACET_ASSIGN(Attestation attestation, attest(*key, verified.text, signature.bytes));
    // Whoever counts witnesses must not count one twice.
    const auto same_key = [&](const Attestation& other) { return other.key == attestation.key; };
    if (std::ranges::none_of(verified.attestations, same_key)) verified.attestations.push_back(std::move(attestation));
  }
  if (verified.attestations.empty()) return fail(ErrorCode::denied, "note: no signature by a known key");
  return verified;
}

Result<NoteSigner> NoteSigner::of(std::string name, const crypto::SigningKey& key) {
  PLACET_ASSIGN(VerifierKey verifier, VerifierKey::of(std::move(name), SignatureType::ed25519, key.public_key()));
  return NoteSigner(std::move(verifier), key);
}

NoteSignature NoteSigner::sign(std::string_view text) const { return {verifier_.name(), key_.sign(text)}; }

Result<std::string> sign_note(std::string_view text, const NoteSigner& signer) {
  if (!may_be_text(text))
    return fail(ErrorCode::invalid, "note: not UTF-8 text without control characters that ends in a newline");
  return Note{.text = std::string(text), .signatures = {signer.sign(text)}}.to_string();
}

std::string cosigned_message(std::string_view text, std::int64_t seconds) {
  return fmt::format("cosignature/v1\ntime {}\n{}", seconds, text);
}

}  // namespace placet::merkle
