#include "merkle/tree.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/merkle/naive_tree.h"

namespace placet::merkle {
namespace {

TEST(TreeProperty, HasTheRootOfTheSpecificationAtEverySizeTo600) {
  TestLog log(0);
  for (std::size_t size = 0; size <= 600; ++size) {
    ASSERT_EQ(log.tree.size().value, size);
    ASSERT_EQ(log.tree.root(), naive::mth(log.leaves)) << size;
    log.append(crypto::sha256(std::to_string(size)));
  }
}

TEST(TreeProperty, HasTheRootOfTheSpecificationAcrossTheSecondTileLevel) {
  TestLog log(65'534);
  for (const std::size_t size : {65'535u, 65'536u, 65'537u, 65'791u, 65'792u, 65'793u}) {
    while (log.leaves.size() < size) log.append(crypto::sha256(std::to_string(log.leaves.size())));
    ASSERT_EQ(log.tree.root(), naive::mth(log.leaves)) << size;
  }
  ASSERT_EQ(full_tiles(log.tree.size(), 1), 1u);
  ASSERT_EQ(log.tree.partial_tile(2).size(), sizeof(Digest));
}

RC_GTEST_PROP(TreeProperty, IsRestoredFromFullTilesAndLeavesAtEveryEarlierSize, ()) {
  static const TestLog log(66'500);
  const auto size =
      *rc::gen::oneOf(rc::gen::inRange<std::size_t>(0, 1'200), rc::gen::inRange<std::size_t>(65'000, 66'501));
  Tree grown;
  for (const Digest& leaf : log.first(size)) grown.append(leaf);
  grown.take_full_tiles();
  std::size_t leaves_read = 0;
  const auto count_leaves = [&](LogPosition position) {
    ++leaves_read;
    return log.read_leaf()(position);
  };

  Result<Tree> restored = Tree::restore({size}, log.read_tile(), count_leaves);

  RC_ASSERT(restored.has_value());
  RC_ASSERT(*restored == grown);
  RC_ASSERT(restored->root() == grown.root());
  RC_ASSERT(leaves_read == size % kTileHashes);
  const Digest next = crypto::sha256("next");
  for (int i = 0; i < 300; ++i) restored->append(next), grown.append(next);
  RC_ASSERT(restored->root() == grown.root());
  RC_ASSERT(restored->take_full_tiles() == grown.take_full_tiles());
}

RC_GTEST_PROP(TreeProperty, GivesTheSameTilesHoweverOftenTheyAreTaken, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(0, 2'000);
  const auto take_every = *rc::gen::inRange<std::size_t>(1, 700);
  const TestLog log(size);
  Tree tree;
  std::vector<Tile> tiles;
  const auto take = [&] {
    for (Tile& tile : tree.take_full_tiles()) tiles.push_back(std::move(tile));
  };
  for (std::size_t i = 0; i < size; ++i) {
    tree.append(log.leaves[i]);
    if (i % take_every == 0) take();
  }
  take();

  RC_ASSERT(tiles == log.tiles);
  RC_ASSERT(tiles.size() == full_tiles({size}, 0) + full_tiles({size}, 1));
  for (const Tile& tile : tiles) {
    const std::size_t span = std::size_t{1} << (kTileHeight * (tile.level + 1u));
    RC_ASSERT(tile.hashes.size() == kTileBytes);
    RC_ASSERT(perfect_root(tile.hashes) == naive::mth(log.first(size).subspan(tile.index * span, span)));
  }
}

}  // namespace
}  // namespace placet::merkle
