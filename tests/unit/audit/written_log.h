#pragma once

#include <map>
#include <vector>

#include "audit/chain.h"
#include "merkle/note.h"
#include "store/head_file.h"
#include "store/log_tables.h"
#include "tests/support/group_maker.h"

namespace placet::audit::testing {

/// Rows in memory, for a test to change.
class Tables final : public store::LogTables {
 public:
  using Column = std::map<Bytes, Bytes>;
  Result<std::unique_ptr<store::RowWalk>> walk(store::LogColumn column) const override;
  Column& of(store::LogColumn column) { return columns_.at(static_cast<std::size_t>(column)); }

 private:
  std::array<Column, store::kLogColumnNames.size()> columns_;
};

/// A log of commands of one to four events on some streams, as the stores write it: through RocksDB, and read back.
struct WrittenLog {
  static constexpr std::uint64_t kRecords = 1'500;
  /// What was signed, about.
  static constexpr std::uint64_t kSigned[] = {300, 900, 1'400};

  /// `twist` as in GroupMaker.
  explicit WrittenLog(std::uint64_t twist = placet::testing::GroupMaker::kNoTwist);

  ChainInput input() const {
    return {.tables = tables, .identity = identity, .head = head, .since = {}, .progress = {}};
  }
  ChainReport check() const { return check_chain(input()).value(); }

  Tables tables;
  merkle::NoteSigner signer;
  merkle::LogIdentity identity;
  store::Head head;
  std::vector<merkle::Checkpoint> checkpoints;
};

}  // namespace placet::audit::testing
