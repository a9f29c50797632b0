#include "store/group.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "store/log_format.h"

namespace placet::store {
namespace {

constexpr std::size_t kSlotsAtFirst = 512;
constexpr std::size_t kIndexRowBytes = 48;  // key, value and the write batch's own framing, roughly

}  // namespace

Group::Group(LogSize start) : start_(start), end_(start), slots_(kSlotsAtFirst, 0) {}

void Group::add_record(const StreamId& stream, StreamVersion version, BytesView record) {
  const LogPosition position{end_.value};
  if (chunks_.empty() || framed_.size() - chunks_.back().offset >= kChunkBytes)
    chunks_.push_back({position, framed_.size()});
  append_framed(framed_, record);

  StreamRow& row = row_of(stream, version);
  PLACET_CHECK(version.value == row.first.value + row.count);
  append_varint(row.positions, position.value - row.last_position.value);
  row.last_position = position;
  ++row.count;
  ++end_.value;
}

void Group::add_command(const CommandKey& key, CommandRow row) {
  PLACET_CHECK(row.first.value >= start_.value && row.first.value + row.count <= end_.value);
  commands_.push_back({key, row});
}

void Group::add_tile(Tile tile) {
  PLACET_CHECK(tile.hashes.size() == kTileBytes);
  tiles_.push_back(std::move(tile));
}

void Group::clear(LogSize start) {
  start_ = end_ = start;
  framed_.clear();
  chunks_.clear();
  row_count_ = 0;
  std::ranges::fill(slots_, 0);
  commands_.clear();
  tiles_.clear();
}

std::size_t Group::bytes() const {
  return framed_.size() + tiles_.size() * kTileBytes + (2 * row_count_ + commands_.size()) * kIndexRowBytes;
}

Group::Chunk Group::chunk(std::size_t index) const {
  const ChunkStart& start = chunks_.at(index);
  const std::size_t stop = index + 1 < chunks_.size() ? chunks_[index + 1].offset : framed_.size();
  return {start.first, BytesView(framed_).substr(start.offset, stop - start.offset)};
}

/// The row of a stream, made when this is its first record in the group.
Group::StreamRow& Group::row_of(const StreamId& stream, StreamVersion version) {
  std::uint32_t& slot = slot_of(stream);
  if (slot != 0) return rows_[slot - 1];

  if (row_count_ == rows_.size()) rows_.emplace_back();
  StreamRow& row = rows_[row_count_];
  row.stream = stream;
  row.first = version;
  row.count = 0;
  row.last_position = {};  // the first distance is then the position itself
  row.positions.clear();
  slot = static_cast<std::uint32_t>(++row_count_);
  if (2 * row_count_ > slots_.size()) grow_slots();
  return row;
}

/// The slot that names the stream's row, or the free one where it would go.
std::uint32_t& Group::slot_of(const StreamId& stream) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = StreamIdHash{}(stream)&mask;; i = (i + 1) & mask)
    if (slots_[i] == 0 || rows_[slots_[i] - 1].stream == stream) return slots_[i];
}

void Group::grow_slots() {
  slots_.assign(2 * slots_.size(), 0);
  for (std::size_t i = 0; i < row_count_; ++i) slot_of(rows_[i].stream) = static_cast<std::uint32_t>(i + 1);
}

}  // namespace placet::store
