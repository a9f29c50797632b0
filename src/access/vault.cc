#include "access/vault.h"

#include <fmt/format.h>

#include <utility>

#include "base/check.h"
#include "crypto/box.h"
#include "crypto/random.h"

namespace placet::access {

namespace {

constexpr std::uint32_t kFirstVersion = 1;
constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;
constexpr std::size_t kCachedKeysMax = 4'096;

Error explain_ledger_key(Error error, const KeyFolder& keys) {
  if (error.code == ErrorCode::denied)
    error.message = fmt::format(
        "the root key in {} is not the one that this state/ was made with; give the key folder "
        "of this ledger",
        keys.path().string());
  else
    error.message = "the ledger key in state/ is damaged or another ledger's: " + error.message;
  return error;
}

}  // namespace

std::vector<std::string> Vault::tables() {
  return {std::string(kLedgerKeys), std::string(kSubjectKeys), std::string(kKeyIndex), std::string(kFences)};
}

Vault::Vault(store::RowStore& state, const KeyFolder& keys, LedgerId ledger, LedgerKeys ledger_keys)
    : state_(state),
      ledger_(ledger),
      ledger_keys_(std::move(ledger_keys)),
      index_mac_(keys.index_key().bytes()),
      request_mac_(keys.request_key().bytes()),
      cache_(kCachedKeysMax) {}

Result<std::unique_ptr<Vault>> Vault::create(store::RowStore& state, const KeyFolder& keys, LedgerId ledger) {
  bool empty = true;
  PLACET_TRY(state.scan(kLedgerKeys, {}, [&](BytesView, BytesView) { return empty = false; }));
  if (!empty) return fail(ErrorCode::invalid, "state/ has a ledger key already: this ledger was made before");
  store::RowBatch batch;
  batch.put(kLedgerKeys, ledger_key_at(kFirstVersion),
            wrap_ledger_key(keys.wrap_key(), ledger, kFirstVersion, crypto::random_key()));
  PLACET_TRY(state.write(batch, store::Durability::synced));
  return load(state, keys, ledger);
}

Result<std::unique_ptr<Vault>> Vault::load(store::RowStore& state, const KeyFolder& keys, LedgerId ledger) {
  LedgerKeys ledger_keys;
  Result<void> read;
  PLACET_TRY(state.scan(kLedgerKeys, {}, [&](BytesView row_key, BytesView row) {
    read = [&]() -> Result<void> {
      PLACET_ASSIGN(const std::uint32_t version, ledger_key_version(row_key));
      PLACET_ASSIGN(const crypto::SecretKey key, unwrap_ledger_key(keys.wrap_key(), ledger, version, row));
      ledger_keys.emplace(version, key);
      return {};
    }();
    return read.has_value();
  }));
  if (!read) return std::unexpected(explain_ledger_key(std::move(read).error(), keys));
  if (ledger_keys.empty()) return fail(ErrorCode::corrupt, "state/ has no ledger key: restore it from its own backup");
  return std::unique_ptr<Vault>(new Vault(state, keys, ledger, std::move(ledger_keys)));
}

Result<Box> Vault::seal(std::string_view text, const BoxContext& context, domain::RetentionClass retention, int year) {
  if (year < kYearMin || year > kYearMax)
    return fail(ErrorCode::invalid, fmt::format("no personal data is kept for the year {}", year));
  PLACET_CHECK(retention != domain::RetentionClass::unspecified && !context.subject.is_nil());
  PLACET_TRY(check_not_fenced(context.subject));
  PLACET_ASSIGN(const SubjectKey subject, key_for({context.subject, retention, static_cast<std::uint16_t>(year)}));
  return Box::sealed(crypto::seal(subject.key, subject.id, text, context.encode()));
}

Result<std::string> Vault::open(const Box& box, const BoxContext& context) {
  PLACET_CHECK(!box.is_plain());
  PLACET_ASSIGN(const Uuid key_id, crypto::key_id_of(box.bytes()));
  PLACET_ASSIGN(const SubjectKey subject, key_with(key_id));
  return crypto::open(subject.key, box.bytes(), context.encode());
}

Result<void> Vault::check_key(const Uuid& key_id) {
  if (auto key = key_with(key_id); !key && key.error().code != ErrorCode::erased)
    return std::unexpected(std::move(key).error());
  return {};
}

ReservationId Vault::blind_index(domain::ReservationKind kind, std::string_view normalised) const {
  Bytes message = "placet-index-v1" + encode_uuid(ledger_.value);
  message.push_back(static_cast<char>(kind));
  message.append(normalised);
  const Digest mac = index_mac_.mac(message);
  return ReservationId(Uuid::from_bytes(view_of(mac).substr(0, 16)));
}

Digest Vault::request_hash(BytesView canonical) const { return request_mac_.mac(canonical); }

Result<void> Vault::check_not_fenced(const Uuid& subject) const {
  PLACET_ASSIGN(const std::optional<Bytes> fence, state_.get(kFences, encode_uuid(subject)));
  if (fence) return fail(ErrorCode::erased, "the personal data of this subject was erased");
  return {};
}

Result<SubjectKey> Vault::key_for(const KeyName& name) {
  if (auto cached = cache_.find(name)) return *std::move(cached);
  const std::lock_guard lock(lock_of(name.subject));
  PLACET_ASSIGN(const std::optional<SubjectKey> stored, stored_key(name));
  if (!stored) return make_key(name);
  cache_.add(*stored);
  return *stored;
}

// A cached key says nothing about erasure, so the fence is asked every time.
Result<SubjectKey> Vault::key_with(const Uuid& key_id) {
  if (auto cached = cache_.find(key_id)) {
    PLACET_TRY(check_not_fenced(cached->name.subject));
    return *std::move(cached);
  }
  PLACET_ASSIGN(const std::optional<Bytes> row, state_.get(kKeyIndex, encode_uuid(key_id)));
  if (!row)
    return fail(ErrorCode::corrupt, fmt::format("state/ does not know the key {} of a sealed box; restore a backup of "
                                                "state/ that is as new as the log",
                                                key_id.to_string()));
  PLACET_ASSIGN(const KeyName name, KeyName::decode(*row));
  PLACET_TRY(check_not_fenced(name.subject));
  PLACET_ASSIGN(const std::optional<SubjectKey> stored, stored_key(name));
  if (!stored || stored->id != key_id)
    return fail(ErrorCode::corrupt,
                fmt::format("state/ lost the key {} ({}), and nobody erased it", key_id.to_string(), name.to_string()));
  cache_.add(*stored);
  return *stored;
}

Result<std::optional<SubjectKey>> Vault::stored_key(const KeyName& name) const {
  PLACET_ASSIGN(const std::optional<Bytes> row, state_.get(kSubjectKeys, name.encode()));
  if (!row) return std::nullopt;
  PLACET_ASSIGN(const WrappedKey wrapped, parse_subject_key(*row));
  const auto ledger_key = ledger_keys_.find(wrapped.ledger_key_version);
  if (ledger_key == ledger_keys_.end())
    return fail(ErrorCode::corrupt, fmt::format("state/ lacks version {} of the ledger key, which wraps the key {}",
                                                wrapped.ledger_key_version, name.to_string()));
  auto key = unwrap_subject_key(ledger_key->second, ledger_, name, wrapped);
  if (!key)
    return fail(ErrorCode::corrupt,
                fmt::format("the key {} in state/ cannot be unwrapped: {}", name.to_string(), key.error().message));
  return SubjectKey{name, wrapped.id, *key};
}

Result<SubjectKey> Vault::make_key(const KeyName& name) {
  PLACET_TRY(check_not_fenced(name.subject));  // again, now under the subject's lock
  const SubjectKey made{name, Uuid::from_bytes(crypto::random_bytes(16)), crypto::random_key()};
  const auto& [version, ledger_key] = *ledger_keys_.rbegin();
  store::RowBatch batch;
  batch.put(kSubjectKeys, name.encode(), wrap_subject_key(ledger_key, version, ledger_, made));
  batch.put(kKeyIndex, encode_uuid(made.id), name.encode());
  PLACET_TRY(state_.write(batch, store::Durability::synced));
  cache_.add(made);
  return made;
}

}  // namespace placet::access
