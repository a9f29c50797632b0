#pragma once

// Where the back-ups of a ledger lie:
//
//   log/             store::Backup of the log, with the size of its checkpoint as label; the newest 30 are kept
//   state/           store::Backup of state/, taken after the log, so that it has every key that the log needs. Kept
//                    for 30 days, the newest for ever: a key that was destroyed must not come back from here
//   ID.checkpoint    the checkpoint of log back-up ID, to be kept on another machine
//   restored         the last restore that held: which back-up, how many records, when
//
// views/ is not in it, because it is made anew; head neither, because a restore writes the one that fits; keys never.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "access/notary.h"
#include "base/clock.h"
#include "base/result.h"
#include "rpc/backups.h"
#include "store/event_log.h"
#include "store/row_store.h"

namespace placet::app {

struct BackupFolder {
  std::filesystem::path root;

  std::filesystem::path log() const { return root / "log"; }
  std::filesystem::path state() const { return root / "state"; }
  std::filesystem::path checkpoint(std::uint32_t id) const { return root / (std::to_string(id) + ".checkpoint"); }
  std::filesystem::path restored() const { return root / "restored"; }
};

/// Of a log back-up, by its label.
Result<LogSize> size_of(const store::Backup& backup);

/// Copies a ledger while it is used.
class BackupMaker final : public rpc::Backups {
 public:
  BackupMaker(const store::EventLog& log, const store::RowStore& state, access::Notary& notary, Clock& machine_clock,
              BackupFolder folder)
      : log_(log), state_(state), notary_(notary), clock_(machine_clock), folder_(std::move(folder)) {}

  Result<rpc::BackupMade> make(const std::stop_token& stop) override;
  Result<rpc::BackupStatus> status() const override;

 private:
  Result<void> remove_old() const;

  const store::EventLog& log_;
  const store::RowStore& state_;
  access::Notary& notary_;
  Clock& clock_;
  const BackupFolder folder_;
};

/// Notes in the folder that this back-up was restored and held.
Result<void> write_restored(const BackupFolder& folder, const rpc::RestoreNote& note);

}  // namespace placet::app
