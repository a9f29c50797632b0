#pragma once

// The vault's tables in state/. Integers are big-endian, a uuid is 16 bytes, a box is crypto/box.h's.
//
//   ledger_keys    u32 version                  -> box of the ledger key, sealed with the wrap key; its key id is nil
//                                                  associated data: "placet-ledger-key-v1" ledger-uuid u32 version
//   subject_keys   key-name                     -> uuid key-id, box of the subject key, sealed with the ledger key
//   whose
//                                                  version is the box's key id
//                                                  associated data: "placet-subject-key-v1" ledger-uuid key-name key-id
//   key_index      uuid key-id                  -> key-name; stays when the key is destroyed, so that "erased" can be
//   told
//                                                  from "unknown"
//   fences         uuid subject                 -> anything: erased, or being erased
//
//   key-name = uuid subject, u8 retention class, u16 year

#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "crypto/secret.h"
#include "schema/plain.h"

namespace placet::access {

inline constexpr std::string_view kLedgerKeys = "ledger_keys";
inline constexpr std::string_view kSubjectKeys = "subject_keys";
inline constexpr std::string_view kKeyIndex = "key_index";
inline constexpr std::string_view kFences = "fences";

/// What one subject key is for: data of one subject that expires together.
struct KeyName {
  Uuid subject;
  domain::RetentionClass retention = domain::RetentionClass::unspecified;
  std::uint16_t year = 0;
  friend bool operator==(const KeyName&, const KeyName&) = default;

  Bytes encode() const;
  static Result<KeyName> decode(BytesView bytes);
  std::string to_string() const;  // for the operator: holds no personal data
};

struct KeyNameHash {
  std::size_t operator()(const KeyName& name) const {
    return UuidHash{}(name.subject) * 31 + static_cast<std::size_t>(name.retention) * 4'001 + name.year;
  }
};

struct SubjectKey {
  KeyName name;
  Uuid id;
  crypto::SecretKey key;
};

Bytes encode_uuid(const Uuid& id);

Bytes ledger_key_at(std::uint32_t version);
Result<std::uint32_t> ledger_key_version(BytesView row_key);
Bytes wrap_ledger_key(const crypto::SecretKey& wrap_key, LedgerId ledger, std::uint32_t version,
                      const crypto::SecretKey& key);
/// `denied`: wrapped with another root key; `corrupt`: altered, or of another ledger.
Result<crypto::SecretKey> unwrap_ledger_key(const crypto::SecretKey& wrap_key, LedgerId ledger, std::uint32_t version,
                                            BytesView row);

Bytes wrap_subject_key(const crypto::SecretKey& ledger_key, std::uint32_t version, LedgerId ledger,
                       const SubjectKey& subject);

/// A row of `subject_keys` before it is unwrapped.
struct WrappedKey {
  Uuid id;
  std::uint32_t ledger_key_version = 0;
  BytesView box;  // into the row
};
Result<WrappedKey> parse_subject_key(BytesView row);
Result<crypto::SecretKey> unwrap_subject_key(const crypto::SecretKey& ledger_key, LedgerId ledger, const KeyName& name,
                                             const WrappedKey& wrapped);

}  // namespace placet::access
