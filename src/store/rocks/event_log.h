#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.h"
#include "store/event_log.h"
#include "store/rocks/open.h"

namespace placet::store {

/// The event log in a RocksDB database in `folder`. One process at a time opens it for writing.
Result<std::unique_ptr<EventLog>> open_event_log(const std::filesystem::path& folder, OpenMode mode,
                                                 rocksdb::Env* env = this_machine());

/// Whether a log still holds all that is known to have been answered.
using LogCheck = std::function<Result<void>(const EventLog& log)>;

/// The same for a writer's next life. A failure of power can leave a hole in what was written to the write-ahead log
/// and not synced, which RocksDB takes for damage. If the records before the damage pass the check, the log goes on
/// behind them. If they do not, nothing is touched: `corrupt`.
Result<std::unique_ptr<EventLog>> recover_event_log(const std::filesystem::path& folder, OpenMode mode,
                                                    const LogCheck& check, rocksdb::Env* env = this_machine());

}  // namespace placet::store
