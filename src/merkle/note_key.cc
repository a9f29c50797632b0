#include "merkle/note_key.h"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "merkle/text.h"

namespace placet::merkle {

namespace {

Bytes typed_key(SignatureType type, const crypto::PublicKey& key) {
  return Bytes(1, static_cast<char>(type)).append(view_of(key));
}

std::uint32_t id_of(std::string_view name, SignatureType type, const crypto::PublicKey& key) {
  const Digest hash = crypto::Sha256().update(name).update("\n").update(typed_key(type, key)).finish();
  return std::uint32_t{hash[0]} << 24 | std::uint32_t{hash[1]} << 16 | std::uint32_t{hash[2]} << 8 | hash[3];
}

}  // namespace

Result<VerifierKey> VerifierKey::of(std::string name, SignatureType type, const crypto::PublicKey& key) {
  if (!is_key_name(name))
    return fail(ErrorCode::invalid, fmt::format("a key's name is UTF-8 without space or plus, not \"{}\"", name));
  const std::uint32_t id = id_of(name, type, key);
  return VerifierKey({std::move(name), id}, type, key);
}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  const auto refuse = [text](std::string_view why) {
    return fail(ErrorCode::invalid, fmt::format("verifier key \"{}\": {}", text, why));
  };
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return refuse("it has three parts, name+id+key");
  const auto typed = crypto::from_base64(text.substr(second + 1));
  crypto::PublicKey key{};
  if (!typed || typed->size() != 1 + key.size()) return refuse("the key is 33 bytes in base64");
  const auto type = static_cast<SignatureType>((*typed)[0]);
  if (type != SignatureType::ed25519 && type != SignatureType::cosignature_v1) return refuse("its type is not known");
  std::copy(typed->begin() + 1, typed->end(), key.begin());
  PLACET_ASSIGN(VerifierKey parsed, of(std::string(text.substr(0, first)), type, key));
  if (parsed.to_string() != text) return refuse("the id is not that of the key");
  return parsed;
}

std::string VerifierKey::to_string() const {
  return fmt::format("{}+{:08x}+{}", name_.name, name_.id, crypto::to_base64(typed_key(type_, key_)));
}

}  // namespace placet::merkle
