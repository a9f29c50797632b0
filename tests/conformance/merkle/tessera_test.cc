#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "merkle/checkpoint.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "tests/conformance/merkle/vectors.h"

namespace placet::merkle {
namespace {

namespace fs = std::filesystem;

/// The folders of the published logs: each holds a `checkpoint` and tiles.
std::vector<fs::path> logs() {
  std::vector<fs::path> folders;
  for (const fs::path& file : vectors::files_under(vectors::folder() / "tessera", "/checkpoint"))
    folders.push_back(file.parent_path());
  return folders;
}

/// The verifier key that was published with a log, in its folder or one above.
VerifierKey key_of(fs::path folder) {
  while (!fs::exists(folder / "vkey.txt")) {
    if (folder == vectors::folder()) throw std::runtime_error("no vkey.txt is published with this log");
    folder = folder.parent_path();
  }
  std::string key = vectors::read(folder / "vkey.txt");
  while (key.ends_with('\n')) key.pop_back();
  return VerifierKey::parse(key).value();
}

/// A real log in files, read whole: signed checkpoints of several sizes, tiles and entry bundles, full and partial.
class PublishedLog {
 public:
  explicit PublishedLog(fs::path folder) : folder_(std::move(folder)) {
    const VerifierKey key = key_of(folder_);
    for (const auto& entry : fs::directory_iterator(folder_)) {
      if (!entry.path().filename().string().starts_with("checkpoint")) continue;
      const std::string note = vectors::read(entry.path());
      const auto opened = open_checkpoint(note, {note.substr(0, note.find('\n')), key});
      if (!opened) throw std::runtime_error(entry.path().string() + ": " + opened.error().message);
      checkpoints[opened->checkpoint.size.value] = opened->checkpoint;
    }
    read_entries(checkpoints.rbegin()->first);
  }

  /// What a tile or bundle of that path must hold.
  Bytes expected(const TilePath& path) const {
    const std::uint64_t first = path.index * kTileHashes;
    if (path.level) return tiles.at({*path.level, path.index}).substr(0, path.width * sizeof(Digest));
    Bytes bundle;
    for (std::uint64_t i = first; i < first + path.width; ++i) append_entry(bundle, entries.at(i));
    return bundle;
  }
  ReadTile read_tile() const {
    return [this](std::uint8_t level, std::uint64_t index) -> Result<Bytes> { return tiles.at({level, index}); };
  }

  std::map<std::uint64_t, Checkpoint> checkpoints;
  std::vector<Bytes> entries;
  std::map<std::uint64_t, Digest> roots;  // of what the entries come to, at the sizes of checkpoints
  std::map<std::pair<std::uint8_t, std::uint64_t>, Bytes> tiles;
  Tree tree;

 private:
  void read_entries(std::uint64_t size) {
    if (checkpoints.contains(0)) roots[0] = tree.root();
    while (entries.size() < size) {
      const auto width = static_cast<unsigned>(std::min<std::uint64_t>(kTileHashes, size - entries.size()));
      const Bytes bundle = vectors::read(folder_ / TilePath{{}, entries.size() / kTileHashes, width}.to_string());
      const auto decoded = decode_bundle(bundle, width).value();
      for (const BytesView entry : decoded) add(entry);
    }
    for (std::uint8_t level = 0; !tree.partial_tile(level).empty() || full_tiles(tree.size(), level) > 0; ++level)
      tiles[{level, full_tiles(tree.size(), level)}] = Bytes(tree.partial_tile(level));
  }
  void add(BytesView entry) {
    entries.emplace_back(entry);
    tree.append(leaf_hash(entry));
    for (Tile& tile : tree.take_full_tiles()) tiles[{tile.level, tile.index}] = std::move(tile.hashes);
    if (checkpoints.contains(entries.size())) roots[entries.size()] = tree.root();
  }

  const fs::path folder_;
};

TEST(ConformanceTessera, EveryLogHasTheRootsThatItSigned) {
  PLACET_NEEDS_VECTORS();
  ASSERT_FALSE(logs().empty());
  for (const fs::path& folder : logs()) {
    const PublishedLog log(folder);
    EXPECT_EQ(log.roots.size(), log.checkpoints.size()) << folder;
    for (const auto& [size, checkpoint] : log.checkpoints)
      EXPECT_EQ(log.roots.at(size), checkpoint.root) << folder << ", " << size;
  }
}

TEST(ConformanceTessera, EveryTileAndBundleOfEveryLogIsWhatItsEntriesMake) {
  PLACET_NEEDS_VECTORS();
  for (const fs::path& folder : logs()) {
    const PublishedLog log(folder);
    const auto files = vectors::files_under(folder / "tile", "");
    EXPECT_FALSE(files.empty() && !log.entries.empty()) << folder;
    for (const fs::path& file : files) {
      const auto path = TilePath::parse(fs::relative(file, folder).string());
      ASSERT_TRUE(path) << file;
      EXPECT_EQ(vectors::read(file), log.expected(*path)) << file;
    }
  }
}

TEST(ConformanceTessera, EveryCheckpointExtendsEveryEarlierOneAndHoldsItsRecords) {
  PLACET_NEEDS_VECTORS();
  constexpr std::uint64_t kRecords = 1'000;  // of each checkpoint, spread over it
  for (const fs::path& folder : logs()) {
    const PublishedLog log(folder);
    const HashSource source = tile_hashes(log.tree, log.read_tile());
    for (const auto& [size, whole] : log.checkpoints) {
      for (const auto& [old_size, old] : log.checkpoints) {
        if (old_size > size) break;
        if (old_size == 0 && size > 0) continue;  // proves nothing
        const auto proof = consistency_proof(old.size, whole.size, source).value();
        EXPECT_TRUE(verify_consistency(old.size, whole.size, old.root, whole.root, proof)) << old_size << " " << size;
      }
      for (std::uint64_t index = 0; index < size; index += 1 + size / kRecords) {
        const auto proof = inclusion_proof({index}, whole.size, source).value();
        EXPECT_TRUE(verify_inclusion({index}, whole.size, leaf_hash(log.entries[index]), proof, whole.root))
            << folder << ", " << index << " of " << size;
      }
    }
  }
}

}  // namespace
}  // namespace placet::merkle
