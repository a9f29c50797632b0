#include "store/rocks/chunk_reader.h"

#include <fmt/format.h>

#include "store/log_format.h"
#include "store/rocks/database.h"

namespace placet::store {

Result<BytesView> ChunkReader::at(LogPosition position) {
  const auto skip = [&] {
    while (position_ < position && take_framed(rest_)) ++position_.value;
  };
  skip();
  if (rest_.empty() || position_ != position) {
    const PositionKey key = position_key(position.value);
    chunks_->SeekForPrev(slice_of(view_of(key)));
    PLACET_TRY(enter_chunk(position));
    skip();
  }
  return position_ == position ? next() : fail(ErrorCode::corrupt, fmt::format("record {} is missing", position.value));
}

Result<BytesView> ChunkReader::next() {
  if (rest_.empty()) {
    const LogPosition expected = position_;
    chunks_->Next();
    PLACET_TRY(enter_chunk(expected));
    if (position_ != expected) return fail(ErrorCode::corrupt, fmt::format("record {} is missing", expected.value));
  }
  const auto record = take_framed(rest_);
  if (!record) return fail(ErrorCode::corrupt, fmt::format("the chunk with record {} is damaged", position_.value));
  ++position_.value;
  return *record;
}

/// Starts at the first record of the chunk under the iterator.
Result<void> ChunkReader::enter_chunk(LogPosition wanted) {
  rest_ = {};
  if (!chunks_->Valid()) {
    PLACET_TRY(result_of(chunks_->status(), fmt::format("read record {}", wanted.value)));
    return fail(ErrorCode::corrupt, fmt::format("record {} is missing", wanted.value));
  }
  if (chunks_->key().size() != sizeof(PositionKey))
    return fail(ErrorCode::corrupt, "a key of records is not a position");
  position_.value = trailing_u64(view_of(chunks_->key()));
  rest_ = view_of(chunks_->value());
  return {};
}

}  // namespace placet::store
