#include "crypto/box.h"

#include <gtest/gtest.h>

#include <numeric>

namespace placet::crypto {
namespace {

constexpr Uuid kKeyId{0xa0a1a2a3a4a5a6a7, 0xa8a9aaabacadaeaf};
constexpr BytesView kPlace = "ledger|stream|field";

SecretKey test_key() {
  Bytes bytes(SecretKey::kBytes, '\0');
  std::iota(bytes.begin(), bytes.end(), '\0');
  return *SecretKey::from_bytes(bytes);
}

Bytes from_hex(std::string_view hex) {
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return bytes;
}

TEST(SealedBox, OpensWithItsKeyInItsPlace) {
  for (const std::size_t size : {0u, 1u, 100u, 60'000u}) {
    const Bytes plaintext(size, 'p');
    const Bytes box = seal(test_key(), kKeyId, plaintext, kPlace);
    EXPECT_EQ(box.size(), size + kBoxOverheadBytes);
    const auto opened = open(test_key(), box, kPlace);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(*opened, plaintext);
    EXPECT_EQ(key_id_of(box).value(), kKeyId);
  }
}

// Made by an implementation that shares no code with libsodium: the stored format may never change.
TEST(SealedBox, OpensABoxMadeElsewhere) {
  const Bytes box = from_hex(
      "01a0a1a2a3a4a5a6a7a8a9aaabacadaeaf67a57949be8df7a97ac4494f36299ad0cfd3bcb2f29b018d6329f8165ab3450b404142434445"
      "464748494a4b4c4d4e4f50515253545556579e586b03b58e5536c5dac49610486a695f80da1f5428c4000507");
  const auto opened = open(test_key(), box, kPlace);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(*opened, "Jansen, J.");
}

TEST(SealedBox, IsDifferentEveryTime) {
  EXPECT_NE(seal(test_key(), kKeyId, "same", kPlace), seal(test_key(), kKeyId, "same", kPlace));
}

TEST(SealedBox, IsDeniedToAnotherKey) {
  const auto opened = open(random_key(), seal(test_key(), kKeyId, "secret", kPlace), kPlace);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::denied);
}

TEST(SealedBox, CannotBeMoved) {
  const auto opened = open(test_key(), seal(test_key(), kKeyId, "secret", kPlace), "ledger|stream|other");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
}

TEST(SealedBox, IsRefusedWithAnyBitFlipped) {
  const Bytes box = seal(test_key(), kKeyId, "secret", kPlace);
  for (std::size_t i = 0; i < box.size(); ++i) {
    if (i >= 1 && i < 17) continue;  // the key id: it leads to another key, whose commitment differs
    for (int bit = 0; bit < 8; ++bit) {
      Bytes altered = box;
      altered[i] = static_cast<char>(altered[i] ^ (1 << bit));
      EXPECT_FALSE(open(test_key(), altered, kPlace)) << "byte " << i << " bit " << bit;
    }
  }
}

TEST(SealedBox, IsCorruptWhenCutAnywhere) {
  const Bytes box = seal(test_key(), kKeyId, "secret", kPlace);
  for (std::size_t size = 0; size < box.size(); ++size) {
    const auto opened = open(test_key(), BytesView(box).substr(0, size), kPlace);
    ASSERT_FALSE(opened) << size;
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt) << size;
    EXPECT_EQ(key_id_of(BytesView(box).substr(0, size)).has_value(), size >= kBoxOverheadBytes) << size;
  }
}

TEST(SealedBox, OfAnUnknownAlgorithmIsCorruptAndSaysSo) {
  Bytes box = seal(test_key(), kKeyId, "secret", kPlace);
  box[0] = 2;
  EXPECT_EQ(key_id_of(box).error().code, ErrorCode::corrupt);
  EXPECT_EQ(open(test_key(), box, kPlace).error().message, "sealed box: algorithm 2 is unknown");
}

}  // namespace
}  // namespace placet::crypto
