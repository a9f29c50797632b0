#include "store/rocks/backups.h"

#include <fmt/format.h>
#include <rocksdb/utilities/backup_engine.h>

#include "store/disk.h"
#include "store/rocks/database.h"

namespace placet::store {
namespace {

/// The same for all users of a folder, as RocksDB wants it. Files are shared under a name of their checksum and size,
/// so that a file of another history is never taken for one that is there already.
rocksdb::BackupEngineOptions engine_options(const std::filesystem::path& folder) {
  rocksdb::BackupEngineOptions options(folder.string());
  options.share_table_files = true;
  options.share_files_with_checksum = true;
  options.sync = true;
  return options;
}

template <class Engine>
Result<std::unique_ptr<Engine>> open_engine(const std::filesystem::path& folder) {
  Engine* engine = nullptr;
  PLACET_TRY(result_of(Engine::Open(engine_options(folder), rocksdb::Env::Default(), &engine),
                       fmt::format("open the back-ups in {}", folder.string())));
  return std::unique_ptr<Engine>(engine);
}

}  // namespace

Result<std::uint32_t> add_backup(rocksdb::DB& db, const std::filesystem::path& folder, std::string_view label,
                                 const std::stop_token& stop) {
  PLACET_TRY(make_directory(folder));
  PLACET_ASSIGN(const auto engine, open_engine<rocksdb::BackupEngine>(folder));
  const std::stop_callback stopping(stop, [&] { engine->StopBackup(); });
  rocksdb::CreateBackupOptions options;
  options.flush_before_backup = true;  // then nearly all of it is in files that never change
  options.decrease_background_thread_cpu_priority = true;
  options.background_thread_cpu_priority = rocksdb::CpuPriority::kIdle;
  rocksdb::BackupID id = 0;
  const rocksdb::Status made = engine->CreateNewBackupWithMetadata(options, &db, std::string(label), &id);
  if (made.IsIncomplete()) return fail(ErrorCode::unavailable, "the back-up was broken off");
  PLACET_TRY(result_of(made, fmt::format("make a back-up in {}", folder.string())));
  PLACET_TRY(result_of(engine->VerifyBackup(id, /*verify_with_checksum=*/true),
                       fmt::format("read back-up {} in {} back", id, folder.string())));
  return id;
}

Result<std::vector<Backup>> backups_in(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder)) return {};
  PLACET_ASSIGN(const auto engine, open_engine<rocksdb::BackupEngineReadOnly>(folder));
  std::vector<rocksdb::BackupID> corrupt;
  engine->GetCorruptedBackups(&corrupt);
  if (!corrupt.empty())
    return fail(ErrorCode::corrupt, fmt::format("back-up {} in {} is damaged", corrupt.front(), folder.string()));
  std::vector<rocksdb::BackupInfo> infos;
  engine->GetBackupInfo(&infos);
  std::vector<Backup> backups;
  for (const rocksdb::BackupInfo& info : infos)
    backups.push_back({info.backup_id, {info.timestamp * 1'000'000}, info.size, info.app_metadata});
  return backups;
}

Result<void> restore_backup(const std::filesystem::path& folder, std::uint32_t id, const std::filesystem::path& to) {
  if (std::filesystem::exists(to)) return fail(ErrorCode::invalid, to.string() + " is there already");
  PLACET_ASSIGN(const auto engine, open_engine<rocksdb::BackupEngineReadOnly>(folder));
  const std::string what = fmt::format("back-up {} in {}", id, folder.string());
  rocksdb::BackupInfo info;
  if (engine->GetBackupInfo(id, &info).IsNotFound())
    return fail(ErrorCode::not_found, fmt::format("there is no back-up {} in {}", id, folder.string()));
  PLACET_TRY(result_of(engine->VerifyBackup(id, /*verify_with_checksum=*/true), "read " + what));
  return result_of(engine->RestoreDBFromBackup(id, to.string(), to.string()), "restore " + what);
}

Result<void> remove_backups(const std::filesystem::path& folder, std::span<const std::uint32_t> ids) {
  if (ids.empty()) return {};
  PLACET_ASSIGN(const auto engine, open_engine<rocksdb::BackupEngine>(folder));
  for (const std::uint32_t id : ids)
    PLACET_TRY(result_of(engine->DeleteBackup(id), fmt::format("remove back-up {} in {}", id, folder.string())));
  return {};
}

}  // namespace placet::store
