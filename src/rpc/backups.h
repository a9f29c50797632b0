#pragma once

#include <kj/async.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace placet::rpc {

struct BackupMade {
  std::uint32_t id = 0;        // of the log
  std::uint32_t state_id = 0;  // of state/
  LogSize size;                // how much the checkpoint covers; what was written meanwhile is in it too
  std::string checkpoint;      // the signed note
  std::filesystem::path folder;
};

/// A back-up was restored, and all of it was right.
struct RestoreNote {
  std::uint32_t id = 0;
  LogSize size;
  Timestamp at;
};

struct BackupStatus {
  struct Newest {
    std::uint32_t id = 0;
    LogSize size;
    Timestamp made;
  };
  std::optional<Newest> newest;
  std::optional<RestoreNote> restored;
};

/// Copies of the ledger that is served; made by app.
class Backups {
 public:
  virtual ~Backups() = default;
  /// Takes as long as it takes; one call at a time.
  virtual Result<BackupMade> make(const std::stop_token& stop) = 0;
  virtual Result<BackupStatus> status() const = 0;
};

/// Has them made for the RPC thread, which must not wait: on a thread of its own, as long as there is something to do.
class BackupThread {
 public:
  explicit BackupThread(Backups& backups) : backups_(backups) {}

  /// On the RPC thread. `unavailable` while one is being made.
  kj::Promise<Result<BackupMade>> make();
  Result<BackupStatus> status() const { return backups_.status(); }

 private:
  Backups& backups_;
  std::atomic<bool> busy_ = false;
  kj::Own<kj::CrossThreadPromiseFulfiller<Result<BackupMade>>> made_;  // of the thread while it is busy
  std::jthread thread_;
};

}  // namespace placet::rpc
