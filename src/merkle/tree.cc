#include "merkle/tree.h"

#include <fmt/format.h>

#include <bit>
#include <utility>

#include "base/check.h"
#include "merkle/hash.h"

namespace placet::merkle {

// Like adding one to a binary number: where the bit of size_ is set, a subtree of that height is complete on the left
// and takes the carried one as its sibling. The carry passes each tile level when its height is a multiple of 8.
void Tree::append(const Digest& leaf) {
  PLACET_CHECK(size_ < UINT64_MAX);
  Digest carry = leaf;
  for (unsigned height = 0;; ++height) {
    if (height % kTileHeight == 0) {
      const unsigned level = height / kTileHeight;
      partial_[level].append(view_of(carry));
      if (partial_[level].size() == kTileBytes)
        full_.push_back({static_cast<std::uint8_t>(level), size_ >> (height + kTileHeight),
                         std::exchange(partial_[level], Bytes())});
    }
    if ((size_ >> height & 1) == 0) {
      perfect_[height] = carry;
      break;
    }
    carry = node_hash(perfect_[height], carry);
  }
  ++size_;
}

Digest Tree::root() const {
  if (size_ == 0) return empty_root();
  std::uint64_t rest = size_;
  Digest root = perfect_[static_cast<unsigned>(std::countr_zero(rest))];
  while ((rest &= rest - 1) != 0) root = node_hash(perfect_[static_cast<unsigned>(std::countr_zero(rest))], root);
  return root;
}

std::vector<Tile> Tree::take_full_tiles() { return std::exchange(full_, {}); }

BytesView Tree::partial_tile(std::uint8_t level) const {
  return level < kLevels ? BytesView(partial_[level]) : BytesView();
}

Result<Tree> Tree::restore(LogSize size, const ReadTile& read_tile, const ReadLeaf& read_leaf) {
  Tree tree;
  tree.size_ = size.value;
  for (std::uint8_t level = 0; level < kLevels; ++level) {
    const unsigned width = partial_width(size, level);
    const std::uint64_t first = (size.value >> (kTileHeight * level)) - width;
    for (unsigned i = 0; i < width; ++i) {
      if (level == 0) {
        PLACET_ASSIGN(const Digest leaf, read_leaf(LogPosition{first + i}));
        tree.partial_[level].append(view_of(leaf));
        continue;
      }
      const auto below = static_cast<std::uint8_t>(level - 1);
      PLACET_ASSIGN(const Bytes hashes, read_tile(below, first + i));
      if (hashes.size() != kTileBytes)
        return fail(ErrorCode::corrupt, fmt::format("{} has {} bytes, not {}", TilePath{below, first + i}.to_string(),
                                                    hashes.size(), kTileBytes));
      tree.partial_[level].append(view_of(perfect_root(hashes)));
    }
    tree.restore_perfect_roots(level);
  }
  return tree;
}

// The partial tile of width 0b101, say, is a subtree of 4 hashes, then one of 1.
void Tree::restore_perfect_roots(std::uint8_t level) {
  const unsigned width = partial_width(size(), level);
  std::size_t at = 0;
  for (unsigned height = kTileHeight; height-- > 0;) {
    const std::size_t span = std::size_t{1} << height;
    if ((width & span) == 0) continue;
    perfect_[level * kTileHeight + height] =
        perfect_root(BytesView(partial_[level]).substr(at * sizeof(Digest), span * sizeof(Digest)));
    at += span;
  }
}

bool operator==(const Tree& a, const Tree& b) {
  if (a.size_ != b.size_ || a.partial_ != b.partial_ || a.full_ != b.full_) return false;
  for (unsigned height = 0; height < 64; ++height)
    if ((a.size_ >> height & 1) != 0 && a.perfect_[height] != b.perfect_[height]) return false;
  return true;
}

}  // namespace placet::merkle
