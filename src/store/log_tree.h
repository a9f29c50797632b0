#pragma once

#include <string>

#include "merkle/proof.h"
#include "merkle/tree.h"
#include "store/event_log.h"

namespace placet::store {

/// The tree of the first `size` records, from the stored tiles and at most 255 records. Nothing is verified here: the
/// caller compares root() with what he knows. `corrupt` where a tile is missing.
Result<merkle::Tree> tree_of(const EventLog& log, LogSize size);

/// The hashes of `tree`, which was made of that log. Both must outlive the source.
merkle::HashSource hashes_of(const EventLog& log, const merkle::Tree& tree);

/// That a record of that log is under the tree, which `note` signs: a file of its own (merkle/proof_file.h).
Result<std::string> proof_file(const EventLog& log, const merkle::Tree& tree, LogPosition position, BytesView note);

}  // namespace placet::store
