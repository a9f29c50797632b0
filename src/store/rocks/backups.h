#pragma once

#include <span>

#include "store/backups.h"

namespace placet::store {

/// The copies in a folder, oldest first; none where there is no folder. `corrupt` when one of them cannot be read.
Result<std::vector<Backup>> backups_in(const std::filesystem::path& folder);

/// Writes one copy to `to`, which must not exist yet, after a look at each of its bytes. `not_found` for another id,
/// `corrupt` when it is not what was written.
Result<void> restore_backup(const std::filesystem::path& folder, std::uint32_t id, const std::filesystem::path& to);

/// Takes out copies, with the files that no other one shares.
Result<void> remove_backups(const std::filesystem::path& folder, std::span<const std::uint32_t> ids);

}  // namespace placet::store
