#include "engine/recovery.h"

#include "access/stream_cache.h"
#include "codec/record.h"
#include "domain/streams.h"
#include "engine/command_index.h"
#include "merkle/hash.h"
#include "store/log_tree.h"

namespace placet::engine {

namespace {

constexpr const char* kProcedure =
    "; the ledger does not start on it: keep the folder as it is, and restore from a backup (README, 'When it does not "
    "start')";

}  // namespace

Result<Recovered> recover(const store::EventLog& log, store::HeadFile& head_file) {
  auto head = head_file.read();
  if (!head) return fail(ErrorCode::corrupt, head.error().message + kProcedure);
  const LogSize size = log.size();
  const store::Head known = head->value_or(store::Head{LogSize{0}, merkle::empty_root()});
  if (!*head && size.value > 0)
    return fail(ErrorCode::corrupt, std::string("the head file is blank, but the log is not empty") + kProcedure);
  if (size < known.size)
    return fail(ErrorCode::corrupt, "the log holds " + std::to_string(size.value) + " records, but " +
                                        std::to_string(known.size.value) + " were acknowledged" + kProcedure);
  PLACET_ASSIGN(merkle::Tree tree, store::tree_of(log, known.size));
  if (tree.root() != known.root)
    return fail(ErrorCode::corrupt, "the first " + std::to_string(known.size.value) +
                                        " records are not those that were acknowledged: the root differs" + kProcedure);
  // The tiles of what follows were stored with it; the tree only has to get there.
  PLACET_TRY(log.read({known.size.value}, [&](LogPosition, BytesView record) {
    tree.append(merkle::leaf_hash(record));
    return true;
  }));
  (void)tree.take_full_tiles();
  PLACET_CHECK(tree.size() == size);

  Recovered recovered{std::move(tree), {}, {}, {}};
  PLACET_TRY(access::fold_stream(log, domain::system_stream(), recovered.system));
  if (size.value > 0) {
    PLACET_ASSIGN(const Bytes last, log.record({size.value - 1}));
    PLACET_ASSIGN(const domain::Meta meta, codec::read_meta(last));
    recovered.last_recorded = meta.recorded_at;
  }
  PLACET_ASSIGN(recovered.command_ids, log.nearest_command_ids(CommandIndex::far_ahead_of(recovered.last_recorded)));
  return recovered;
}

}  // namespace placet::engine
