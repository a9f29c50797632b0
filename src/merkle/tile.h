#pragma once

// The tiles of a transparency log (c2sp.org/tlog-tiles): the tree cut into pieces of 8 levels.
//
//   tile path   = "tile/" level "/" index [".p/" width]
//   bundle path = "tile/entries/" index [".p/" width]
//   level       = 0 to 63; tile level L holds the hashes of tree height 8 L
//   index       = ("x" three-digits "/")* three-digits, no more groups than needed: 1234067 is x001/x234/067
//   width       = 1 to 255: how many hashes or entries a partial one holds; a full one holds 256
//   tile        = width hashes of 32 bytes, left to right
//   bundle      = (u16 big-endian length, entry)*, width times

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"

namespace placet::merkle {

inline constexpr unsigned kTileHeight = 8;
inline constexpr unsigned kTileHashes = 1u << kTileHeight;
inline constexpr std::size_t kTileBytes = kTileHashes * sizeof(Digest);
inline constexpr std::size_t kEntryBytesMax = 65'535;

/// A full tile, the only kind that is stored: a partial one is a prefix of what is stored, computed when asked for.
struct Tile {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  Bytes hashes;  // kTileBytes

  friend bool operator==(const Tile&, const Tile&) = default;
};

/// Which tile or entry bundle a path names.
struct TilePath {
  std::optional<std::uint8_t> level;  // none: an entry bundle
  std::uint64_t index = 0;
  unsigned width = kTileHashes;

  friend bool operator==(const TilePath&, const TilePath&) = default;
  std::string to_string() const;
  /// Accepts exactly what to_string() writes; anything else is `invalid`.
  static Result<TilePath> parse(std::string_view path);
};

/// How many full tiles level `level` of a tree of `size` has, and how wide the partial one after them is (0: none).
std::uint64_t full_tiles(LogSize size, std::uint8_t level);
unsigned partial_width(LogSize size, std::uint8_t level);

/// Where a node of the tree stands: 0 <= height_in_tile < 8, and it spans the hashes of tile (level, index) from
/// index_in_tile << height_in_tile, 1 << height_in_tile of them.
struct NodeInTile {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  unsigned height_in_tile = 0;
  unsigned index_in_tile = 0;

  friend bool operator==(const NodeInTile&, const NodeInTile&) = default;
};
NodeInTile node_in_tile(unsigned height, std::uint64_t index);

/// The `at`-th hash of a tile.
Digest hash_in_tile(BytesView hashes, std::size_t at);
/// The root over 1, 2, 4, ... 256 hashes side by side.
Digest perfect_root(BytesView hashes);

/// Adds one entry, at most kEntryBytesMax long, to a bundle.
void append_entry(Bytes& bundle, BytesView entry);
/// The entries, as views into `bundle`; `corrupt` unless there are exactly `width` and nothing after them.
Result<std::vector<BytesView>> decode_bundle(BytesView bundle, unsigned width);

}  // namespace placet::merkle
