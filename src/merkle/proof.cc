#include "merkle/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "merkle/hash.h"

namespace placet::merkle {

namespace {

/// Where RFC 6962 cuts n > 1 leaves: the largest power of two below n.
std::uint64_t left_leaves(std::uint64_t n) { return std::bit_floor(n - 1); }

/// MTH of leaves [begin, end), where begin is a multiple of the largest power of two within.
Result<Digest> range_root(std::uint64_t begin, std::uint64_t end, const HashSource& source) {
  const std::uint64_t leaves = end - begin;
  if (std::has_single_bit(leaves)) {
    const auto height = static_cast<unsigned>(std::countr_zero(leaves));
    return source(height, begin >> height);
  }
  const std::uint64_t middle = begin + left_leaves(leaves);
  PLACET_ASSIGN(const Digest left, range_root(begin, middle, source));
  PLACET_ASSIGN(const Digest right, range_root(middle, end, source));
  return node_hash(left, right);
}

std::unexpected<Error> left_over(std::size_t used, std::size_t given) {
  return fail(ErrorCode::invalid, fmt::format("proof: {} hashes are enough, {} given", used, given));
}

std::unexpected<Error> missing(std::size_t given) {
  return fail(ErrorCode::invalid, fmt::format("proof: {} hashes are too few", given));
}

/// A walk from a leaf, or a perfect subtree, to the root, by its index in its row and the last index of that row.
struct Walk {
  std::uint64_t index;
  std::uint64_t last;

  bool at_root() const { return last == 0; }
  void up() { index >>= 1, last >>= 1; }
  /// Whether the next sibling stands on the left. A last node without sibling first rises to where it has one.
  bool sibling_is_left() {
    if ((index & 1) != 0) return true;
    if (index != last) return false;
    while ((index & 1) == 0 && index != 0) up();
    return true;
  }
};

struct TileCache {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  Bytes hashes;  // empty: nothing read yet
};

}  // namespace

HashSource tile_hashes(const Tree& tree, ReadTile read_tile) {
  return [&tree, read = std::move(read_tile), cache = TileCache()](unsigned height,
                                                                   std::uint64_t index) mutable -> Result<Digest> {
    const NodeInTile node = node_in_tile(height, index);
    const std::size_t bytes = sizeof(Digest) << node.height_in_tile;
    const std::size_t at = node.index_in_tile * bytes;
    BytesView hashes = tree.partial_tile(node.level);
    if (node.index < full_tiles(tree.size(), node.level)) {
      if (cache.hashes.empty() || cache.level != node.level || cache.index != node.index) {
        PLACET_ASSIGN(Bytes tile, read(node.level, node.index));
        if (tile.size() != kTileBytes)
          return fail(ErrorCode::corrupt,
                      fmt::format("{} has {} bytes, not {}", TilePath{node.level, node.index}.to_string(), tile.size(),
                                  kTileBytes));
        cache = {node.level, node.index, std::move(tile)};
      }
      hashes = cache.hashes;
    } else if (node.index > full_tiles(tree.size(), node.level) || at + bytes > hashes.size()) {
      return fail(ErrorCode::invalid, fmt::format("a tree of {} leaves has no perfect subtree {} of height {}",
                                                  tree.size().value, index, height));
    }
    return perfect_root(hashes.substr(at, bytes));
  };
}

Result<Proof> inclusion_proof(LogPosition index, LogSize size, const HashSource& source) {
  if (index.value >= size.value)
    return fail(ErrorCode::invalid, fmt::format("no position {} in a log of size {}", index.value, size.value));
  Proof proof;
  std::uint64_t begin = 0;
  std::uint64_t end = size.value;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + left_leaves(end - begin);
    const bool left = index.value < middle;
    PLACET_ASSIGN(const Digest sibling, left ? range_root(middle, end, source) : range_root(begin, middle, source));
    proof.push_back(sibling);
    (left ? end : begin) = middle;
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<Proof> consistency_proof(LogSize old_size, LogSize size, const HashSource& source) {
  if (old_size > size)
    return fail(ErrorCode::invalid, fmt::format("size {} does not extend size {}", size.value, old_size.value));
  if (old_size.value == 0) return Proof();
  Proof proof;
  std::uint64_t begin = 0;
  std::uint64_t end = size.value;
  while (end != old_size.value) {
    const std::uint64_t middle = begin + left_leaves(end - begin);
    const bool left = old_size.value <= middle;
    PLACET_ASSIGN(const Digest sibling, left ? range_root(middle, end, source) : range_root(begin, middle, source));
    proof.push_back(sibling);
    (left ? end : begin) = middle;
  }
  if (begin != 0) {  // else the old root itself is where the verifier starts
    PLACET_ASSIGN(const Digest start, range_root(begin, end, source));
    proof.push_back(start);
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<void> verify_inclusion(LogPosition index, LogSize size, const Digest& leaf, const Proof& proof,
                              const Digest& root) {
  if (index.value >= size.value)
    return fail(ErrorCode::invalid, fmt::format("proof: no position {} in a log of size {}", index.value, size.value));
  Walk walk{index.value, size.value - 1};
  Digest hash = leaf;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    if (walk.at_root()) return left_over(i, proof.size());
    hash = walk.sibling_is_left() ? node_hash(proof[i], hash) : node_hash(hash, proof[i]);
    walk.up();
  }
  if (!walk.at_root()) return missing(proof.size());
  if (hash != root)
    return fail(ErrorCode::corrupt, fmt::format("proof: the record at {} is not under this root", index.value));
  return {};
}

Result<void> verify_consistency(LogSize old_size, LogSize size, const Digest& old_root, const Digest& root,
                                const Proof& proof) {
  if (old_size > size)
    return fail(ErrorCode::invalid, fmt::format("proof: size {} does not extend size {}", size.value, old_size.value));
  if (old_size == size) {
    if (!proof.empty()) return left_over(0, proof.size());
    if (old_root != root) return fail(ErrorCode::corrupt, fmt::format("two different roots of size {}", size.value));
    return {};
  }
  if (old_size.value == 0)
    return fail(ErrorCode::invalid, "proof: every log extends the empty one, so that this says nothing");
  // A perfect old tree is a node of the new one: its root is where both climbs start, so the proof leaves it out.
  const bool old_is_perfect = std::has_single_bit(old_size.value);
  if (proof.empty()) return missing(0);
  Walk walk{old_size.value - 1, size.value - 1};
  while ((walk.index & 1) != 0) walk.up();
  Digest old_hash = old_is_perfect ? old_root : proof.front();
  Digest hash = old_hash;
  for (std::size_t i = old_is_perfect ? 0 : 1; i < proof.size(); ++i) {
    if (walk.at_root()) return left_over(i, proof.size());
    if (walk.sibling_is_left()) {
      old_hash = node_hash(proof[i], old_hash);
      hash = node_hash(proof[i], hash);
    } else {
      hash = node_hash(hash, proof[i]);
    }
    walk.up();
  }
  if (!walk.at_root()) return missing(proof.size());
  if (old_hash != old_root || hash != root)
    return fail(ErrorCode::corrupt, fmt::format("the log of size {} does not extend that of size {}: history differs",
                                                size.value, old_size.value));
  return {};
}

}  // namespace placet::merkle
