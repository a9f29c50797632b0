#include "access/keys.h"

#include <fmt/format.h>
#include <string.h>

#include <utility>

#include "access/private_file.h"
#include "store/head_file.h"

namespace placet::access {

namespace {

constexpr const char* kRootKey = "root.key";
constexpr const char* kSigningKey = "signing.key";

Result<crypto::SecretKey> read_key(const std::filesystem::path& path) {
  PLACET_ASSIGN(Bytes bytes, read_private_file(path, crypto::SecretKey::kBytes));
  auto key = crypto::SecretKey::from_bytes(bytes);
  explicit_bzero(bytes.data(), bytes.size());
  if (!key) return fail(ErrorCode::invalid, fmt::format("{}: {}", path.string(), key.error().message));
  return key;
}

}  // namespace

KeyFolder::KeyFolder(std::filesystem::path path, const crypto::SecretKey& root, const crypto::SecretKey& signing_seed)
    : path_(std::move(path)),
      index_key_(crypto::derive_key(root, "placet-index-v1")),
      request_key_(crypto::derive_key(root, "placet-request-v1")),
      wrap_key_(crypto::derive_key(root, "placet-wrap-v1")),
      totp_key_(crypto::derive_key(root, "placet-totp-v1")),
      signing_key_(crypto::SigningKey::from_seed(signing_seed)) {}

Result<KeyFolder> KeyFolder::create(const std::filesystem::path& path) {
  PLACET_TRY(make_private_folder(path));
  const crypto::SecretKey root = crypto::random_key();
  const crypto::SecretKey signing_seed = crypto::random_key();
  PLACET_TRY(write_private_file(path / kRootKey, root.bytes()));
  PLACET_TRY(write_private_file(path / kSigningKey, signing_seed.bytes()));
  KeyFolder keys(path, root, signing_seed);
  PLACET_TRY(store::HeadFile::create(keys.last_signed()));
  return keys;
}

Result<KeyFolder> KeyFolder::open(const std::filesystem::path& path) {
  PLACET_TRY(check_private_folder(path));
  PLACET_ASSIGN(const crypto::SecretKey root, read_key(path / kRootKey));
  PLACET_ASSIGN(const crypto::SecretKey signing_seed, read_key(path / kSigningKey));
  return KeyFolder(path, root, signing_seed);
}

}  // namespace placet::access
