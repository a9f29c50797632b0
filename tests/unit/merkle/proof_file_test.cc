#include "merkle/proof_file.h"

#include <gtest/gtest.h>

#include "merkle/hash.h"

namespace placet::merkle {
namespace {

crypto::SigningKey key_of(char seed) {
  return crypto::SigningKey::from_seed(*crypto::SecretKey::from_bytes(Bytes(32, seed)));
}

/// A log of five records and the receipt of the one at 3.
class ProofFiles : public ::testing::Test {
 protected:
  ProofFiles() {
    for (int i = 0; i < 5; ++i) tree.append(leaf_hash("record " + std::to_string(i)));
    const auto no_tiles = [](std::uint8_t, std::uint64_t) -> Result<Bytes> {
      return fail(ErrorCode::not_found, "no tile is full yet");
    };
    receipt.index = {3};
    receipt.hashes = inclusion_proof({3}, tree.size(), tile_hashes(tree, no_tiles)).value();
    receipt.checkpoint = sign_checkpoint({log.origin, tree.size(), tree.root()}, signer).value();
  }

  const NoteSigner signer = *NoteSigner::of("placet.example/ledger", key_of('k'));
  const LogIdentity log{"placet.example/ledger", signer.verifier()};
  Tree tree;
  ProofFile receipt;
};

TEST_F(ProofFiles, ProveTheirRecordOffline) {
  const auto file = ProofFile::parse(receipt.to_string());
  ASSERT_TRUE(file) << file.error().message;
  const auto proven = verify_proof_file(*file, "record 3", log);
  ASSERT_TRUE(proven) << proven.error().message;
  EXPECT_EQ(proven->checkpoint.root, tree.root());
}

TEST_F(ProofFiles, ProveNoOtherRecordIndexOrLog) {
  EXPECT_EQ(verify_proof_file(receipt, "record 4", log).error().code, ErrorCode::corrupt);
  const LogIdentity other{"placet.example/other", signer.verifier()};
  EXPECT_EQ(verify_proof_file(receipt, "record 3", other).error().code, ErrorCode::denied);
  receipt.index = {2};
  EXPECT_EQ(verify_proof_file(receipt, "record 3", log).error().code, ErrorCode::corrupt);
  receipt.index = {5};
  EXPECT_EQ(verify_proof_file(receipt, "record 3", log).error().code, ErrorCode::invalid);
}

TEST_F(ProofFiles, GainNothingFromExtraDataThatNobodySigned) {
  receipt.extra = "index 4";
  const auto file = ProofFile::parse(receipt.to_string());
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->extra, "index 4");
  EXPECT_TRUE(verify_proof_file(*file, "record 3", log));
  EXPECT_FALSE(verify_proof_file(*file, "record 4", log));
}

/// The proof that those five extend the first two.
class GrowthFiles : public ProofFiles {
 protected:
  GrowthFiles() {
    Tree first;
    for (int i = 0; i < 2; ++i) first.append(leaf_hash("record " + std::to_string(i)));
    old = {log.origin, first.size(), first.root()};
    const auto no_tiles = [](std::uint8_t, std::uint64_t) -> Result<Bytes> {
      return fail(ErrorCode::not_found, "no tile is full yet");
    };
    grown = {old.size, consistency_proof(old.size, tree.size(), tile_hashes(tree, no_tiles)).value(),
             receipt.checkpoint};
  }

  Checkpoint old;
  GrowthFile grown;
};

TEST_F(GrowthFiles, ProveThatACheckpointExtendsAnOlderOne) {
  const auto file = GrowthFile::parse(grown.to_string());
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->to_string(), grown.to_string());
  const auto proven = verify_growth_file(*file, old, log);
  ASSERT_TRUE(proven) << proven.error().message;
  EXPECT_EQ(proven->checkpoint.root, tree.root());
}

TEST_F(GrowthFiles, ProveNothingOfAnotherCheckpoint) {
  Checkpoint other = old;
  other.root = leaf_hash("another");
  EXPECT_EQ(verify_growth_file(grown, other, log).error().code, ErrorCode::corrupt);
  other = old;
  other.size = {3};
  EXPECT_EQ(verify_growth_file(grown, other, log).error().code, ErrorCode::invalid);
  const LogIdentity elsewhere{"placet.example/other", signer.verifier()};
  EXPECT_EQ(verify_growth_file(grown, old, elsewhere).error().code, ErrorCode::denied);
}

TEST_F(GrowthFiles, AreInvalidInAnyOtherSpelling) {
  const std::string text = grown.to_string();
  for (const std::string& wrong : {std::string(), "old\n" + text.substr(text.find('\n') + 1), "old 02" + text.substr(5),
                                   " " + text, text.substr(0, text.find("\n\n"))})
    EXPECT_FALSE(GrowthFile::parse(wrong)) << wrong;
}

TEST_F(ProofFiles, AreInvalidWhenCutBeforeTheCheckpoint) {
  const std::string file = receipt.to_string();
  const std::size_t header = file.size() - receipt.checkpoint.size();
  for (std::size_t size = 0; size < header; ++size) {
    const auto parsed = ProofFile::parse(std::string_view(file).substr(0, size));
    ASSERT_FALSE(parsed) << size;
    EXPECT_EQ(parsed.error().code, ErrorCode::invalid);
  }
}

TEST_F(ProofFiles, HoldAtMost64Hashes) {
  receipt.hashes.assign(64, leaf_hash(""));
  EXPECT_TRUE(ProofFile::parse(receipt.to_string()));
  receipt.hashes.push_back(leaf_hash(""));
  EXPECT_EQ(ProofFile::parse(receipt.to_string()).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace placet::merkle
