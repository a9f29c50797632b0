#include "crypto/sha256.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "crypto/equal.h"

namespace placet::crypto {
namespace {

std::string hex(const Digest& digest) { return to_hex(view_of(digest)); }

// FIPS 180-4 examples.
TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex(sha256(Bytes(1'000'000, 'a'))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, IsTheSameHoweverTheBytesAreCut) {
  const Bytes message(200, 'x');
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    Sha256 hash;
    hash.update(BytesView(message).substr(0, cut)).update(BytesView(message).substr(cut));
    EXPECT_EQ(hash.finish(), sha256(message)) << cut;
  }
}

TEST(Sha256, ACopyGoesItsOwnWay) {
  Sha256 prefix;
  prefix.update("ab");
  Sha256 copy = prefix;
  copy.update("c");
  prefix.update("d");
  EXPECT_EQ(copy.finish(), sha256("abc"));
  EXPECT_EQ(prefix.finish(), sha256("abd"));
}

// RFC 4231, cases 1, 2, 3, 6 and 7: short keys, and one longer than a block.
TEST(HmacSha256, GivesThePublishedCodes) {
  EXPECT_EQ(hex(HmacSha256(Bytes(20, '\x0b')).mac("Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(HmacSha256("Jefe").mac("what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(HmacSha256(Bytes(20, '\xaa')).mac(Bytes(50, '\xdd'))),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_EQ(hex(HmacSha256(Bytes(131, '\xaa')).mac("Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(hex(HmacSha256(Bytes(131, '\xaa'))
                    .mac("This is a test using a larger than block-size key and a larger than block-size data. The key "
                         "needs to be hashed before being used by the HMAC algorithm.")),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST(HmacSha256, ServesManyThreadsAtOnce) {
  const HmacSha256 hmac("Jefe");
  const Digest expected = hmac.mac("message");
  std::vector<int> wrong(4, 0);
  {
    std::vector<std::jthread> threads;
    for (int& count : wrong)
      threads.emplace_back([&] {
        for (int i = 0; i < 1'000; ++i) count += hmac.mac("message") != expected;
      });
  }
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(EqualInConstantTime, ComparesEveryByteAndTheLength) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("secret", "secret"));
  EXPECT_FALSE(equal_in_constant_time("secret", "secreT"));
  EXPECT_FALSE(equal_in_constant_time("Secret", "secret"));
  EXPECT_FALSE(equal_in_constant_time("secret", "secre"));
}

}  // namespace
}  // namespace placet::crypto
