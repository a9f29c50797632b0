#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "store/log_tables.h"
#include "store/rocks/open.h"

namespace placet::store {

/// The tables of the log in `folder`, for reading; nothing in the folder changes. `unavailable` while another process
/// has it open for writing.
Result<std::unique_ptr<LogTables>> open_log_tables(const std::filesystem::path& folder,
                                                   rocksdb::Env* env = this_machine());

}  // namespace placet::store
