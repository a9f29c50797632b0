#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "merkle/tile.h"

namespace placet::merkle {

/// A stored full tile, kTileBytes long.
using ReadTile = std::function<Result<Bytes>(std::uint8_t level, std::uint64_t index)>;
/// The leaf hash of a stored record.
using ReadLeaf = std::function<Result<Digest>(LogPosition position)>;

/// The growing RFC 6962 tree of a log. It keeps the hashes on its right edge only: at most 255 of each tile level, and
/// one per perfect subtree, so that a root costs at most 63 hashes. A value, at most a few times 8 KiB to copy; not
/// synchronised.
class Tree {
 public:
  void append(const Digest& leaf);

  LogSize size() const { return {size_}; }
  Digest root() const;

  /// The tiles that became full since the last call, each after the tiles below it.
  std::vector<Tile> take_full_tiles();

  /// The hashes of a level that are in no full tile yet: partial_width(size(), level) of them. Valid until append.
  BytesView partial_tile(std::uint8_t level) const;

  /// The tree of the first `size` records, from full tiles and at most 255 leaf hashes; partial tiles above level 0
  /// are recomputed from the full ones below. Nothing is verified here: the caller compares root() with what it knows.
  static Result<Tree> restore(LogSize size, const ReadTile& read_tile, const ReadLeaf& read_leaf);

  friend bool operator==(const Tree& a, const Tree& b);

 private:
  void restore_perfect_roots(std::uint8_t level);

  static constexpr unsigned kLevels = 64 / kTileHeight;

  std::uint64_t size_ = 0;
  std::array<Digest, 64> perfect_{};  // [h]: root of the subtree of 2^h leaves on the edge; set where bit h of size_ is
  std::array<Bytes, kLevels> partial_;  // [L]: hashes of the partial tile
  std::vector<Tile> full_;              // not taken yet
};

}  // namespace placet::merkle
