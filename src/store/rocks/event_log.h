#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "store/event_log.h"
#include "store/rocks/open.h"

namespace placet::store {

/// The event log in a RocksDB database in `folder`. One process at a time opens it for writing.
Result<std::unique_ptr<EventLog>> open_event_log(const std::filesystem::path& folder, OpenMode mode,
                                                 rocksdb::Env* env = this_machine());

}  // namespace placet::store
