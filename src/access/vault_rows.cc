#include "access/vault_rows.h"

#include <fmt/format.h>
#include <string.h>

#include "crypto/box.h"

namespace placet::access {

namespace {

constexpr std::size_t kUuidBytes = 16;
constexpr std::size_t kKeyNameBytes = kUuidBytes + 1 + 2;

template <class Unsigned>
void append_big_endian(Bytes& out, Unsigned value) {
  for (std::size_t i = sizeof(Unsigned); i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i) & 0xff));
}

template <class Unsigned>
Unsigned big_endian(BytesView bytes) {
  Unsigned value = 0;
  for (const char byte : bytes) value = static_cast<Unsigned>(value << 8 | static_cast<std::uint8_t>(byte));
  return value;
}

Bytes ledger_key_context(LedgerId ledger, std::uint32_t version) {
  return "placet-ledger-key-v1" + encode_uuid(ledger.value) + ledger_key_at(version);
}

Bytes subject_key_context(LedgerId ledger, const KeyName& name, const Uuid& id) {
  return "placet-subject-key-v1" + encode_uuid(ledger.value) + name.encode() + encode_uuid(id);
}

Result<crypto::SecretKey> unwrap(const crypto::SecretKey& with, BytesView box, BytesView context) {
  PLACET_ASSIGN(Bytes bytes, crypto::open(with, box, context));
  auto key = crypto::SecretKey::from_bytes(bytes);
  explicit_bzero(bytes.data(), bytes.size());
  if (!key) return fail(ErrorCode::corrupt, "a wrapped key: " + key.error().message);
  return key;
}

}  // namespace

Bytes encode_uuid(const Uuid& id) {
  const auto bytes = id.bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes KeyName::encode() const {
  Bytes out = encode_uuid(subject);
  out.push_back(static_cast<char>(retention));
  append_big_endian(out, year);
  return out;
}

Result<KeyName> KeyName::decode(BytesView bytes) {
  if (bytes.size() != kKeyNameBytes) return fail(ErrorCode::corrupt, "key_index: a row has the wrong length");
  return KeyName{Uuid::from_bytes(bytes.substr(0, kUuidBytes)),
                 static_cast<domain::RetentionClass>(static_cast<std::uint8_t>(bytes[kUuidBytes])),
                 big_endian<std::uint16_t>(bytes.substr(kUuidBytes + 1))};
}

std::string KeyName::to_string() const {
  return fmt::format("{}/{}/{}", subject.to_string(), domain::name_of(retention), year);
}

Bytes ledger_key_at(std::uint32_t version) {
  Bytes out;
  append_big_endian(out, version);
  return out;
}

Result<std::uint32_t> ledger_key_version(BytesView row_key) {
  if (row_key.size() != 4) return fail(ErrorCode::corrupt, "ledger_keys: a row has the wrong key");
  return big_endian<std::uint32_t>(row_key);
}

Bytes wrap_ledger_key(const crypto::SecretKey& wrap_key, LedgerId ledger, std::uint32_t version,
                      const crypto::SecretKey& key) {
  return crypto::seal(wrap_key, Uuid{}, key.bytes(), ledger_key_context(ledger, version));
}

Result<crypto::SecretKey> unwrap_ledger_key(const crypto::SecretKey& wrap_key, LedgerId ledger, std::uint32_t version,
                                            BytesView row) {
  return unwrap(wrap_key, row, ledger_key_context(ledger, version));
}

Bytes wrap_subject_key(const crypto::SecretKey& ledger_key, std::uint32_t version, LedgerId ledger,
                       const SubjectKey& subject) {
  return encode_uuid(subject.id) + crypto::seal(ledger_key, Uuid{0, version}, subject.key.bytes(),
                                                subject_key_context(ledger, subject.name, subject.id));
}

Result<WrappedKey> parse_subject_key(BytesView row) {
  if (row.size() < kUuidBytes) return fail(ErrorCode::corrupt, "subject_keys: a row is too short");
  WrappedKey wrapped{Uuid::from_bytes(row.substr(0, kUuidBytes)), 0, row.substr(kUuidBytes)};
  PLACET_ASSIGN(const Uuid wrapped_with, crypto::key_id_of(wrapped.box));
  if (wrapped_with.hi != 0 || wrapped_with.lo > UINT32_MAX)
    return fail(ErrorCode::corrupt, "subject_keys: a row names no ledger key");
  wrapped.ledger_key_version = static_cast<std::uint32_t>(wrapped_with.lo);
  return wrapped;
}

Result<crypto::SecretKey> unwrap_subject_key(const crypto::SecretKey& ledger_key, LedgerId ledger, const KeyName& name,
                                             const WrappedKey& wrapped) {
  return unwrap(ledger_key, wrapped.box, subject_key_context(ledger, name, wrapped.id));
}

}  // namespace placet::access
