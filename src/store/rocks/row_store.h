#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "store/rocks/open.h"
#include "store/row_store.h"

namespace placet::store {

enum class RowKind {
  rebuildable,  // views/: no write-ahead log; a crash takes all tables back to one earlier moment
  kept,         // state/: write-ahead log, for what exists nowhere else
};

/// Rows in a RocksDB database in `folder`: one column family per table. Tables that it has and `tables` does not name
/// are kept and listed; the caller decides what to drop.
Result<std::unique_ptr<RowStore>> open_row_store(const std::filesystem::path& folder, RowKind kind, OpenMode mode,
                                                 std::span<const std::string> tables,
                                                 rocksdb::Env* env = this_machine());

}  // namespace placet::store
