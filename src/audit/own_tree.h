#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/bytes.h"

namespace placet::audit {

/// RFC 6962, 2.1, once more and by the letter: what checks a log must not share a mistake with what wrote it. Cuts the
/// tree into tiles as it grows.
class OwnTree {
 public:
  using Tile = std::vector<Digest>;  // 256 of them
  /// Is shown each tile as it becomes full, with its level and index, after those below it.
  using Full = std::function<void(std::uint8_t level, std::uint64_t index, const Tile& tile)>;

  explicit OwnTree(Full full) : full_(std::move(full)) {}

  static Digest leaf(BytesView record);

  void add(const Digest& leaf) { add_at(0, leaf); }
  Digest root() const;

 private:
  static constexpr std::size_t kTile = 256;
  static constexpr std::size_t kLevels = 8;

  static Digest root_of(const Digest* first, std::size_t count);
  void add_at(std::uint8_t level, const Digest& hash);

  Full full_;
  std::array<Tile, kLevels> edge_;              // the hashes of each level that are in no full tile
  std::array<std::uint64_t, kLevels> tiles_{};  // full ones of each level
};

}  // namespace placet::audit
