#include "crypto/password_hash.h"

#include <sodium.h>

#include <array>

#include "crypto/sodium_ready.h"

namespace placet::crypto {

namespace {

constexpr unsigned long long kPasses = 3;
constexpr std::size_t kMemoryBytes = 64 << 20;

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  ensure_sodium();
  std::array<char, crypto_pwhash_argon2id_STRBYTES> hash{};
  if (crypto_pwhash_argon2id_str(hash.data(), password.data(), password.size(), kPasses, kMemoryBytes) != 0)
    return fail(ErrorCode::unavailable, "a password could not be hashed: there are no 64 MiB of memory now");
  return std::string(hash.data());
}

bool is_password(std::string_view password, const std::string& hash) {
  ensure_sodium();
  return crypto_pwhash_argon2id_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace placet::crypto
