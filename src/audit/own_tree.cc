#include "audit/own_tree.h"

#include <bit>

#include "crypto/sha256.h"

namespace placet::audit {

namespace {

Digest node(const Digest& left, const Digest& right) {
  Bytes input(1, '\x01');
  input.append(view_of(left)).append(view_of(right));
  return crypto::sha256(input);
}

}  // namespace

Digest OwnTree::leaf(BytesView record) {
  Bytes input(1, '\0');
  input.append(record);
  return crypto::sha256(input);
}

/// MTH over `count` hashes, all of perfect trees of one height but perhaps the last, which is of a smaller one.
Digest OwnTree::root_of(const Digest* first, std::size_t count) {
  if (count == 1) return *first;
  const std::size_t left = std::bit_floor(count - 1);
  return node(root_of(first, left), root_of(first + left, count - left));
}

void OwnTree::add_at(std::uint8_t level, const Digest& hash) {
  Tile& edge = edge_.at(level);
  edge.push_back(hash);
  if (edge.size() < kTile) return;
  full_(level, tiles_[level]++, edge);
  const Digest above = root_of(edge.data(), kTile);
  edge.clear();
  add_at(static_cast<std::uint8_t>(level + 1), above);
}

Digest OwnTree::root() const {
  Tile row;  // what is on the right, as the last of the level above
  for (const Tile& edge : edge_) {
    Tile all = edge;
    all.insert(all.end(), row.begin(), row.end());
    if (all.empty()) continue;
    row.assign(1, root_of(all.data(), all.size()));
  }
  return row.empty() ? crypto::sha256("") : row.front();
}

}  // namespace placet::audit
