#include "store/rocks/database.h"

#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "store/disk.h"
#include "store/log_format.h"
#include "store/rocks/options.h"
#include "store/rocks/short_turns.h"

#if defined(__SANITIZE_THREAD__)
// RocksDB is not instrumented: ThreadSanitizer sees its writes to memtables, but not the atomics that publish them.
extern "C" {
const char* __tsan_default_suppressions();
const char* __tsan_default_suppressions() { return "race:rocksdb::\n"; }
void AnnotateIgnoreWritesBegin(const char* file, int line);
void AnnotateIgnoreWritesEnd(const char* file, int line);
}
#endif

namespace placet::store {
namespace {

constexpr std::string_view kFormatKey = "format";

/// In place of RocksDB's own log file, where nothing in the folder may change.
class Silence final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

Result<void> check_format(rocksdb::DB& db, const std::filesystem::path& folder, std::string_view format,
                          OpenMode mode) {
  std::string stored;
  const rocksdb::Status status = db.Get({}, slice_of(kFormatKey), &stored);
  // Before the first write there is no row: also after a crash between the making of the database and that write.
  if (status.IsNotFound() && db.GetLatestSequenceNumber() == 0 && mode != OpenMode::read_only) {
    rocksdb::WriteOptions synced;
    synced.sync = true;
    return result_of(db.Put(synced, slice_of(kFormatKey), slice_of(format)), "write the format row");
  }
  if (!status.ok() && !status.IsNotFound()) return std::unexpected(error_of(status, "read the format row"));
  if (stored != format)
    return fail(ErrorCode::invalid,
                fmt::format("{} was written as \"{}\"; this program reads \"{}\"", folder.string(), stored, format));
  return {};
}

}  // namespace

Error error_of(const rocksdb::Status& status, std::string_view doing) {
  ErrorCode code = ErrorCode::io;
  // A file that the database names and that is not there is damage too.
  if (status.IsCorruption() || status.IsPathNotFound()) code = ErrorCode::corrupt;
  if (status.IsNoSpace()) code = ErrorCode::full;
  return {code, fmt::format("cannot {}: {}", doing, status.ToString())};
}

ColumnHandle own_column(const std::shared_ptr<rocksdb::DB>& db, rocksdb::ColumnFamilyHandle* handle) {
  return {handle, [db](rocksdb::ColumnFamilyHandle* column) {
            if (column) db->DestroyColumnFamilyHandle(column);
          }};
}

rocksdb::Status write_batch(rocksdb::DB& db, const rocksdb::WriteOptions& options, rocksdb::WriteBatch& batch) {
#if defined(__SANITIZE_THREAD__)
  AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
  rocksdb::Status status = db.Write(options, &batch);
  AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
  return status;
#else
  return db.Write(options, &batch);
#endif
}

rocksdb::Env* this_machine() {
  static rocksdb::Env* const env = table_pieces_env(rocksdb::FileSystem::Default()).release();
  return env;
}

bool database_exists(const std::filesystem::path& folder) {
  std::error_code error;
  return std::filesystem::exists(folder / "CURRENT", error);
}

Result<OpenDatabase> open_database(const std::filesystem::path& folder, rocksdb::DBOptions options,
                                   std::vector<rocksdb::ColumnFamilyDescriptor> columns, OpenMode mode,
                                   std::string_view format) {
  const bool missing = !database_exists(folder);
  if (missing && mode != OpenMode::create)
    return fail(ErrorCode::not_found, fmt::format("there is no database in {}", folder.string()));
  // Flushes and compactions run where a processor has nothing else to do: Linux lets a thread that wakes up wait for up
  // to 4 ms behind others, but not behind idle ones. If they fall behind, writers wait for them, and they get their
  // time.
  for (const auto pool : {rocksdb::Env::Priority::HIGH, rocksdb::Env::Priority::LOW})
    options.env->LowerThreadPoolCPUPriority(pool, rocksdb::CpuPriority::kIdle);
  const auto turns = std::make_shared<ShortTurns>();
  options.listeners.push_back(turns);
  if (mode == OpenMode::read_only) options.info_log = std::make_shared<Silence>();
  options.create_if_missing = mode == OpenMode::create;
  options.create_missing_column_families = mode == OpenMode::create;
  if (missing) PLACET_TRY(make_directory(folder));

  columns.insert(columns.begin(), {rocksdb::kDefaultColumnFamilyName, {}});
  rocksdb::DB* raw = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  const rocksdb::Status status = mode == OpenMode::read_only
                                     ? rocksdb::DB::OpenForReadOnly(options, folder.string(), columns, &handles, &raw)
                                     : rocksdb::DB::Open(options, folder.string(), columns, &handles, &raw);
  if (status.IsInvalidArgument())
    return fail(
        ErrorCode::invalid,
        fmt::format("{} was written with other options than this program has ({}): start the version that wrote "
                    "it, or restore a back-up",
                    folder.string(), status.ToString()));
  if (!status.ok()) return std::unexpected(error_of(status, fmt::format("open {}", folder.string())));

  const auto close = [turns](rocksdb::DB* db) {
    turns->somebody_closes();
    delete db;
    turns->closed();
  };
  OpenDatabase open{std::shared_ptr<rocksdb::DB>(raw, close), {}};
  for (rocksdb::ColumnFamilyHandle* handle : handles) open.columns.push_back(own_column(open.db, handle));
  PLACET_TRY(check_format(*open.db, folder, format, mode));
  open.columns.erase(open.columns.begin());
  return open;
}

Result<OpenDatabase> open_log_database(const std::filesystem::path& folder, OpenMode mode, rocksdb::Env* env,
                                       DamagedWal damaged) {
  const auto cache = log_block_cache();
  std::vector<rocksdb::ColumnFamilyDescriptor> columns;
  columns.reserve(kLogColumnNames.size());
  for (std::size_t i = 0; i < kLogColumnNames.size(); ++i)
    columns.emplace_back(std::string(kLogColumnNames[i]), log_column_options(static_cast<LogColumn>(i), cache));
  rocksdb::DBOptions options = log_database_options(damaged);
  options.env = env;
  return open_database(folder, std::move(options), std::move(columns), mode, kLogFormat);
}

}  // namespace placet::store
