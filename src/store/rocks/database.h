#pragma once

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/rocks/open.h"
#include "store/rocks/options.h"

/// What the event log and the row store share: opening, and errors. Included by rocks/*.cc only.
namespace placet::store {

using ColumnHandle = std::shared_ptr<rocksdb::ColumnFamilyHandle>;

/// A handle keeps the database open, so that members may go in any order.
struct OpenDatabase {
  std::shared_ptr<rocksdb::DB> db;
  std::vector<ColumnHandle> columns;  // as asked for
};

Error error_of(const rocksdb::Status& status, std::string_view doing);
inline Result<void> result_of(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return {};
  return std::unexpected(error_of(status, doing));
}

ColumnHandle own_column(const std::shared_ptr<rocksdb::DB>& db, rocksdb::ColumnFamilyHandle* handle);

/// Every write beside readers goes through here, because they look at RocksDB's memory in place: ThreadSanitizer must
/// not take that for a race with the writing.
rocksdb::Status write_batch(rocksdb::DB& db, const rocksdb::WriteOptions& options, rocksdb::WriteBatch& batch);

/// Whether a database was ever made in this folder.
bool database_exists(const std::filesystem::path& folder);

/// Opens the columns plus the default one, whose `format` row must say `format`; a new database gets that row.
/// `not_found` when there is no database and none shall be made, `invalid` when it has another format or options. It
/// stands on `options.env`.
Result<OpenDatabase> open_database(const std::filesystem::path& folder, rocksdb::DBOptions options,
                                   std::vector<rocksdb::ColumnFamilyDescriptor> columns, OpenMode mode,
                                   std::string_view format);

/// The columns of a log, as LogColumn counts them.
Result<OpenDatabase> open_log_database(const std::filesystem::path& folder, OpenMode mode, rocksdb::Env* env,
                                       DamagedWal damaged = DamagedWal::refuse);

/// BackedUp::back_up of any database.
Result<std::uint32_t> add_backup(rocksdb::DB& db, const std::filesystem::path& folder, std::string_view label,
                                 const std::stop_token& stop);

inline rocksdb::Slice slice_of(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view view_of(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace placet::store
