#include "crypto/box.h"

#include <fmt/format.h>
#include <sodium.h>

#include "base/check.h"
#include "crypto/commitment.h"
#include "crypto/equal.h"
#include "crypto/sodium_ready.h"

namespace placet::crypto {

namespace {

constexpr char kXChaCha20Poly1305 = 1;
constexpr std::size_t kKeyIdAt = 1;
constexpr std::size_t kCommitmentAt = kKeyIdAt + 16;
constexpr std::size_t kNonceAt = kCommitmentAt + 32;
constexpr std::size_t kCiphertextAt = kNonceAt + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static_assert(kBoxOverheadBytes == kCiphertextAt + crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(SecretKey::kBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* data(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* data(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

template <std::size_t N>
BytesView view(const std::array<std::uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

Result<void> check_shape(BytesView box) {
  if (box.size() < kBoxOverheadBytes)
    return fail(ErrorCode::corrupt,
                fmt::format("a sealed box has at least {} bytes, this has {}", kBoxOverheadBytes, box.size()));
  if (box[0] != kXChaCha20Poly1305)
    return fail(ErrorCode::corrupt,
                fmt::format("sealed box: algorithm {} is unknown", static_cast<unsigned char>(box[0])));
  return {};
}

}  // namespace

Bytes seal(const SecretKey& key, const Uuid& key_id, BytesView plaintext, BytesView associated_data) {
  ensure_sodium();
  Bytes box;
  box.reserve(kBoxOverheadBytes + plaintext.size());
  box.push_back(kXChaCha20Poly1305);
  box.append(view(key_id.bytes()));
  box.append(view(commitment_of(key)));
  box.resize(kBoxOverheadBytes + plaintext.size());
  unsigned char* const nonce = data(box) + kNonceAt;
  randombytes_buf(nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  const int status = crypto_aead_xchacha20poly1305_ietf_encrypt(
      data(box) + kCiphertextAt, nullptr, data(plaintext), plaintext.size(), data(associated_data),
      associated_data.size(), nullptr, nonce, data(key.bytes()));
  PLACET_CHECK(status == 0);
  return box;
}

Result<Bytes> open(const SecretKey& key, BytesView box, BytesView associated_data) {
  PLACET_TRY(check_shape(box));
  ensure_sodium();
  if (!equal_in_constant_time(box.substr(kCommitmentAt, kNonceAt - kCommitmentAt), view(commitment_of(key))))
    return fail(ErrorCode::denied, "sealed box: it was sealed with another key");
  Bytes plaintext(box.size() - kBoxOverheadBytes, '\0');
  const BytesView ciphertext = box.substr(kCiphertextAt);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(data(plaintext), nullptr, nullptr, data(ciphertext), ciphertext.size(),
                                                 data(associated_data), associated_data.size(),
                                                 data(box.substr(kNonceAt)), data(key.bytes())) != 0)
    return fail(ErrorCode::corrupt, "sealed box: altered, or not in the place it was sealed for");
  return plaintext;
}

Result<Uuid> key_id_of(BytesView box) {
  PLACET_TRY(check_shape(box));
  return Uuid::from_bytes(box.substr(kKeyIdAt, 16));
}

}  // namespace placet::crypto
