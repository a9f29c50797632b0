#pragma once

#include <rocksdb/iterator.h>

#include <memory>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"

namespace placet::store {

/// Finds records by position through an iterator over the `records` column. Positions that rise within one chunk cost
/// one seek. Included by rocks/*.cc only.
class ChunkReader {
 public:
  explicit ChunkReader(std::unique_ptr<rocksdb::Iterator> chunks) : chunks_(std::move(chunks)) {}

  /// The record, which must exist: `corrupt` if it does not. Valid until the next call.
  Result<BytesView> at(LogPosition position);
  /// The record after the one that `at` or `next` returned last, which must exist too.
  Result<BytesView> next();

 private:
  Result<void> enter_chunk(LogPosition wanted);

  std::unique_ptr<rocksdb::Iterator> chunks_;
  BytesView rest_;        // what follows in the current chunk
  LogPosition position_;  // of the first record in rest_
};

}  // namespace placet::store
