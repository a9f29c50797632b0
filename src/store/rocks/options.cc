#include "store/rocks/options.h"

#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include "store/rocks/flush_pace.h"

namespace placet::store {
namespace {

constexpr std::size_t kKiB = 1024;
constexpr std::size_t kMiB = 1024 * kKiB;

rocksdb::DBOptions database_options() {
  rocksdb::DBOptions options;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;  // DamagedWal::refuse
  options.paranoid_checks = true;
  options.bytes_per_sync = kMiB;  // Table files reach the disk as they are written, not in one burst beside our syncs.
  // Two flushes, so that one that waits for the disk does not hold up the next.
  options.max_background_flushes = 2;
  options.max_background_compactions = 2;
  // Memory and start-up time must not grow with the number of files.
  options.max_open_files = 512;
  options.skip_stats_update_on_db_open = true;
  // No periodic statistics; a small operator log.
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.max_log_file_size = kMiB;
  options.keep_log_file_num = 4;
  return options;
}

rocksdb::BlockBasedTableOptions table_options(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  // Index and filter blocks count against the cache, so that memory does not grow with the data. The index is read in
  // parts; filters are not, which would make the common answer, absent, half as fast again.
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.whole_key_filtering = true;
  table.max_auto_readahead_size = 2 * kMiB;  // A long scan grows to this; a short read fetches only what it asks for.
  return table;
}

rocksdb::ColumnFamilyOptions column_options(std::size_t memtable_bytes) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = memtable_bytes;
  options.max_write_buffer_number = 2;
  // One compression on all levels, so that compaction moves the files of a log instead of rewriting them. Appends with
  // LZ4 are as fast as without, and records that compress take less than half the disk.
  options.compression = rocksdb::CompressionType::kLZ4Compression;
  options.bottommost_compression = rocksdb::CompressionType::kDisableCompressionOption;
  options.paranoid_file_checks = true;  // Reads back what a flush or compaction wrote before the source is deleted.
  return options;
}

/// Rows of a batch come sorted: the place of one is looked for from that of the last one.
void expect_neighbours(rocksdb::ColumnFamilyOptions& options) {
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
}

/// For keys in no order. Inserts into a skip list get dearer with its length, and with small memtables the whole commit
/// was twice as fast as with large ones; `merged` of them are merged into one file, so that files do not get small.
rocksdb::ColumnFamilyOptions random_key_options(std::size_t memtable_bytes, int merged) {
  rocksdb::ColumnFamilyOptions options = column_options(memtable_bytes);
  expect_neighbours(options);
  options.min_write_buffer_number_to_merge = merged;
  options.max_write_buffer_number = 2 * merged;
  // The first level as large as the four new files that set off its compaction; files whose filter is a small block.
  options.max_bytes_for_level_base = 4 * memtable_bytes * static_cast<std::size_t>(merged);
  options.target_file_size_base = 8 * kMiB;
  return options;
}

/// Point reads of keys that are mostly absent are answered by filters, in memory and in files.
void expect_absent_keys(rocksdb::ColumnFamilyOptions& options) {
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = 1;
  options.memtable_prefix_bloom_size_ratio /= 32;  // 16 bits for a row of some 64 bytes.
}

/// That there are many new files while a compaction of another column runs is no reason to slow writers down.
void expect_many_new_files(rocksdb::ColumnFamilyOptions& options) {
  options.level0_slowdown_writes_trigger = 48;
  options.level0_stop_writes_trigger = 64;
}

/// RocksDB by itself cuts a cache into parts of 512 KiB, or into 64, each hardly larger than the filter of a file: two
/// filters in one part would push each other out, and looks at absent keys would read them from disk again.
std::shared_ptr<rocksdb::Cache> block_cache(std::size_t bytes) {
  constexpr int kShardBits = 2;
  return rocksdb::NewLRUCache(bytes, kShardBits);
}

}  // namespace

rocksdb::DBOptions log_database_options(DamagedWal damaged) {
  rocksdb::DBOptions options = database_options();
  if (damaged == DamagedWal::stop_before) options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.max_total_wal_size = 128 * kMiB;  // Bounds what a start has to replay.
  options.listeners.push_back(
      std::make_shared<FlushPace>(kLogColumnNames[static_cast<std::size_t>(LogColumn::records)]));
  return options;
}

std::shared_ptr<rocksdb::Cache> log_block_cache() { return block_cache(48 * kMiB); }

rocksdb::ColumnFamilyOptions log_column_options(LogColumn column, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table = table_options(cache);
  rocksdb::ColumnFamilyOptions options;
  switch (column) {
    case LogColumn::records:
      options = column_options(16 * kMiB);
      options.max_write_buffer_number = 3;
      expect_many_new_files(options);  // They do not overlap and are only moved down.
      table.block_size = 8 * kKiB;     // One full chunk.
      table.filter_policy = nullptr;   // Found by seeking the chunk that holds a position: no key is asked for.
      break;
    case LogColumn::streams:
      options = random_key_options(512 * kKiB, 8);
      table.filter_policy = nullptr;  // As above, by version.
      break;
    case LogColumn::heads:
      options = random_key_options(512 * kKiB, 4);
      expect_absent_keys(options);  // "No such stream" is what most creating commands expect.
      break;
    case LogColumn::commands:
      options = column_options(8 * kMiB);
      expect_neighbours(options);  // Of batches, too: ids begin with the time.
      options.max_write_buffer_number = 3;
      expect_many_new_files(options);
      options.target_file_size_base = 8 * kMiB;  // What is new is merged with the last file.
      expect_absent_keys(options);               // A command that is not a repeat has no row.
      break;
    case LogColumn::tiles:
      options = column_options(4 * kMiB);
      options.max_write_buffer_number = 3;
      options.target_file_size_base = 8 * kMiB;                        // As above.
      options.compression = rocksdb::CompressionType::kNoCompression;  // Hashes do not compress.
      break;
    case LogColumn::checkpoints: options = column_options(kMiB); break;
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

rocksdb::WriteOptions synced_write_options() {
  rocksdb::WriteOptions options;
  options.sync = true;
  // In a stall the committer waits; the bounded inbox in front of it is the back-pressure.
  options.no_slowdown = false;
  return options;
}

rocksdb::DBOptions row_database_options(bool rebuildable) {
  rocksdb::DBOptions options = database_options();
  options.atomic_flush = rebuildable;
  options.db_write_buffer_size = (rebuildable ? 32 : 8) * kMiB;  // Of all tables together.
  options.max_total_wal_size = 16 * kMiB;
  return options;
}

std::shared_ptr<rocksdb::Cache> row_block_cache(bool rebuildable) { return block_cache((rebuildable ? 16 : 8) * kMiB); }

rocksdb::ColumnFamilyOptions row_table_options(bool rebuildable, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options = column_options((rebuildable ? 16 : 1) * kMiB);
  options.arena_block_size = 128 * kKiB;  // A table of few rows holds little memory.
  if (rebuildable) {
    options.paranoid_file_checks = false;  // Made anew from the log, which is checked.
    // Merged by size: the keys of most tables lie anywhere, and with levels every few new files rewrite a level. Files
    // are small and many, since all tables are flushed together.
    options.compaction_style = rocksdb::CompactionStyle::kCompactionStyleUniversal;
    options.level0_file_num_compaction_trigger = 16;
    options.compaction_options_universal.allow_trivial_move = true;  // Of tables whose keys are positions.
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache)));
  return options;
}

rocksdb::ReadOptions scan_read_options() {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.verify_checksums = true;
  options.readahead_size = 256 * kKiB;
  return options;
}

}  // namespace placet::store
