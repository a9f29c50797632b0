#pragma once

#include <bit>
#include <span>
#include <string>
#include <vector>

#include "crypto/sha256.h"
#include "merkle/proof.h"
#include "merkle/tree.h"

/// RFC 6962, 2.1, word for word and slow: the judge of the real tree. It shares SHA-256 with it and nothing else.
namespace placet::merkle::naive {

using Leaves = std::span<const Digest>;

inline Digest mth(Leaves d) {
  if (d.empty()) return crypto::sha256("");
  if (d.size() == 1) return d[0];
  const std::size_t k = std::bit_floor(d.size() - 1);
  const Digest left = mth(d.first(k));
  const Digest right = mth(d.subspan(k));
  return crypto::Sha256().update("\x01").update(view_of(left)).update(view_of(right)).finish();
}

inline Proof path(std::size_t m, Leaves d) {
  if (d.size() == 1) return {};
  const std::size_t k = std::bit_floor(d.size() - 1);
  Proof proof = m < k ? path(m, d.first(k)) : path(m - k, d.subspan(k));
  proof.push_back(m < k ? mth(d.subspan(k)) : mth(d.first(k)));
  return proof;
}

inline Proof subproof(std::size_t m, Leaves d, bool complete) {
  if (m == d.size()) return complete ? Proof() : Proof{mth(d)};
  const std::size_t k = std::bit_floor(d.size() - 1);
  Proof proof = m <= k ? subproof(m, d.first(k), complete) : subproof(m - k, d.subspan(k), false);
  proof.push_back(m <= k ? mth(d.subspan(k)) : mth(d.first(k)));
  return proof;
}

inline Proof proof(std::size_t m, Leaves d) { return subproof(m, d, true); }

}  // namespace placet::merkle::naive

namespace placet::merkle {

/// A log in memory: the tree, the leaf hashes, and the full tiles as a store would keep them.
struct TestLog {
  Tree tree;
  std::vector<Digest> leaves;
  std::vector<Tile> tiles;

  explicit TestLog(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) append(crypto::sha256("record " + std::to_string(i)));
  }

  void append(const Digest& leaf) {
    leaves.push_back(leaf);
    tree.append(leaf);
    for (Tile& tile : tree.take_full_tiles()) tiles.push_back(std::move(tile));
  }

  ReadTile read_tile() const {
    return [this](std::uint8_t level, std::uint64_t index) -> Result<Bytes> {
      for (const Tile& tile : tiles)
        if (tile.level == level && tile.index == index) return tile.hashes;
      return fail(ErrorCode::not_found, "no such tile");
    };
  }
  ReadLeaf read_leaf() const {
    return [this](LogPosition position) -> Result<Digest> {
      if (position.value >= leaves.size()) return fail(ErrorCode::not_found, "no such record");
      return leaves[position.value];
    };
  }
  naive::Leaves first(std::size_t size) const { return naive::Leaves(leaves).first(size); }
};

}  // namespace placet::merkle
