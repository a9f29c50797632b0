#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace placet::store {

/// What a log consists of on disk; log_format.h says what the rows hold.
enum class LogColumn : std::size_t { records, streams, heads, commands, tiles, checkpoints };
inline constexpr std::array<std::string_view, 6> kLogColumnNames{"records",  "streams", "heads",
                                                                 "commands", "tiles",   "checkpoints"};

/// A walk over one column in the order of its keys.
class RowWalk {
 public:
  struct Row {
    BytesView key;
    BytesView value;
  };
  virtual ~RowWalk() = default;
  /// The next row, valid until the next call; nothing at the end. After a failure there is no way on.
  virtual Result<std::optional<Row>> next() = 0;
};

/// The rows of a log as they lie there, for who checks them against one another and trusts none of them.
class LogTables {
 public:
  virtual ~LogTables() = default;
  virtual Result<std::unique_ptr<RowWalk>> walk(LogColumn column) const = 0;
};

}  // namespace placet::store
