#include "crypto/secret.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <numeric>
#include <set>

#include "base/check.h"
#include "crypto/random.h"

namespace placet::crypto {
namespace {

SecretKey key_of_0_to_31() {
  Bytes bytes(SecretKey::kBytes, '\0');
  std::iota(bytes.begin(), bytes.end(), '\0');
  return *SecretKey::from_bytes(bytes);
}

TEST(SecretKey, IsMadeFromExactly32Bytes) {
  for (const std::size_t size : {0u, 31u, 33u}) {
    const auto key = SecretKey::from_bytes(Bytes(size, 'k'));
    ASSERT_FALSE(key) << size;
    EXPECT_EQ(key.error().code, ErrorCode::invalid);
  }
  EXPECT_EQ(SecretKey::from_bytes(Bytes(32, 'k'))->bytes(), Bytes(32, 'k'));
}

TEST(SecretKey, LeavesNothingBehindWhenDestroyed) {
  alignas(SecretKey) std::byte memory[sizeof(SecretKey)];
  auto* const key = new (memory) SecretKey(key_of_0_to_31());
  ASSERT_EQ(std::memcmp(memory, key_of_0_to_31().bytes().data(), SecretKey::kBytes), 0);
  std::destroy_at(key);
  const std::byte zeros[sizeof(SecretKey)] = {};
  EXPECT_EQ(std::memcmp(memory, zeros, sizeof(zeros)), 0);
}

TEST(SecretKey, IsNewEveryTime) {
  std::set<Bytes> seen;
  for (int i = 0; i < 100; ++i) seen.emplace(random_key().bytes());
  EXPECT_EQ(seen.size(), 100u);
}

// Computed with another implementation (hashlib.blake2b, digest_size=32, key=bytes(range(32))).
TEST(DeriveKey, IsBlake2bOfTheLabelKeyedWithTheKey) {
  EXPECT_EQ(to_hex(derive_key(key_of_0_to_31(), "placet-test-label").bytes()),
            "6a956ffbeeec75ee9534b46c031e88cb0a880cb8050a8f0d7d8a21bf42cf16ca");
}

TEST(DeriveKey, DiffersByLabelAndByKey) {
  const SecretKey key = key_of_0_to_31();
  EXPECT_EQ(derive_key(key, "a"), derive_key(key, "a"));
  EXPECT_FALSE(derive_key(key, "a") == derive_key(key, "b"));
  EXPECT_FALSE(derive_key(key, "a") == derive_key(random_key(), "a"));
}

TEST(DeriveKey, NeverHandsOutThePublicCommitmentAsAKey) {
  const BugBarrier barrier;
  EXPECT_THROW(derive_key(key_of_0_to_31(), "commit-v1"), BugFound);
}

TEST(OsRandom, DoesNotRepeat) {
  OsRandom random;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(random.next());
  EXPECT_EQ(seen.size(), 1'000u);
  EXPECT_EQ(random_bytes(0), "");
  EXPECT_EQ(random_bytes(33).size(), 33u);
  EXPECT_NE(random_bytes(33), random_bytes(33));
}

}  // namespace
}  // namespace placet::crypto
