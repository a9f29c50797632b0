#include "store/rocks/row_store.h"

#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "base/crew.h"
#include "store/rocks/database.h"
#include "store/rocks/options.h"
#include "store/rocks/row_copy.h"
#include "store/rocks/row_reader.h"

namespace placet::store {
namespace {

constexpr std::string_view kRowFormat = "placet rows, format 1";
constexpr std::string_view kIncoming = "incoming";  // the folder of files that are about to be taken in

/// The changes to one table, sorted, on their way into a file of their own.
struct TableFile {
  ColumnHandle table;
  std::vector<RowBatch::Change> changes;
  std::string path;
  rocksdb::Status written;
};

/// False: a key stands before the one behind it, or twice.
bool in_order(const TableFile& file) {
  return std::ranges::adjacent_find(file.changes, std::ranges::greater_equal(), &RowBatch::Change::key) ==
         file.changes.end();
}

rocksdb::Status write_file(const TableFile& file, const rocksdb::Options& options) {
  rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options, file.table.get());
  rocksdb::Status status = writer.Open(file.path);
  for (const RowBatch::Change& change : file.changes) {
    if (!status.ok()) return status;
    status =
        change.value ? writer.Put(slice_of(change.key), slice_of(*change.value)) : writer.Delete(slice_of(change.key));
  }
  return status.ok() ? writer.Finish() : status;
}

class RocksRowStore final : public CopiedRows {
 public:
  RocksRowStore(std::shared_ptr<rocksdb::DB> db, std::shared_ptr<TableSet> tables, RowKind kind,
                std::shared_ptr<rocksdb::Cache> cache)
      : db_(std::move(db)),
        tables_(std::move(tables)),
        rebuildable_(kind == RowKind::rebuildable),
        cache_(std::move(cache)),
        now_(db_, tables_, nullptr) {}

  Result<std::optional<Bytes>> get(std::string_view table, BytesView key) const override {
    return now_.get(table, key);
  }
  Result<void> scan(std::string_view table, const KeyRange& range, const RowVisitor& visit) const override {
    return now_.scan(table, range, visit);
  }
  Result<void> write(const RowBatch& batch, Durability durability) override;
  Result<void> flush() override;
  std::unique_ptr<RowReader> snapshot() const override;
  std::vector<std::string> tables() const override;
  Result<void> create_table(std::string_view name) override;
  Result<void> drop_table(std::string_view name) override;
  Result<void> copy_to(const std::filesystem::path& folder) override;
  Result<std::uint32_t> back_up(const std::filesystem::path& folder, std::string_view label,
                                const std::stop_token& stop) const override {
    return add_backup(*db_, folder, label, stop);
  }

 private:
  /// From so many bytes on a batch goes in as files.
  static constexpr std::size_t kFilesFrom = std::size_t{4} << 20U;

  Result<void> write_files(std::vector<TableFile>& files);

  std::shared_ptr<rocksdb::DB> db_;
  std::shared_ptr<TableSet> tables_;
  bool rebuildable_;
  std::shared_ptr<rocksdb::Cache> cache_;
  RocksRowReader now_;
  std::mutex writing_files_;    // held as long as there are files in the folder
  std::mutex changing_tables_;  // held while tables come and go, so that names and column families agree
};

Result<void> RocksRowStore::write(const RowBatch& batch, Durability durability) {
  std::vector<ColumnHandle> columns;
  for (const std::string& name : batch.tables()) {
    PLACET_ASSIGN(columns.emplace_back(), tables_->find(name));
  }
  if (rebuildable_ && batch.bytes() >= kFilesFrom) {
    std::vector<TableFile> files(columns.size());
    for (std::size_t i = 0; i < files.size(); ++i) files[i].table = columns[i];
    batch.for_each([&](const RowBatch::Change& change) { files[change.table].changes.push_back(change); });
    if (std::ranges::all_of(files, in_order)) return write_files(files);
  }
  rocksdb::WriteBatch changes(batch.bytes() + 64);
  rocksdb::Status status;
  batch.for_each([&](const RowBatch::Change& change) {
    rocksdb::ColumnFamilyHandle* column = columns[change.table].get();
    if (!status.ok()) return;
    status = change.value ? changes.Put(column, slice_of(change.key), slice_of(*change.value))
                          : changes.Delete(column, slice_of(change.key));
  });
  PLACET_TRY(result_of(status, "collect rows"));
  rocksdb::WriteOptions options;
  options.disableWAL = rebuildable_;
  options.sync = !rebuildable_ && durability == Durability::synced;
  PLACET_TRY(result_of(write_batch(*db_, options, changes), "write rows"));
  return rebuildable_ && durability == Durability::synced ? flush() : Result<void>{};
}

/// What is written like this is durable at once, all together, and costs no more than a flush of it: neither is it put
/// in order a second time, nor does it push what others wrote out of memory.
Result<void> RocksRowStore::write_files(std::vector<TableFile>& files) {
  std::erase_if(files, [](const TableFile& file) { return file.changes.empty(); });
  const std::lock_guard lock(writing_files_);
  PLACET_TRY(flush());  // Rows that were written before must not be lost when these are not.
  const rocksdb::DBOptions database = db_->GetDBOptions();
  const std::filesystem::path folder = std::filesystem::path(db_->GetName()) / kIncoming;
  std::error_code made;
  std::filesystem::create_directory(folder, made);
  if (made) return fail(ErrorCode::io, fmt::format("cannot make {}: {}", folder.string(), made.message()));
  for (std::size_t i = 0; i < files.size(); ++i) files[i].path = folder / std::to_string(i);
  Crew(1).run(files.size(), [&](std::size_t i) {
    rocksdb::ColumnFamilyDescriptor table;
    files[i].written = files[i].table->GetDescriptor(&table);
    if (files[i].written.ok()) files[i].written = write_file(files[i], {database, table.options});
  });
  std::vector<rocksdb::IngestExternalFileArg> all;
  for (const TableFile& file : files) {
    PLACET_TRY(result_of(file.written, "write a file of rows"));
    rocksdb::IngestExternalFileArg& one = all.emplace_back();
    one.column_family = file.table.get();
    one.external_files = {file.path};
    one.options.move_files = true;
    one.options.write_global_seqno = false;
  }
  return result_of(db_->IngestExternalFiles(all), "take in files of rows");
}

Result<void> RocksRowStore::flush() {
  if (!rebuildable_) return result_of(db_->FlushWAL(true), "sync rows");
  const auto tables = tables_->all();
  std::vector<rocksdb::ColumnFamilyHandle*> columns;
  columns.reserve(tables.size());
  for (const auto& [name, table] : tables) columns.push_back(table.get());
  return result_of(db_->Flush(rocksdb::FlushOptions(), columns), "flush rows");
}

std::unique_ptr<RowReader> RocksRowStore::snapshot() const {
  return std::make_unique<RocksRowReader>(db_, tables_, snapshot_of(db_));
}

std::vector<std::string> RocksRowStore::tables() const {
  std::vector<std::string> names;
  for (const auto& [name, table] : tables_->all()) names.push_back(name);
  return names;
}

Result<void> RocksRowStore::create_table(std::string_view name) {
  const std::lock_guard lock(changing_tables_);
  if (tables_->find(name)) return {};
  rocksdb::ColumnFamilyHandle* handle = nullptr;
  PLACET_TRY(result_of(db_->CreateColumnFamily(row_table_options(rebuildable_, cache_), std::string(name), &handle),
                       fmt::format("make table {}", name)));
  tables_->add(std::string(name), own_column(db_, handle));
  return {};
}

Result<void> RocksRowStore::drop_table(std::string_view name) {
  const std::lock_guard lock(changing_tables_);
  const auto column = tables_->find(name);
  if (!column) return {};
  PLACET_TRY(flush());
  PLACET_TRY(result_of(db_->DropColumnFamily(column->get()), fmt::format("drop table {}", name)));
  tables_->remove(name);
  return {};
}

Result<void> RocksRowStore::copy_to(const std::filesystem::path& folder) {
  rocksdb::Checkpoint* made = nullptr;
  PLACET_TRY(result_of(rocksdb::Checkpoint::Create(db_.get(), &made), "prepare a copy of the rows"));
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  return result_of(checkpoint->CreateCheckpoint(folder.string()), fmt::format("copy rows to {}", folder.string()));
}

}  // namespace

Result<std::unique_ptr<RowStore>> open_row_store(const std::filesystem::path& folder, RowKind kind, OpenMode mode,
                                                 std::span<const std::string> tables, rocksdb::Env* env) {
  return open_row_store(folder, kind, mode, tables, row_block_cache(kind == RowKind::rebuildable), env);
}

Result<std::unique_ptr<RowStore>> open_row_store(const std::filesystem::path& folder, RowKind kind, OpenMode mode,
                                                 std::span<const std::string> tables,
                                                 std::shared_ptr<rocksdb::Cache> cache, rocksdb::Env* env) {
  const bool rebuildable = kind == RowKind::rebuildable;
  rocksdb::DBOptions options = row_database_options(rebuildable);
  options.env = env;
  // Each read checks what it reads, and finds out when a file is not there: to ask for the length of hundreds of them
  // first takes a cold disk long.
  options.skip_checking_sst_file_sizes_on_db_open = mode == OpenMode::read_only;
  std::vector<std::string> names;
  if (database_exists(folder)) {
    PLACET_TRY(result_of(rocksdb::DB::ListColumnFamilies(options, folder.string(), &names),
                         fmt::format("list the tables of {}", folder.string())));
    std::erase(names, rocksdb::kDefaultColumnFamilyName);
  }
  for (const std::string& name : tables)
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);

  std::vector<rocksdb::ColumnFamilyDescriptor> columns;
  columns.reserve(names.size());
  for (const std::string& name : names) columns.emplace_back(name, row_table_options(rebuildable, cache));
  PLACET_ASSIGN(auto open, open_database(folder, options, std::move(columns), mode, kRowFormat));
  std::error_code none;
  std::filesystem::remove_all(folder / kIncoming, none);  // what a process that was killed left there
  const auto set = std::make_shared<TableSet>();
  for (std::size_t i = 0; i < names.size(); ++i) set->add(names[i], open.columns[i]);
  return std::make_unique<RocksRowStore>(std::move(open.db), set, kind, std::move(cache));
}

}  // namespace placet::store
