#include "merkle/checkpoint.h"

#include <gtest/gtest.h>

#include "merkle/hash.h"

namespace placet::merkle {
namespace {

constexpr std::string_view kRoot = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";  // of the empty tree

crypto::SigningKey key_of(char seed) {
  return crypto::SigningKey::from_seed(*crypto::SecretKey::from_bytes(Bytes(32, seed)));
}

class Checkpoints : public ::testing::Test {
 protected:
  const NoteSigner signer = *NoteSigner::of("key.example", key_of('k'));
  const LogIdentity log{"placet.example/ledger", signer.verifier()};
  const Checkpoint checkpoint{log.origin, {12}, leaf_hash("root")};
};

TEST_F(Checkpoints, AreThreeLines) {
  const Checkpoint empty{"placet.example/ledger", {0}, empty_root()};
  EXPECT_EQ(empty.to_text(), "placet.example/ledger\n0\n" + std::string(kRoot));
  EXPECT_EQ(Checkpoint::parse(empty.to_text()).value(), empty);
}

TEST_F(Checkpoints, HaveOneSpellingAndNoExtensionLines) {
  const std::string root(kRoot);
  for (const std::string& text : std::initializer_list<std::string>{
           std::string(), "o\n", "o\n1\n", "\n1\n" + root, "o\n01\n" + root, "o\n+1\n" + root, "o\n-1\n" + root,
           "o\n 1\n" + root, "o\n0x1\n" + root, "o\n18446744073709551616\n" + root, "o\n\n" + root,
           "o\n1\n" + root + "\n", "o\n1\n" + root + "extension\n", "o\n1\n" + root.substr(0, root.size() - 1),
           "o\n1\n" + root.substr(1), "o\n1\nAAAA\n", "o\n1\n\n"}) {
    const auto parsed = Checkpoint::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, ErrorCode::invalid);
  }
  EXPECT_EQ(Checkpoint::parse("o\n18446744073709551615\n" + root).value().size.value, UINT64_MAX);
}

TEST_F(Checkpoints, OpenUnderThePinnedKeyAndOrigin) {
  const std::string note = sign_checkpoint(checkpoint, signer).value();
  const auto opened = open_checkpoint(note, log);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->checkpoint, checkpoint);
  EXPECT_TRUE(opened->witnesses.empty());
  EXPECT_EQ(open_checkpoint(note, {"placet.example/other", log.key}).error().code, ErrorCode::denied);
  const NoteSigner other = *NoteSigner::of("key.example", key_of('o'));
  EXPECT_EQ(open_checkpoint(note, {log.origin, other.verifier()}).error().code, ErrorCode::denied);
}

TEST_F(Checkpoints, NeedTheLogsSignatureWhateverWitnessesSigned) {
  const NoteSigner witness = *NoteSigner::of("witness.example", key_of('w'));
  const std::vector<VerifierKey> witnesses = {witness.verifier()};
  const std::string by_witness = sign_checkpoint(checkpoint, witness).value();
  EXPECT_EQ(open_checkpoint(by_witness, log, witnesses).error().code, ErrorCode::denied);

  const std::string text = checkpoint.to_text();
  const std::string by_both = Note{text, {witness.sign(text), signer.sign(text)}}.to_string();
  const auto opened = open_checkpoint(by_both, log, witnesses);
  ASSERT_TRUE(opened) << opened.error().message;
  ASSERT_EQ(opened->witnesses.size(), 1u);
  EXPECT_EQ(opened->witnesses[0].key, witness.verifier().name());
}

TEST_F(Checkpoints, AreNotSignedWithAnOriginThatIsNotOneLine) {
  for (const std::string& origin : {std::string(), std::string("a\n99"), std::string("a\n"), std::string("tab\t")})
    EXPECT_EQ(sign_checkpoint({origin, {1}, leaf_hash("")}, signer).error().code, ErrorCode::invalid) << origin;
}

}  // namespace
}  // namespace placet::merkle
