#include "store/log_tree.h"

#include <optional>
#include <utility>

#include "merkle/proof_file.h"

#include <utility>

#include "merkle/hash.h"

namespace placet::store {

namespace {

merkle::ReadTile tiles_of(const EventLog& log) {
  return [&log](std::uint8_t level, std::uint64_t index) -> Result<Bytes> {
    PLACET_ASSIGN(auto tile, log.tile(level, index));
    if (!tile) return fail(ErrorCode::corrupt, merkle::TilePath{level, index}.to_string() + " is missing");
    return std::move(*tile);
  };
}

}  // namespace

Result<merkle::Tree> tree_of(const EventLog& log, LogSize size) {
  return merkle::Tree::restore(size, tiles_of(log), [&log](LogPosition position) -> Result<Digest> {
    PLACET_ASSIGN(const Bytes record, log.record(position));
    return merkle::leaf_hash(record);
  });
}

merkle::HashSource hashes_of(const EventLog& log, const merkle::Tree& tree) {
  return merkle::tile_hashes(tree, tiles_of(log));
}

Result<std::string> proof_file(const EventLog& log, const merkle::Tree& tree, LogPosition position, BytesView note) {
  PLACET_ASSIGN(merkle::Proof hashes, merkle::inclusion_proof(position, tree.size(), hashes_of(log, tree)));
  return merkle::ProofFile{std::nullopt, position, std::move(hashes), Bytes(note)}.to_string();
}

}  // namespace placet::store
