#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>

#include "codec/record.h"
#include "merkle/checkpoint.h"
#include "merkle/hash.h"
#include "merkle/tree.h"
#include "tools/client/follower.h"
#include "tools/placet/files.h"
#include "tools/placet/pinned_key.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kCheckpointFile = "checkpoint";

/// A log in files, as c2sp.org/tlog-tiles lays them out, with entry bundles. Takes records one after the other, and
/// computes the tree by itself.
class TileFolder {
 public:
  explicit TileFolder(fs::path folder) : folder_(std::move(folder)) {}

  void add(BytesView record) {
    tree_.append(merkle::leaf_hash(record));
    merkle::append_entry(bundle_, record);
    if (const std::uint64_t size = tree_.size().value; size % merkle::kTileHashes == 0) {
      write({std::nullopt, size / merkle::kTileHashes - 1}, bundle_);
      bundle_.clear();
    }
    for (const merkle::Tile& tile : tree_.take_full_tiles()) write({tile.level, tile.index}, tile.hashes);
  }
  /// What is in no full tile.
  void finish() {
    const LogSize size = tree_.size();
    for (std::uint8_t level = 0; merkle::full_tiles(size, level) > 0 || merkle::partial_width(size, level) > 0;
         ++level) {
      const unsigned width = merkle::partial_width(size, level);
      if (width == 0) continue;
      if (level == 0) write({std::nullopt, merkle::full_tiles(size, 0), width}, bundle_);
      write({level, merkle::full_tiles(size, level), width}, tree_.partial_tile(level));
    }
  }
  const merkle::Tree& tree() const { return tree_; }

 private:
  void write(const merkle::TilePath& path, BytesView bytes) {
    const fs::path file = folder_ / path.to_string();
    fs::create_directories(file.parent_path());
    write_file(file, bytes);
    if (path.width == merkle::kTileHashes) fs::remove_all(file.string() + ".p");  // of an earlier export
  }

  const fs::path folder_;
  merkle::Tree tree_;
  Bytes bundle_;
};

struct Options {
  std::string folder;
  std::string key;
};

/// The checkpoint of an earlier export into the same folder.
std::optional<merkle::Checkpoint> earlier(const fs::path& folder, const merkle::LogIdentity& log) {
  if (!fs::exists(folder)) return std::nullopt;
  if (fs::exists(folder / kCheckpointFile))
    return required<Wrong>(merkle::open_checkpoint(read_file(folder / kCheckpointFile), log)).checkpoint;
  if (!fs::is_empty(folder)) wrong_usage("DIR", folder.string() + " holds something else; name a new folder");
  return std::nullopt;
}

void export_tiles(const Options& options, Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  const auto response = connection.proofs().checkpointRequest().send().wait(connection.wait_scope());
  if (response.getResult().isRefused()) throw client::Refused(response.getResult().getRefused());
  const auto served = response.getResult().getSigned();
  const merkle::LogIdentity log = ledger_of(options.key.empty() ? served.getKey().cStr() : options.key);
  const auto now = required<Wrong>(merkle::open_checkpoint(served.getNote().cStr(), log)).checkpoint;
  const auto before = earlier(options.folder, log);
  if (before && before->size > now.size)
    throw Wrong("the ledger is shorter than at the export before: " + std::to_string(now.size.value) +
                " records, then " + std::to_string(before->size.value));

  TileFolder tiles(options.folder);
  client::Follower follower;
  const auto check_before = [&] {
    if (before && tiles.tree().size() == before->size && tiles.tree().root() != before->root)
      throw Wrong("the ledger has another history than at the export before: the first " +
                  std::to_string(before->size.value) + " records differ");
  };
  bool caught_up = now.size.value == 0;
  while (!caught_up && tiles.tree().size() < now.size) {
    caught_up = follower.read_page(connection, 0, [&](BytesView record) {
      const LogSize size = tiles.tree().size();
      if (size == now.size) return;
      if (required<Wrong>(codec::read_meta(record)).position.value != size.value)
        throw std::runtime_error("you do not see every record: an export takes a role that does, such as auditor");
      tiles.add(record);
      check_before();
    });
  }
  if (tiles.tree().size() != now.size || tiles.tree().root() != now.root)
    throw Wrong("the records that the ledger sends are not those of its checkpoint");
  tiles.finish();
  write_file(fs::path(options.folder) / kCheckpointFile, served.getNote().cStr());
  std::printf("%s holds the %llu records of %s, each checked against the checkpoint.\n", options.folder.c_str(),
              static_cast<unsigned long long>(now.size.value), now.origin.c_str());
}

}  // namespace

void add_export(CLI::App& app, Global& global) {
  CLI::App* verb = app.add_subcommand("export", "The log in files that other tools read");
  verb->require_subcommand(1);
  CLI::App* tiles = verb->add_subcommand("tiles", "As a static transparency log (c2sp.org/tlog-tiles); for auditors");
  const char* const example = "Example:\n  placet export tiles /srv/audit/ledger.example.nl";
  verb->footer(example);
  tiles->footer(example);
  auto options = std::make_shared<Options>();
  tiles->add_option("DIR", options->folder, "A new folder, or that of an export before, which is brought up to date")
      ->required();
  tiles->add_option("--key", options->key, "The ledger's verifier key, from whom you trust (default: as it says)");
  tiles->callback([options, &global] { export_tiles(*options, global); });
}

}  // namespace placet::cli
