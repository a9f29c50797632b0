#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "store/row_archive.h"

namespace placet::store {

/// Keeps rebuildable rows of open_row_store in `folder`, on the file system where these lie: a database each, named by
/// its size, whose tables are hard links. What else stands in the folder is of a process that was killed, and goes.
Result<std::unique_ptr<RowArchive>> open_row_archive(const std::filesystem::path& folder);

}  // namespace placet::store
