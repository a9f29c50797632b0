#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "merkle/checkpoint.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "tests/conformance/merkle/vectors.h"

namespace placet::merkle {
namespace {

/// A real log of fifteen records, with a signed checkpoint at every size and its partial tiles and bundles.
class ConformanceTesseraLog : public ::testing::Test {
 protected:
  void SetUp() override {
    PLACET_NEEDS_VECTORS();
    folder = vectors::folder() / "tessera" / "testdata" / "log";
    std::string key = vectors::read(vectors::folder() / "tessera" / "vkey.txt");
    while (key.ends_with('\n')) key.pop_back();
    log.emplace("example.com/log/testdata", VerifierKey::parse(key).value());
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      ++checkpoint_files;
      const auto opened = open_checkpoint(vectors::read(entry.path()), *log);
      ASSERT_TRUE(opened) << entry.path() << opened.error().message;
      checkpoints[opened->checkpoint.size.value] = opened->checkpoint;
      const std::string name = entry.path().filename();
      EXPECT_TRUE(name == "checkpoint" || name == fmt::format("checkpoint.{}", opened->checkpoint.size.value)) << name;
    }
    ASSERT_EQ(checkpoints.size(), 16u);
  }

  Bytes read(const TilePath& path) const { return vectors::read(folder / path.to_string()); }
  std::vector<Bytes> entries(unsigned size) const {
    if (size == 0) return {};
    const Bytes bundle = read({.level = {}, .index = 0, .width = size});
    const auto decoded = decode_bundle(bundle, size).value();
    return {decoded.begin(), decoded.end()};
  }

  std::filesystem::path folder;
  std::optional<LogIdentity> log;
  std::map<std::uint64_t, Checkpoint> checkpoints;
  std::size_t checkpoint_files = 0;
};

TEST_F(ConformanceTesseraLog, EveryFileIsSeen) {
  std::size_t tiles = 0;
  for (const auto& file : vectors::files_under(folder / "tile", "")) {
    EXPECT_TRUE(TilePath::parse(std::filesystem::relative(file, folder).string())) << file;
    ++tiles;
  }
  EXPECT_EQ(checkpoint_files, 17u);
  EXPECT_EQ(tiles, 30u);
}

TEST_F(ConformanceTesseraLog, RecordsTilesAndCheckpointsAgreeAtEverySize) {
  Tree tree;
  EXPECT_EQ(tree.root(), checkpoints.at(0).root);
  for (unsigned size = 1; size <= 15; ++size) {
    const auto records = entries(size);
    tree.append(leaf_hash(records.back()));
    EXPECT_EQ(tree.root(), checkpoints.at(size).root) << size;
    EXPECT_EQ(tree.partial_tile(0), read({.level = 0, .index = 0, .width = size})) << size;
    Bytes bundle;
    for (const Bytes& record : records) append_entry(bundle, record);
    EXPECT_EQ(bundle, read({.level = {}, .index = 0, .width = size})) << size;
  }
}

TEST_F(ConformanceTesseraLog, EveryCheckpointExtendsEveryEarlierOneAndHoldsItsRecords) {
  Tree tree;
  for (const Bytes& record : entries(15)) tree.append(leaf_hash(record));
  const HashSource source = tile_hashes(tree, [](std::uint8_t, std::uint64_t) -> Result<Bytes> {
    return fail(ErrorCode::not_found, "no tile is full yet");
  });
  std::size_t proofs = 0;
  for (const auto& [size, whole] : checkpoints) {
    for (const auto& [old_size, old] : checkpoints) {
      if (old_size > size) break;
      const auto proof = consistency_proof(old.size, whole.size, source).value();
      EXPECT_TRUE(verify_consistency(old.size, whole.size, old.root, whole.root, proof)) << old_size << " " << size;
      ++proofs;
    }
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof({index}, whole.size, source).value();
      EXPECT_TRUE(verify_inclusion({index}, whole.size, hash_in_tile(tree.partial_tile(0), index), proof, whole.root));
      ++proofs;
    }
  }
  EXPECT_EQ(proofs, 16u * 17 / 2 + 15u * 16 / 2);
}

}  // namespace
}  // namespace placet::merkle
