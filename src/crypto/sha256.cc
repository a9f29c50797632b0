// OpenSSL 3 deprecates SHA256_Init and its kin in favour of EVP. They stay here: EVP allocates and looks the algorithm
// up per digest, which for a record of 250 bytes costs more than the hashing. Both end in the same SHA-NI code.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "crypto/sha256.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <cstring>
#include <new>
#include <type_traits>

#include "base/check.h"

namespace placet::crypto {

namespace {

constexpr std::size_t kBlockBytes = SHA256_CBLOCK;

SHA256_CTX* context(std::byte* state) { return std::launder(reinterpret_cast<SHA256_CTX*>(state)); }

}  // namespace

Sha256::Sha256() {
  static_assert(sizeof(SHA256_CTX) == sizeof(state_) && alignof(SHA256_CTX) <= alignof(Sha256));
  static_assert(std::is_trivially_copyable_v<SHA256_CTX>);  // so that copying state_ copies it
  auto* const created = new (state_.data()) SHA256_CTX;
  PLACET_CHECK(SHA256_Init(created) == 1);
}

Sha256& Sha256::update(BytesView bytes) {
  SHA256_Update(context(state_.data()), bytes.data(), bytes.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  SHA256_Final(digest.data(), context(state_.data()));
  return digest;
}

Digest sha256(BytesView bytes) { return Sha256().update(bytes).finish(); }

HmacSha256::HmacSha256(BytesView key) {
  std::array<char, kBlockBytes> block{};
  if (key.size() > kBlockBytes) {
    const Digest hashed = sha256(key);
    std::memcpy(block.data(), hashed.data(), hashed.size());
  } else {
    std::memcpy(block.data(), key.data(), key.size());
  }
  for (char& byte : block) byte = static_cast<char>(byte ^ 0x36);
  inner_.update({block.data(), block.size()});
  for (char& byte : block) byte = static_cast<char>(byte ^ 0x36 ^ 0x5c);
  outer_.update({block.data(), block.size()});
  OPENSSL_cleanse(block.data(), block.size());
}

HmacSha256::~HmacSha256() {
  OPENSSL_cleanse(&inner_, sizeof(inner_));
  OPENSSL_cleanse(&outer_, sizeof(outer_));
}

Digest HmacSha256::mac(BytesView message) const {
  const Digest inner = Sha256(inner_).update(message).finish();
  return Sha256(outer_).update(view_of(inner)).finish();
}

}  // namespace placet::crypto
