#pragma once

#include <rocksdb/cache.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "store/rocks/row_store.h"
#include "store/row_store.h"

/// What stores of rows do for the archive of them. Included by rocks/*.cc only.
namespace placet::store {

class CopiedRows : public RowStore {
 public:
  /// Flushes, and makes a database in the new `folder` with the same rows; tables are hard links.
  virtual Result<void> copy_to(const std::filesystem::path& folder) = 0;
};

/// As open_row_store, with a cache that several stores may share.
Result<std::unique_ptr<RowStore>> open_row_store(const std::filesystem::path& folder, RowKind kind, OpenMode mode,
                                                 std::span<const std::string> tables,
                                                 std::shared_ptr<rocksdb::Cache> cache,
                                                 rocksdb::Env* env = this_machine());

}  // namespace placet::store
