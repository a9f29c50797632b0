#include "access/credentials.h"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/base64.h"
#include "crypto/random.h"
#include "crypto/sha256.h"

namespace placet::access {

namespace {

constexpr std::string_view kTokens = "tokens";
constexpr std::string_view kTokenHashes = "token_hashes";

constexpr std::string_view kPrefix = "placet_";
constexpr std::array<std::string_view, domain::kTokenKindCount> kKinds{"invite", "personal", "delegated", "system",
                                                                       "session"};
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretChars = 43;
constexpr std::size_t kUuidBytes = 16;

BytesView view(const std::array<std::uint8_t, kUuidBytes>& id) {
  return {reinterpret_cast<const char*>(id.data()), id.size()};
}

/// Of what kind a token is; nothing when it is none.
std::optional<domain::TokenKind> kind_of(std::string_view text) {
  if (!text.starts_with(kPrefix)) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  const std::size_t end_of_kind = text.find('_');  // the secret may hold more of them
  if (end_of_kind == std::string_view::npos) return std::nullopt;
  const auto kind = std::ranges::find(kKinds, text.substr(0, end_of_kind));
  if (kind == kKinds.end()) return std::nullopt;
  const std::string_view secret = text.substr(end_of_kind + 1);
  if (secret.size() != kSecretChars || !crypto::from_base64url(secret)) return std::nullopt;
  return static_cast<domain::TokenKind>(kind - kKinds.begin());
}

}  // namespace

std::vector<std::string> Credentials::tables() { return {std::string(kTokens), std::string(kTokenHashes)}; }

Result<NewToken> Credentials::issue(AccountId account, domain::TokenKind kind) {
  NewToken made;
  made.text.append(kPrefix).append(kKinds.at(static_cast<std::size_t>(kind))).append("_");
  made.text.append(crypto::to_base64url(crypto::random_bytes(kSecretBytes)));
  made.id = TokenId(new_uuid(random_, clock_.now()));

  const Digest hash = crypto::sha256(made.text);
  const auto account_id = account.value.bytes();
  const auto token_id = made.id.value.bytes();
  store::RowBatch batch;
  batch.put(kTokens, view_of(hash), Bytes(view(account_id)).append(view(token_id)));
  batch.put(kTokenHashes, view(token_id), view_of(hash));
  PLACET_TRY(state_.write(batch, store::Durability::synced));
  return made;
}

Result<std::optional<SignIn>> Credentials::look_up(std::string_view text) const {
  const auto kind = kind_of(text);
  if (!kind) return std::nullopt;
  const Digest hash = crypto::sha256(text);
  PLACET_ASSIGN(const std::optional<Bytes> row, state_.get(kTokens, view_of(hash)));
  if (!row) return std::nullopt;
  if (row->size() != 2 * kUuidBytes) return fail(ErrorCode::corrupt, "tokens: a row has the wrong length");
  const BytesView ids = *row;
  return SignIn{AccountId(Uuid::from_bytes(ids.substr(0, kUuidBytes))),
                TokenId(Uuid::from_bytes(ids.substr(kUuidBytes))), *kind};
}

Result<void> Credentials::forget(TokenId id) {
  const auto token_id = id.value.bytes();
  PLACET_ASSIGN(const std::optional<Bytes> hash, state_.get(kTokenHashes, view(token_id)));
  if (!hash) return {};
  store::RowBatch batch;
  batch.erase(kTokens, *hash);
  batch.erase(kTokenHashes, view(token_id));
  return state_.write(batch, store::Durability::synced);
}

}  // namespace placet::access
