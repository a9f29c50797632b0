#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "access/box_context.h"
#include "access/key_cache.h"
#include "access/keys.h"
#include "base/box.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "store/row_store.h"

namespace placet::access {

/// Seals and opens personal data, and makes the keyed hashes of it. Root key (in the key folder) -> ledger key -> one
/// key per subject, retention class and calendar year; the wrapped keys lie in `state/` (vault_rows.h). Destroying a
/// subject's keys erases what they sealed and leaves every proof valid.
///
/// Owned by the application; every adapter and query thread may call it. `state` must outlive it.
class Vault {
 public:
  /// The tables it needs in `state/`.
  static std::vector<std::string> tables();

  /// For `placet init`: makes the first ledger key, durable when it returns. `invalid` when there is one already.
  static Result<std::unique_ptr<Vault>> create(store::RowStore& state, const KeyFolder& keys, LedgerId ledger);
  /// `denied` when the root key is not the one of this `state/`, `corrupt` when the keys are another ledger's.
  static Result<std::unique_ptr<Vault>> load(store::RowStore& state, const KeyFolder& keys, LedgerId ledger);

  /// The box of `text`. A key that does not exist yet is made, and is durable before it seals anything: no box may ever
  /// be in the log without its key in `state/`. So a caller makes keys by naming subjects; let in only who may act.
  /// `erased` when the subject may have no new personal data; `invalid` for a year outside 1900 to 2199.
  Result<Box> seal(std::string_view text, const BoxContext& context, domain::RetentionClass retention, int year);

  /// The text in a box. `erased` when its subject was erased; `corrupt` when the box was altered or moved, or when
  /// `state/` lacks its key though nobody was erased: then the wrong backup was restored.
  Result<std::string> open(const Box& box, const BoxContext& context);

  /// `corrupt` when `state/` lacks that key though nobody was erased.
  Result<void> check_key(const Uuid& key_id);

  /// The reservation that stands for a personal key (natural_key.h has its normal form): HMAC-SHA-256 of
  /// ("placet-index-v1", ledger, u8 kind, text), cut to 16 bytes. A plain hash could be guessed.
  ReservationId blind_index(domain::ReservationKind kind, std::string_view normalised) const;

  /// What tells a repeat from another command with the same id: HMAC-SHA-256 over the command as sent, before sealing.
  Digest request_hash(BytesView canonical) const;

 private:
  using LedgerKeys = std::map<std::uint32_t, crypto::SecretKey>;

  Vault(store::RowStore& state, const KeyFolder& keys, LedgerId ledger, LedgerKeys ledger_keys);

  Result<void> check_not_fenced(const Uuid& subject) const;
  Result<SubjectKey> key_for(const KeyName& name);
  Result<SubjectKey> key_with(const Uuid& key_id);
  Result<std::optional<SubjectKey>> stored_key(const KeyName& name) const;
  Result<SubjectKey> make_key(const KeyName& name);
  std::mutex& lock_of(const Uuid& subject) { return subject_locks_[UuidHash{}(subject) % subject_locks_.size()]; }

  store::RowStore& state_;
  const LedgerId ledger_;
  const LedgerKeys ledger_keys_;  // by version; the newest wraps new keys
  const crypto::HmacSha256 index_mac_;
  const crypto::HmacSha256 request_mac_;
  KeyCache cache_;
  /// Held from looking for a subject's key until a new one is durable, so that two callers never make two. Striped, so
  /// that `state/` can sync the keys of many subjects at once. Whoever fences a subject must hold its lock as well.
  std::array<std::mutex, 64> subject_locks_;
};

}  // namespace placet::access
