#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace placet::store {

/// A copy of a database in a folder of such copies. Files that did not change since the one before are shared with it.
struct Backup {
  std::uint32_t id = 0;  // from 1 on, in the order in which they were made
  Timestamp made;
  std::uint64_t bytes = 0;  // of all its files, also those that it shares
  std::string label;        // what its maker said about it
};

/// What can be copied while it is used.
class BackedUp {
 public:
  virtual ~BackedUp() = default;
  /// Adds a copy as of now to those in `folder`, which is made if need be, and reads it back; answers its id.
  /// Everything that was durable before the call is in it. `unavailable` when `stop` asks to end, or for what has no
  /// files.
  virtual Result<std::uint32_t> back_up(const std::filesystem::path& /*folder*/, std::string_view /*label*/,
                                        const std::stop_token& /*stop*/) const {
    return fail(ErrorCode::unavailable, "what is in memory alone has no back-ups");
  }
};

}  // namespace placet::store
