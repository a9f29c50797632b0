#include "crypto/ed25519.h"

#include <gtest/gtest.h>

namespace placet::crypto {
namespace {

Bytes from_hex(std::string_view hex) {
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return bytes;
}

SigningKey key_of(std::string_view seed_hex) {
  return SigningKey::from_seed(*SecretKey::from_bytes(from_hex(seed_hex)));
}

struct Example {
  std::string_view seed, public_key, message, signature;
};

// RFC 8032, 7.1: tests 1, 2 and 3.
constexpr Example kExamples[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
     "551"
     "41438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
     "00d"
     "291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
     "027"
     "beceea1ec40a"},
};

TEST(Ed25519, GivesThePublishedKeysAndSignatures) {
  for (const Example& example : kExamples) {
    const SigningKey key = key_of(example.seed);
    const Bytes message = from_hex(example.message);
    EXPECT_EQ(to_hex(view_of(key.public_key())), example.public_key);
    EXPECT_EQ(to_hex(key.sign(message)), example.signature);
    EXPECT_TRUE(verify(key.public_key(), message, from_hex(example.signature)));
  }
}

TEST(Ed25519, RefusesAnotherMessageKeyOrSignature) {
  const SigningKey key = key_of(kExamples[0].seed);
  const Bytes signature = key.sign("message");
  ASSERT_TRUE(verify(key.public_key(), "message", signature));
  EXPECT_FALSE(verify(key.public_key(), "massage", signature));
  EXPECT_FALSE(verify(key_of(kExamples[1].seed).public_key(), "message", signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    Bytes altered = signature;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    EXPECT_FALSE(verify(key.public_key(), "message", altered)) << i;
  }
}

TEST(Ed25519, RefusesSignaturesOfAnotherLengthAndKeysOfSmallOrder) {
  const SigningKey key = key_of(kExamples[0].seed);
  const Bytes signature = key.sign("message");
  EXPECT_FALSE(verify(key.public_key(), "message", ""));
  EXPECT_FALSE(verify(key.public_key(), "message", BytesView(signature).substr(0, 63)));
  EXPECT_FALSE(verify(key.public_key(), "message", signature + "x"));
  PublicKey neutral{};
  neutral[0] = 1;
  const Bytes forged = Bytes(1, '\x01') + Bytes(63, '\0');  // R = neutral, S = 0: fits every message under that key
  EXPECT_FALSE(verify(neutral, "message", forged));
}

}  // namespace
}  // namespace placet::crypto
