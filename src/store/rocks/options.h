#pragma once

#include <rocksdb/cache.h>
#include <rocksdb/options.h>

#include <memory>

#include "store/log_tables.h"

/// Every RocksDB option that we rely on, with its reason where the name does not say it. Besides rocks/*.cc only
/// benchmarks include this, to hold the log against a bare database with the same options.
///
/// Memory at most: log/ 48 MiB cache + 98 MiB memtables (records 48, streams 8, heads 4, commands 24, tiles 12,
/// checkpoints 2); views/ 16 + 32 MiB; state/ 8 + 8 MiB. While rows are made anew, some 250 MiB more (readside/fold.h).
namespace placet::store {

/// What an open does at damage in the write-ahead log that is no torn end. To stop before it and go on from there loses
/// acknowledged writes silently, which is RocksDB's default.
enum class DamagedWal { refuse, stop_before };

rocksdb::DBOptions log_database_options(DamagedWal damaged = DamagedWal::refuse);
/// All columns of one database share a cache made by `log_block_cache`.
rocksdb::ColumnFamilyOptions log_column_options(LogColumn column, const std::shared_ptr<rocksdb::Cache>& cache);
std::shared_ptr<rocksdb::Cache> log_block_cache();
/// For the committer's one write per group.
rocksdb::WriteOptions synced_write_options();

/// `rebuildable` rows skip the write-ahead log and are flushed all together, so that the cursor never leads the rows.
rocksdb::DBOptions row_database_options(bool rebuildable);
rocksdb::ColumnFamilyOptions row_table_options(bool rebuildable, const std::shared_ptr<rocksdb::Cache>& cache);
std::shared_ptr<rocksdb::Cache> row_block_cache(bool rebuildable);

/// For a range that is read once: checks every block and leaves the cache to others.
rocksdb::ReadOptions scan_read_options();

}  // namespace placet::store
