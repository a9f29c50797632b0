#pragma once

#include <filesystem>

#include "base/bytes.h"
#include "base/result.h"

namespace placet::access {

/// Makes the file (mode 0600) with these bytes, durable when it returns. Never overwrites: `invalid` when it is there.
Result<void> write_private_file(const std::filesystem::path& path, BytesView bytes);

/// The whole file. `denied` when group or others have any right to it, `not_found`, or `invalid` above `bytes_max`.
Result<Bytes> read_private_file(const std::filesystem::path& path, std::size_t bytes_max);

/// Makes the folder (mode 0700), durable when it returns; an existing one will do if nobody else has a right to it.
Result<void> make_private_folder(const std::filesystem::path& path);

/// `denied` when group or others have any right to the folder, `not_found` when it is not one.
Result<void> check_private_folder(const std::filesystem::path& path);

}  // namespace placet::access
