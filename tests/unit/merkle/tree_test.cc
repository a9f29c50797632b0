#include "merkle/tree.h"

#include <gtest/gtest.h>

#include "crypto/sha256.h"
#include "merkle/hash.h"

namespace placet::merkle {
namespace {

Digest leaf(std::size_t i) { return leaf_hash("record " + std::to_string(i)); }

Tree tree_of(std::size_t size) {
  Tree tree;
  for (std::size_t i = 0; i < size; ++i) tree.append(leaf(i));
  return tree;
}

TEST(Hash, KeepsLeavesAndNodesApart) {
  const Digest left = leaf(0);
  const Digest right = leaf(1);
  EXPECT_EQ(leaf_hash(""), crypto::sha256(BytesView("\0", 1)));
  EXPECT_EQ(leaf_hash("abc"), crypto::sha256(BytesView("\0abc", 4)));
  EXPECT_EQ(node_hash(left, right), crypto::sha256("\x01" + Bytes(view_of(left)) + Bytes(view_of(right))));
  EXPECT_EQ(empty_root(), crypto::sha256(""));
}

TEST(Tree, StartsEmptyWithTheRootOfNothing) {
  EXPECT_EQ(Tree().size().value, 0u);
  EXPECT_EQ(Tree().root(), empty_root());
  EXPECT_TRUE(Tree().take_full_tiles().empty());
}

TEST(Tree, GivesATileWhenItsLastHashCameAndNotBefore) {
  Tree tree = tree_of(255);
  EXPECT_TRUE(tree.take_full_tiles().empty());
  EXPECT_EQ(tree.partial_tile(0).size(), 255 * sizeof(Digest));

  tree.append(leaf(255));

  const auto tiles = tree.take_full_tiles();
  ASSERT_EQ(tiles.size(), 1u);
  EXPECT_EQ(tiles[0].level, 0);
  EXPECT_EQ(tiles[0].index, 0u);
  EXPECT_EQ(hash_in_tile(tiles[0].hashes, 255), leaf(255));
  EXPECT_EQ(perfect_root(tiles[0].hashes), tree.root());
  EXPECT_TRUE(tree.partial_tile(0).empty());
  EXPECT_EQ(tree.partial_tile(1), view_of(tree.root()));
  EXPECT_TRUE(tree.take_full_tiles().empty());
}

TEST(Tree, ACopyIsASavePoint) {
  Tree tree = tree_of(300);
  const Tree saved = tree;
  for (std::size_t i = 300; i < 600; ++i) tree.append(leaf(i));
  EXPECT_FALSE(tree == saved);
  tree = saved;
  EXPECT_EQ(tree.root(), tree_of(300).root());
  EXPECT_EQ(tree, tree_of(300));
}

TEST(Tree, IsNotRestoredWhenATileOrALeafIsMissingOrCut) {
  Tree tree = tree_of(257);
  const Bytes hashes = tree.take_full_tiles().at(0).hashes;
  const ReadTile tile = [&](std::uint8_t, std::uint64_t) -> Result<Bytes> { return hashes; };
  const ReadTile cut_tile = [&](std::uint8_t, std::uint64_t) -> Result<Bytes> { return hashes.substr(1); };
  const ReadTile no_tile = [](std::uint8_t, std::uint64_t) -> Result<Bytes> {
    return fail(ErrorCode::not_found, "gone");
  };
  const ReadLeaf a_leaf = [](LogPosition position) -> Result<Digest> { return leaf(position.value); };
  const ReadLeaf no_leaf = [](LogPosition) -> Result<Digest> { return fail(ErrorCode::io, "unreadable"); };

  EXPECT_EQ(Tree::restore({257}, tile, a_leaf).value().root(), tree.root());
  EXPECT_EQ(Tree::restore({257}, cut_tile, a_leaf).error().code, ErrorCode::corrupt);
  EXPECT_EQ(Tree::restore({257}, no_tile, a_leaf).error().code, ErrorCode::not_found);
  EXPECT_EQ(Tree::restore({257}, tile, no_leaf).error().code, ErrorCode::io);
}

TEST(Tree, RestoredFromAnAlteredTileHasAnotherRoot) {
  Tree tree = tree_of(257);
  Bytes hashes = tree.take_full_tiles().at(0).hashes;
  hashes[100] = static_cast<char>(hashes[100] ^ 1);
  const auto restored = Tree::restore(
      {257}, [&](std::uint8_t, std::uint64_t) -> Result<Bytes> { return hashes; },
      [](LogPosition position) -> Result<Digest> { return leaf(position.value); });
  ASSERT_TRUE(restored);
  EXPECT_NE(restored->root(), tree.root());
}

}  // namespace
}  // namespace placet::merkle
