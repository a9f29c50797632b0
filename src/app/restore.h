#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/backup.h"
#include "app/folder.h"

namespace placet::app {

struct RestoreRequest {
  BackupFolder from;
  std::uint32_t id = 0;  // of the log
  Folder to;             // a data folder that does not exist yet, and the key folder of that ledger
  bool drill = false;    // only to see whether it can be done: nothing is left of it but a note beside the back-ups
  std::function<void(LogSize)> progress;  // called now and then; may be empty
};

struct Restored {
  std::string origin;
  LogSize size;
  LogSize signed_size;         // the largest checkpoint that it holds
  std::uint32_t state_id = 0;  // the newest there was: keys that were destroyed since the log's copy stay destroyed
};

/// Makes a ledger of a back-up of its log and the newest one of its state, and checks it: every record and hash, tiles,
/// indexes and checkpoints (audit::check_chain), and that state/ has a key for every box in the log. All or nothing:
/// the folder appears when it is right. `corrupt` when something is wrong; also, unless it is a drill, when checkpoints
/// were signed beyond it: going on from there would be a fork (README, 'When it does not start').
Result<Restored> restore(const RestoreRequest& request);

}  // namespace placet::app
