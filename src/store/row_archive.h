#pragma once

#include <memory>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "store/row_store.h"

namespace placet::store {

/// Rows of a store as they were, kept by the size of the log at which they stood. What is kept shares with the store
/// what has not changed since. Nothing here is ever needed: rows that are not kept any more can be made anew. Two
/// implementations, rocks/ and memory/; any thread may call any function.
class RowArchive {
 public:
  virtual ~RowArchive() = default;

  /// Smallest first.
  virtual std::vector<LogSize> sizes() const = 0;
  /// Keeps the rows of all tables as they are now; nobody may write to them meanwhile. All or nothing, however the
  /// process ends. Where rows of that size are kept already, these stay. `rows` is a store of the same implementation.
  virtual Result<void> keep(LogSize size, RowStore& rows) = 0;
  /// Does nothing when none are kept.
  virtual Result<void> drop(LogSize size) = 0;
  /// A store of one's own that has the rows kept at `size`, and at size 0 nothing. What is written to it goes when it
  /// is closed, and neither `drop` nor a later `keep` changes it. `not_found` when none are kept.
  virtual Result<std::shared_ptr<RowStore>> open(LogSize size) = 0;
  /// The same for somebody who only reads, which costs less. There is nothing to read at size 0.
  virtual Result<std::shared_ptr<RowStore>> open_to_read(LogSize size) = 0;
};

}  // namespace placet::store
