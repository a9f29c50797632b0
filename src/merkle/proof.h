#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "merkle/tree.h"

namespace placet::merkle {

// RFC 6962, 2.1.1 and 2.1.2; verification as in RFC 9162, 2.1.3.2 and 2.1.4.2, which gives the same proofs.

/// From the leaf's sibling up to a child of the root.
using Proof = std::vector<Digest>;

/// The root of the perfect subtree over leaves [index << height, (index + 1) << height).
using HashSource = std::function<Result<Digest>(unsigned height, std::uint64_t index)>;

/// The hashes of `tree`, which must outlive the source and not grow meanwhile, out of its full tiles and its partial
/// ones. Serves every size up to the tree's. Remembers the last tile read: for one thread.
HashSource tile_hashes(const Tree& tree, ReadTile read_tile);

/// `invalid` when index >= size, or old > whole; else only what `source` fails with.
Result<Proof> inclusion_proof(LogPosition index, LogSize size, const HashSource& source);
Result<Proof> consistency_proof(LogSize old_size, LogSize size, const HashSource& source);

/// `invalid`: index >= size, or a hash missing or left over; `corrupt`: the proof leads to another root.
Result<void> verify_inclusion(LogPosition index, LogSize size, const Digest& leaf, const Proof& proof,
                              const Digest& root);

/// Whether the tree with `root` extends the one with `old_root`. Equal sizes need an empty proof and equal roots. From
/// size 0 nothing is proven: `invalid`, so that nobody takes it for a proof.
Result<void> verify_consistency(LogSize old_size, LogSize size, const Digest& old_root, const Digest& root,
                                const Proof& proof);

}  // namespace placet::merkle
