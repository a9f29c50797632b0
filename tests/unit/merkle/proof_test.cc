#include "merkle/proof.h"

#include <gtest/gtest.h>

#include "merkle/hash.h"

namespace placet::merkle {
namespace {

constexpr std::size_t kSize = 7;

Digest leaf(std::size_t i) { return leaf_hash(std::to_string(i)); }

Tree tree_of(std::size_t size) {
  Tree tree;
  for (std::size_t i = 0; i < size; ++i) tree.append(leaf(i));
  return tree;
}

Result<Bytes> no_tiles(std::uint8_t, std::uint64_t) { return fail(ErrorCode::not_found, "no tile is full yet"); }

class Proofs : public ::testing::Test {
 protected:
  const Tree tree = tree_of(kSize);
  const Digest root = tree.root();
  const HashSource source = tile_hashes(tree, no_tiles);
};

TEST_F(Proofs, OfInclusionNeedAnIndexBelowTheSize) {
  EXPECT_EQ(inclusion_proof({kSize}, {kSize}, source).error().code, ErrorCode::invalid);
  EXPECT_EQ(inclusion_proof({0}, {0}, source).error().code, ErrorCode::invalid);
  const Proof proof = inclusion_proof({6}, {kSize}, source).value();
  EXPECT_TRUE(verify_inclusion({6}, {kSize}, leaf(6), proof, root));
  EXPECT_EQ(verify_inclusion({kSize}, {kSize}, leaf(6), proof, root).error().code, ErrorCode::invalid);
  EXPECT_EQ(verify_inclusion({0}, {0}, leaf(0), {}, empty_root()).error().code, ErrorCode::invalid);
}

TEST_F(Proofs, SayWhetherAHashIsMissingOrLeftOverOrTheRootAnother) {
  Proof proof = inclusion_proof({2}, {kSize}, source).value();
  ASSERT_EQ(proof.size(), 3u);
  EXPECT_EQ(verify_inclusion({2}, {kSize}, leaf(3), proof, root).error().code, ErrorCode::corrupt);
  proof.push_back(root);
  EXPECT_EQ(verify_inclusion({2}, {kSize}, leaf(2), proof, root).error().message,
            "proof: 3 hashes are enough, 4 given");
  proof.resize(2);
  EXPECT_EQ(verify_inclusion({2}, {kSize}, leaf(2), proof, root).error().message, "proof: 2 hashes are too few");
}

TEST_F(Proofs, OfConsistencyBetweenEqualSizesAreEmptyAndNeedEqualRoots) {
  EXPECT_EQ(consistency_proof({kSize}, {kSize}, source).value(), Proof());
  EXPECT_TRUE(verify_consistency({kSize}, {kSize}, root, root, {}));
  EXPECT_EQ(verify_consistency({kSize}, {kSize}, root, root, {root}).error().code, ErrorCode::invalid);
  EXPECT_EQ(verify_consistency({kSize}, {kSize}, leaf(0), root, {}).error().code, ErrorCode::corrupt);
}

TEST_F(Proofs, OfConsistencyFromTheEmptyTreeProveNothing) {
  EXPECT_EQ(consistency_proof({0}, {kSize}, source).value(), Proof());
  EXPECT_TRUE(verify_consistency({0}, {0}, empty_root(), empty_root(), {}));
  EXPECT_EQ(verify_consistency({0}, {kSize}, empty_root(), root, {}).error().code, ErrorCode::invalid);
  EXPECT_EQ(verify_consistency({0}, {kSize}, empty_root(), root, {root}).error().code, ErrorCode::invalid);
}

TEST_F(Proofs, OfConsistencyDoNotGoBackwards) {
  EXPECT_EQ(consistency_proof({kSize + 1}, {kSize}, source).error().code, ErrorCode::invalid);
  EXPECT_EQ(verify_consistency({kSize + 1}, {kSize}, root, root, {}).error().code, ErrorCode::invalid);
}

TEST_F(Proofs, OfConsistencyShowARewrittenHistory) {
  Tree rewritten;
  for (std::size_t i = 0; i < kSize; ++i) rewritten.append(i == 1 ? leaf_hash("edited") : leaf(i));
  const Proof proof = consistency_proof({4}, {kSize}, tile_hashes(rewritten, no_tiles)).value();
  EXPECT_TRUE(
      verify_consistency({4}, {kSize}, tree_of(4).root(), root, consistency_proof({4}, {kSize}, source).value()));
  EXPECT_EQ(verify_consistency({4}, {kSize}, tree_of(4).root(), rewritten.root(), proof).error().code,
            ErrorCode::corrupt);
}

TEST_F(Proofs, FailAsTheirSourceFails) {
  EXPECT_EQ(inclusion_proof({0}, {kSize + 1}, source).error().code, ErrorCode::invalid);
  const Tree big = tree_of(300);
  EXPECT_EQ(inclusion_proof({0}, {300}, tile_hashes(big, no_tiles)).error().code, ErrorCode::not_found);
  const auto cut = [](std::uint8_t, std::uint64_t) -> Result<Bytes> { return Bytes(100, 'x'); };
  EXPECT_EQ(inclusion_proof({0}, {300}, tile_hashes(big, cut)).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace placet::merkle
