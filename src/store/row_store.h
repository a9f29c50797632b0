#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "store/backups.h"
#include "store/row_batch.h"

namespace placet::store {

/// Keys from `from` up to but without `to`; no `to` means up to the end. Keys are ordered byte by byte.
struct KeyRange {
  Bytes from;
  std::optional<Bytes> to;
};

/// All keys that begin with `prefix`.
KeyRange keys_with_prefix(BytesView prefix);

/// Returns false to stop. Key and row are valid during the call only.
using RowVisitor = std::function<bool(BytesView key, BytesView row)>;

/// Rows as of one moment. `not_found` is an unknown table; an absent row is an empty optional.
class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual Result<std::optional<Bytes>> get(std::string_view table, BytesView key) const = 0;
  /// In the order of keys, as of the moment of the call.
  virtual Result<void> scan(std::string_view table, const KeyRange& range, const RowVisitor& visit) const = 0;
};

enum class Durability {
  buffered,  // survives a crash of the process at best; lost rows are always the newest writes
  synced,    // this and everything written before it survive a power cut
};

/// Tables of rows: `views/` (projections and their cursor) and `state/` (what cannot be rebuilt). Itself it reads as of
/// now. Any thread may call any function.
class RowStore : public RowReader, public BackedUp {
 public:
  /// All or nothing, in one step for every reader. `not_found` for an unknown table.
  virtual Result<void> write(const RowBatch& batch, Durability durability) = 0;
  /// Makes everything written so far survive a power cut.
  virtual Result<void> flush() = 0;
  /// Rows as of now, unmoved by later writes. To be released before the store is closed. A table that is dropped
  /// meanwhile is gone from it too.
  virtual std::unique_ptr<RowReader> snapshot() const = 0;

  virtual std::vector<std::string> tables() const = 0;
  /// Does nothing when the table is there.
  virtual Result<void> create_table(std::string_view name) = 0;
  /// Drops the rows at once, however many they are; does nothing when there is no such table. Everything written
  /// before is made durable first, so that a cursor set back by the caller cannot come back without its rows.
  virtual Result<void> drop_table(std::string_view name) = 0;
};

}  // namespace placet::store
