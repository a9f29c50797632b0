#include "app/backup.h"

#include <charconv>
#include <fstream>
#include <utility>
#include <vector>

#include "store/disk.h"
#include "store/rocks/backups.h"

namespace placet::app {

namespace {

constexpr std::size_t kLogBackupsKept = 30;
constexpr std::int64_t kStateKeptMicros = 30 * kMicrosPerDay;

Result<std::optional<rpc::RestoreNote>> read_restored(const BackupFolder& folder) {
  std::ifstream file(folder.restored());
  if (!file) return std::nullopt;
  rpc::RestoreNote note;
  std::string at;
  if (!(file >> note.id >> note.size.value >> at))
    return fail(ErrorCode::corrupt, folder.restored().string() + ": is not what a restore writes");
  const auto instant = Timestamp::parse(at);
  if (!instant) return fail(ErrorCode::corrupt, folder.restored().string() + ": '" + at + "' is no instant");
  note.at = *instant;
  return note;
}

}  // namespace

Result<LogSize> size_of(const store::Backup& backup) {
  LogSize size;
  const char* end = backup.label.data() + backup.label.size();
  if (const auto read = std::from_chars(backup.label.data(), end, size.value);
      read.ec != std::errc() || read.ptr != end)
    return fail(ErrorCode::corrupt, "back-up " + std::to_string(backup.id) + " is not one of a log");
  return size;
}

/// In this order: a checkpoint that the copy of the log holds, the log, and then every key that its boxes need.
Result<rpc::BackupMade> BackupMaker::make(const std::stop_token& stop) {
  PLACET_TRY(notary_.keep_newest());
  PLACET_ASSIGN(const auto checkpoint, log_.latest_checkpoint());
  if (!checkpoint) return fail(ErrorCode::unavailable, "there is no checkpoint yet");
  rpc::BackupMade made{.size = checkpoint->size, .checkpoint = checkpoint->note, .folder = folder_.root};
  PLACET_ASSIGN(made.id, log_.back_up(folder_.log(), std::to_string(made.size.value), stop));
  PLACET_ASSIGN(made.state_id, state_.back_up(folder_.state(), "", stop));
  PLACET_TRY(store::replace_file(folder_.checkpoint(made.id), made.checkpoint));
  PLACET_TRY(remove_old());
  return made;
}

Result<void> BackupMaker::remove_old() const {
  std::vector<std::uint32_t> old;
  PLACET_ASSIGN(const auto logs, store::backups_in(folder_.log()));
  for (std::size_t i = 0; i + kLogBackupsKept < logs.size(); ++i) old.push_back(logs[i].id);
  PLACET_TRY(store::remove_backups(folder_.log(), old));
  old.clear();
  PLACET_ASSIGN(const auto states, store::backups_in(folder_.state()));
  const Timestamp oldest{clock_.now().micros - kStateKeptMicros};
  for (std::size_t i = 0; i + 1 < states.size(); ++i)
    if (states[i].made < oldest) old.push_back(states[i].id);
  return store::remove_backups(folder_.state(), old);
}

Result<rpc::BackupStatus> BackupMaker::status() const {
  rpc::BackupStatus status;
  PLACET_ASSIGN(const auto logs, store::backups_in(folder_.log()));
  if (!logs.empty()) {
    PLACET_ASSIGN(const LogSize size, size_of(logs.back()));
    status.newest = {logs.back().id, size, logs.back().made};
  }
  PLACET_ASSIGN(status.restored, read_restored(folder_));
  return status;
}

Result<void> write_restored(const BackupFolder& folder, const rpc::RestoreNote& note) {
  return store::replace_file(folder.restored(), std::to_string(note.id) + " " + std::to_string(note.size.value) + " " +
                                                    note.at.to_string() + "\n");
}

}  // namespace placet::app
