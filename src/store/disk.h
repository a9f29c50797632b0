#pragma once

#include <cstdint>
#include <filesystem>

#include "base/bytes.h"
#include "base/result.h"

namespace placet::store {

/// How many bytes this process may still write to the file system that holds `path`.
Result<std::uint64_t> free_bytes(const std::filesystem::path& path);

/// Makes the names in a directory durable. A new file whose directory is not synced can vanish in a power cut, synced
/// content and all.
Result<void> sync_directory(const std::filesystem::path& directory);

/// Makes a folder, and its name durable; does nothing when it is there.
Result<void> make_directory(const std::filesystem::path& directory);

/// Writes all of it to an open file, durable on return. `path` is for what it says of a failure.
Result<void> write_synced(int fd, BytesView bytes, const std::filesystem::path& path);

/// Puts a file with these bytes in the place of the one that is there, if any; durable on return. Whoever reads it sees
/// one or the other.
Result<void> replace_file(const std::filesystem::path& path, BytesView bytes);

}  // namespace placet::store
