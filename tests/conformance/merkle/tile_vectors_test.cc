#include <fmt/format.h>
#include <gtest/gtest.h>

#include "merkle/hash.h"
#include "merkle/tile.h"
#include "merkle/tree.h"
#include "tests/conformance/merkle/vectors.h"

namespace placet::merkle {
namespace {

using nlohmann::json;

class ConformanceTesseraLayout : public ::testing::Test {
 protected:
  void SetUp() override {
    PLACET_NEEDS_VECTORS();
    vectors = vectors::read_json(vectors::folder() / "tessera" / "layout_paths.json");
  }
  json vectors;
};

/// The partial width as the vectors write it: 0 for a full tile.
unsigned width_of(const json& partial) {
  const auto width = partial.get<unsigned>();
  return width == 0 ? kTileHashes : width;
}

TEST_F(ConformanceTesseraLayout, BundlesOfEntriesHaveThePublishedPaths) {
  const json& examples = vectors.at("entries_path_for_log_index");
  ASSERT_GE(examples.size(), 7u);
  for (const json& example : examples) {
    const std::uint64_t bundle = example[0].get<std::uint64_t>() / kTileHashes;
    const LogSize size{example[1].get<std::uint64_t>()};
    const bool full = bundle < full_tiles(size, 0);
    const TilePath path{.level = {}, .index = bundle, .width = full ? kTileHashes : partial_width(size, 0)};
    EXPECT_EQ(path.to_string(), example[2]);
    EXPECT_EQ(TilePath::parse(example[2].get<std::string>()).value(), path);
  }
}

TEST_F(ConformanceTesseraLayout, TilesHaveThePublishedPaths) {
  const json& examples = vectors.at("tile_path_level_index_partial");
  ASSERT_GE(examples.size(), 5u);
  for (const json& example : examples) {
    const TilePath path{example[0].get<std::uint8_t>(), example[1].get<std::uint64_t>(), width_of(example[2])};
    EXPECT_EQ(path.to_string(), example[3]);
    EXPECT_EQ(TilePath::parse(example[3].get<std::string>()).value(), path);
  }
}

TEST_F(ConformanceTesseraLayout, PathsAreReadOrRefusedAsPublished) {
  ASSERT_GE(vectors.at("parse_ok").size(), 4u);
  for (const json& example : vectors.at("parse_ok")) {
    const auto parsed =
        TilePath::parse(fmt::format("tile/{}/{}", example[0].get<std::string>(), example[1].get<std::string>()));
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(*parsed,
              (TilePath{example[2].get<std::uint8_t>(), example[3].get<std::uint64_t>(), width_of(example[4])}));
  }
  ASSERT_GE(vectors.at("parse_err").size(), 15u);
  for (const json& example : vectors.at("parse_err")) {
    const std::string path = fmt::format("tile/{}/{}", example[0].get<std::string>(), example[1].get<std::string>());
    EXPECT_FALSE(TilePath::parse(path)) << path;
  }
}

TEST_F(ConformanceTesseraLayout, NodesStandInThePublishedTiles) {
  ASSERT_GE(vectors.at("node_to_tile").size(), 5u);
  for (const json& example : vectors.at("node_to_tile"))
    EXPECT_EQ(node_in_tile(example[0].get<unsigned>(), example[1].get<std::uint64_t>()),
              (NodeInTile{example[2].get<std::uint8_t>(), example[3].get<std::uint64_t>(), example[4].get<unsigned>(),
                          example[5].get<unsigned>()}))
        << example;
}

TEST_F(ConformanceTesseraLayout, TheSpecificationsSizesHaveItsTiles) {
  const json& spec = vectors.at("spec_examples");
  const json& large = spec.at("size_70000");
  EXPECT_EQ(full_tiles({70'000}, 0), large.at("l0_full"));
  EXPECT_EQ(partial_width({70'000}, 0), large.at("l0_partial"));
  EXPECT_EQ(full_tiles({70'000}, 1), large.at("l1_full"));
  EXPECT_EQ(partial_width({70'000}, 1), large.at("l1_partial"));
  EXPECT_EQ(full_tiles({70'000}, 2), 0u);
  EXPECT_EQ(partial_width({70'000}, 2), large.at("l2_partial"));
  const json& small = spec.at("size_256");
  EXPECT_EQ(full_tiles({256}, 0), small.at("l0_full"));
  EXPECT_EQ(partial_width({256}, 1), small.at("l1_partial"));

  Tree tree;
  for (int i = 0; i < 70'000; ++i) tree.append(leaf_hash("same"));
  EXPECT_EQ(tree.take_full_tiles().size(), 273u + 1u);
  EXPECT_EQ(tree.partial_tile(0).size(), 112 * sizeof(Digest));
  EXPECT_EQ(tree.partial_tile(1).size(), 17 * sizeof(Digest));
  EXPECT_EQ(tree.partial_tile(2).size(), 1 * sizeof(Digest));
}

// The paths of Go's module log carry the height of its tiles, tile/<H>/<L>/..., and say "data" for entries; C2SP fixes
// the height at 8 and leaves it out. (Its new_tiles_for_size_H10 counts tiles of height 10, which do not exist here.)
TEST(ConformanceXmodTlog, TilePathsAreReadOrRefusedAsPublished) {
  PLACET_NEEDS_VECTORS();
  const json vectors = vectors::read_json(vectors::folder() / "x-mod" / "tlog.json");
  ASSERT_GE(vectors.at("tile_paths").size(), 8u);
  for (const json& example : vectors.at("tile_paths")) {
    std::string path = example[0].get<std::string>();
    path.erase(5, 2);  // the height, one digit and a slash
    if (path.starts_with("tile/data/")) path.replace(5, 4, "entries");
    const auto parsed = TilePath::parse(path);
    if (example[1].is_null()) {
      EXPECT_FALSE(parsed) << path;
      continue;
    }
    const auto [height, level, index, width] =
        std::tuple(example[1][0].get<unsigned>(), example[1][1].get<int>(), example[1][2].get<std::uint64_t>(),
                   example[1][3].get<unsigned>());
    TilePath expected{.level = {}, .index = index, .width = width == 1u << height ? kTileHashes : width};
    if (level >= 0) expected.level = static_cast<std::uint8_t>(level);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(*parsed, expected) << path;
  }
}

TEST(ConformanceC2sp, TileIndexIsWrittenAsInTheSpecification) {
  PLACET_NEEDS_VECTORS();
  const json vectors = vectors::read_json(vectors::folder() / "c2sp" / "examples.json");
  ASSERT_GE(vectors.at("tile_index_example").size(), 1u);
  for (const auto& [index, path] : vectors.at("tile_index_example").items())
    EXPECT_EQ((TilePath{.level = 0, .index = std::stoull(index)}.to_string()), "tile/0/" + path.get<std::string>());
}

}  // namespace
}  // namespace placet::merkle
