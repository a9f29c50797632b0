#include "merkle/hash.h"

#include <cstring>

#include "crypto/sha256.h"

namespace placet::merkle {

Digest leaf_hash(BytesView record) { return crypto::Sha256().update(BytesView("\0", 1)).update(record).finish(); }

Digest node_hash(const Digest& left, const Digest& right) {
  std::array<char, 1 + sizeof(Digest) * 2> input;
  input[0] = 1;
  std::memcpy(&input[1], left.data(), left.size());
  std::memcpy(&input[1 + sizeof(Digest)], right.data(), right.size());
  return crypto::sha256({input.data(), input.size()});
}

Digest empty_root() { return crypto::sha256({}); }

}  // namespace placet::merkle
