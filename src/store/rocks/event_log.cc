#include "store/rocks/event_log.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "base/log.h"
#include "store/growth_marks.h"
#include "store/log_format.h"
#include "store/rocks/chunk_reader.h"
#include "store/rocks/database.h"
#include "store/rocks/options.h"
#include "store/rocks/row_reader.h"

namespace placet::store {
namespace {

/// The items in the order of their keys: a memtable takes neighbours faster than strangers. Keeps the memory of
/// `sorted`.
template <class Item, class Key>
const std::vector<const Item*>& sort_into(std::vector<const Item*>& sorted, std::span<const Item> items,
                                          Key Item::* key) {
  sorted.clear();
  for (const Item& item : items) sorted.push_back(&item);
  std::ranges::sort(sorted, {}, [key](const Item* item) -> const Key& { return item->*key; });
  return sorted;
}

class RocksEventLog final : public EventLog {
 public:
  RocksEventLog(OpenDatabase open, LogSize size)
      : db_(std::move(open.db)), columns_(std::move(open.columns)), growth_(size), size_(size.value) {}

  LogSize size() const override { return {size_.load(std::memory_order_acquire)}; }
  Result<void> append(const Group& group) override;
  Result<Bytes> record(LogPosition position) const override;
  Result<void> read(LogPosition from, const RecordVisitor& visit) const override;
  Result<std::vector<std::optional<StreamVersion>>> heads(std::span<const StreamId> streams) const override;
  bool may_have_grown(const StreamId& stream, LogSize since) const override {
    return growth_.may_have_grown(stream, since);
  }
  Result<std::vector<LogPosition>> positions(const StreamId& stream, StreamVersion from,
                                             std::size_t max) const override;
  Result<void> read_stream(const StreamId& stream, StreamVersion from, const StreamVisitor& visit) const override;
  Result<std::vector<std::optional<CommandRow>>> commands(std::span<const CommandKey> keys) const override;
  Result<NearestIds> nearest_command_ids(Uuid to) const override;
  Result<std::optional<Bytes>> tile(std::uint8_t level, std::uint64_t index) const override;
  Result<void> put_checkpoint(LogSize size, BytesView note) override;
  Result<std::optional<Checkpoint>> latest_checkpoint() const override;
  Result<std::optional<Checkpoint>> next_checkpoint(LogSize size) const override;
  Result<void> read_checkpoints(const CheckpointVisitor& visit) const override;
  Result<std::unique_ptr<RowReader>> rows() const override;
  Result<std::uint32_t> back_up(const std::filesystem::path& folder, std::string_view label,
                                const std::stop_token& stop) const override {
    return add_backup(*db_, folder, label, stop);
  }

 private:
  rocksdb::ColumnFamilyHandle* column(LogColumn name) const { return columns_[static_cast<std::size_t>(name)].get(); }
  std::unique_ptr<rocksdb::Iterator> iterate(LogColumn name, const rocksdb::ReadOptions& options) const {
    return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options, column(name)));
  }
  void fill_batch(const Group& group);
  template <class Key, class RowKey, class Row>
  Result<std::vector<std::optional<Row>>> get_rows(LogColumn name, std::span<const Key> keys,
                                                   RowKey (*row_key)(const Key&),
                                                   Result<Row> (*parse)(BytesView)) const;
  template <class Visit>
  Result<void> each_position(const StreamId& stream, StreamVersion from, Visit visit) const;

  std::shared_ptr<rocksdb::DB> db_;
  std::vector<ColumnHandle> columns_;
  // The appending thread's; kept for their memory.
  rocksdb::WriteBatch batch_;
  std::vector<const Group::StreamRow*> rows_;
  std::vector<const Group::Command*> commands_;
  GrowthMarks growth_;
  std::atomic<std::uint64_t> size_;
};

Result<void> RocksEventLog::append(const Group& group) {
  PLACET_CHECK(group.start() == size());
  if (group.empty()) return {};
  fill_batch(group);
  PLACET_TRY(result_of(write_batch(*db_, synced_write_options(), batch_), "append to the log"));
  for (const Group::StreamRow& row : group.stream_rows()) growth_.grown(row.stream, group.end());
  // After the sync, never before: whoever sees the new size may act on it.
  size_.store(group.end().value, std::memory_order_release);
  return {};
}

void RocksEventLog::fill_batch(const Group& group) {
  batch_.Clear();
  const auto put = [&](LogColumn name, BytesView key, BytesView value) {
    const rocksdb::Status status = batch_.Put(column(name), slice_of(key), slice_of(value));
    PLACET_CHECK(status.ok(), status.ToString());
  };
  for (std::size_t i = 0; i < group.chunk_count(); ++i) {
    const Group::Chunk chunk = group.chunk(i);
    put(LogColumn::records, view_of(position_key(chunk.first.value)), chunk.framed);
  }
  for (const Group::StreamRow* row : sort_into(rows_, group.stream_rows(), &Group::StreamRow::stream)) {
    put(LogColumn::streams, view_of(stream_row_key(row->stream, row->first)), row->positions);
    put(LogColumn::heads, view_of(stream_key(row->stream)), view_of(version_value(row->last())));
  }
  Bytes value;
  for (const Group::Command* command : sort_into(commands_, group.commands(), &Group::Command::key)) {
    value.clear();
    append_varint(value, command->row.first.value);
    append_varint(value, command->row.count);
    put(LogColumn::commands, view_of(command_row_key(command->key)), value);
  }
  for (const Tile& tile : group.tiles()) put(LogColumn::tiles, view_of(tile_key(tile.level, tile.index)), tile.hashes);
}

Result<Bytes> RocksEventLog::record(LogPosition position) const {
  if (position.value >= size().value)
    return fail(ErrorCode::not_found, fmt::format("no record at position {}", position.value));
  ChunkReader reader(iterate(LogColumn::records, {}));
  PLACET_ASSIGN(const BytesView bytes, reader.at(position));
  return Bytes(bytes);
}

Result<void> RocksEventLog::read(LogPosition from, const RecordVisitor& visit) const {
  const LogSize end = size();
  if (from.value >= end.value) return {};
  ChunkReader reader(iterate(LogColumn::records, scan_read_options()));
  PLACET_ASSIGN(BytesView bytes, reader.at(from));
  for (LogPosition position = from; visit(position, bytes);) {
    if (++position.value == end.value) break;
    PLACET_ASSIGN(bytes, reader.next());
  }
  return {};
}

/// The rows under these keys, in their order; nothing where there is none.
template <class Key, class RowKey, class Row>
Result<std::vector<std::optional<Row>>> RocksEventLog::get_rows(LogColumn name, std::span<const Key> keys,
                                                                RowKey (*row_key)(const Key&),
                                                                Result<Row> (*parse)(BytesView)) const {
  constexpr std::size_t kAtOnce = 32;  // what RocksDB takes through its filters together
  std::array<RowKey, kAtOnce> stored;
  std::array<rocksdb::Slice, kAtOnce> slices;
  std::array<rocksdb::PinnableSlice, kAtOnce> values;
  std::array<rocksdb::Status, kAtOnce> statuses;
  std::vector<std::optional<Row>> rows;
  rows.reserve(keys.size());
  for (; !keys.empty(); keys = keys.subspan(std::min(kAtOnce, keys.size()))) {
    const std::size_t count = std::min(kAtOnce, keys.size());
    for (std::size_t i = 0; i < count; ++i) {
      stored[i] = row_key(keys[i]);
      slices[i] = slice_of(view_of(stored[i]));
      values[i].Reset();
    }
    db_->MultiGet({}, column(name), count, slices.data(), values.data(), statuses.data());
    for (std::size_t i = 0; i < count; ++i) {
      rows.emplace_back();
      if (statuses[i].IsNotFound()) continue;
      if (!statuses[i].ok())
        PLACET_TRY(result_of(statuses[i], fmt::format("read {}", kLogColumnNames[static_cast<std::size_t>(name)])));
      PLACET_ASSIGN(rows.back(), parse(view_of(values[i])));
    }
  }
  return rows;
}

Result<StreamVersion> version_of(BytesView value) {
  if (value.size() != sizeof(VersionValue)) return fail(ErrorCode::corrupt, "a row of heads is not a version");
  return StreamVersion{trailing_u32(value)};
}

Result<std::vector<std::optional<StreamVersion>>> RocksEventLog::heads(std::span<const StreamId> streams) const {
  return get_rows(LogColumn::heads, streams, stream_key, version_of);
}

/// Calls `visit(StreamVersion, LogPosition) -> Result<bool>` for a stream's records from `from` on, below size().
template <class Visit>
Result<void> RocksEventLog::each_position(const StreamId& stream, StreamVersion from, Visit visit) const {
  const LogSize end = size();
  const StreamRowKey first = stream_row_key(stream, {0});
  const StreamRowKey start = stream_row_key(stream, from);
  const StreamRowKey last = stream_row_key(stream, {std::numeric_limits<std::uint32_t>::max()});
  const rocksdb::Slice lower = slice_of(view_of(first));
  const rocksdb::Slice upper = slice_of(view_of(last));
  rocksdb::ReadOptions options;
  options.iterate_lower_bound = &lower;
  options.iterate_upper_bound = &upper;
  const auto rows = iterate(LogColumn::streams, options);
  // A stream that exists has a row for version 0, so that there is always one at or before `from`.
  for (rows->SeekForPrev(slice_of(view_of(start))); rows->Valid(); rows->Next()) {
    StreamVersion version{trailing_u32(view_of(rows->key()))};
    LogPosition position;
    for (BytesView rest = view_of(rows->value()); !rest.empty(); ++version.value) {
      const auto distance = take_varint(rest);
      if (!distance) return fail(ErrorCode::corrupt, "a row of streams has half a position");
      position.value += *distance;
      if (position.value >= end.value) return {};
      if (version < from) continue;
      PLACET_ASSIGN(const bool more, visit(version, position));
      if (!more) return {};
    }
  }
  return result_of(rows->status(), "read streams");
}

Result<std::vector<LogPosition>> RocksEventLog::positions(const StreamId& stream, StreamVersion from,
                                                          std::size_t max) const {
  std::vector<LogPosition> found;
  if (max == 0) return found;
  PLACET_TRY(each_position(stream, from, [&](StreamVersion, LogPosition position) -> Result<bool> {
    found.push_back(position);
    return found.size() < max;
  }));
  return found;
}

Result<void> RocksEventLog::read_stream(const StreamId& stream, StreamVersion from, const StreamVisitor& visit) const {
  ChunkReader reader(iterate(LogColumn::records, {}));
  return each_position(stream, from, [&](StreamVersion version, LogPosition position) -> Result<bool> {
    PLACET_ASSIGN(const BytesView bytes, reader.at(position));
    return visit(version, position, bytes);
  });
}

Result<CommandRow> command_row(BytesView value) {
  const auto first = take_varint(value);
  const auto count = first ? take_varint(value) : std::nullopt;
  if (!count || !value.empty()) return fail(ErrorCode::corrupt, "a row of commands is not a position and a count");
  return CommandRow{{*first}, static_cast<std::uint32_t>(*count)};
}

Result<std::vector<std::optional<CommandRow>>> RocksEventLog::commands(std::span<const CommandKey> keys) const {
  return get_rows(LogColumn::commands, keys, command_row_key, command_row);
}

Result<NearestIds> RocksEventLog::nearest_command_ids(Uuid to) const {
  constexpr std::size_t kIdBytes = 16;
  const CommandRowKey first = command_row_key({to, {}});
  const auto rows = iterate(LogColumn::commands, {});
  const auto id = [&] { return Uuid::from_bytes(view_of(rows->key()).substr(0, kIdBytes)); };
  NearestIds nearest;
  rows->Seek(slice_of(view_of(first)));
  PLACET_TRY(result_of(rows->status(), "read commands"));
  if (rows->Valid()) {
    nearest.from = id();
    rows->Prev();
  } else {
    rows->SeekToLast();
  }
  PLACET_TRY(result_of(rows->status(), "read commands"));
  if (rows->Valid()) nearest.below = id();
  return nearest;
}

Result<std::optional<Bytes>> RocksEventLog::tile(std::uint8_t level, std::uint64_t index) const {
  const TileKey key = tile_key(level, index);
  Bytes hashes;
  const rocksdb::Status status = db_->Get({}, column(LogColumn::tiles), slice_of(view_of(key)), &hashes);
  if (status.IsNotFound()) return std::nullopt;
  PLACET_TRY(result_of(status, "read tiles"));
  return hashes;
}

Result<void> RocksEventLog::put_checkpoint(LogSize size, BytesView note) {
  const PositionKey key = position_key(size.value);
  rocksdb::WriteBatch row;
  PLACET_TRY(result_of(row.Put(column(LogColumn::checkpoints), slice_of(view_of(key)), slice_of(note)),
                       "collect a checkpoint"));
  return result_of(write_batch(*db_, synced_write_options(), row), "keep a checkpoint");
}

/// The one at which `rows` stands.
Result<std::optional<Checkpoint>> checkpoint_at(const rocksdb::Iterator& rows) {
  PLACET_TRY(result_of(rows.status(), "read checkpoints"));
  if (!rows.Valid()) return std::nullopt;
  return Checkpoint{{trailing_u64(view_of(rows.key()))}, rows.value().ToString()};
}

Result<std::optional<Checkpoint>> RocksEventLog::latest_checkpoint() const {
  const auto rows = iterate(LogColumn::checkpoints, {});
  rows->SeekToLast();
  return checkpoint_at(*rows);
}

Result<std::optional<Checkpoint>> RocksEventLog::next_checkpoint(LogSize size) const {
  const PositionKey key = position_key(size.value);
  const auto rows = iterate(LogColumn::checkpoints, {});
  rows->Seek(slice_of(view_of(key)));
  return checkpoint_at(*rows);
}

Result<void> RocksEventLog::read_checkpoints(const CheckpointVisitor& visit) const {
  const auto rows = iterate(LogColumn::checkpoints, scan_read_options());
  for (rows->SeekToFirst(); rows->Valid(); rows->Next())
    if (!visit({trailing_u64(view_of(rows->key()))}, view_of(rows->value()))) break;
  return result_of(rows->status(), "read checkpoints");
}

Result<std::unique_ptr<RowReader>> RocksEventLog::rows() const {
  auto tables = std::make_shared<TableSet>();
  for (std::size_t i = 0; i < kLogColumnNames.size(); ++i) tables->add(std::string(kLogColumnNames[i]), columns_[i]);
  return std::make_unique<RocksRowReader>(db_, std::move(tables), snapshot_of(db_));
}

/// The position after the last record of the last chunk.
Result<LogSize> stored_size(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* records) {
  const std::unique_ptr<rocksdb::Iterator> chunks(db.NewIterator({}, records));
  chunks->SeekToLast();
  PLACET_TRY(result_of(chunks->status(), "find the end of the log"));
  if (!chunks->Valid()) return LogSize{};
  const auto count = count_framed(view_of(chunks->value()));
  if (!count || chunks->key().size() != sizeof(PositionKey))
    return fail(ErrorCode::corrupt, "the last chunk of the log is damaged");
  return LogSize{trailing_u64(view_of(chunks->key())) + *count};
}

Result<std::unique_ptr<EventLog>> open(const std::filesystem::path& folder, OpenMode mode, rocksdb::Env* env,
                                       DamagedWal damaged) {
  PLACET_ASSIGN(auto open, open_log_database(folder, mode, env, damaged));
  PLACET_ASSIGN(const LogSize size,
                stored_size(*open.db, open.columns[static_cast<std::size_t>(LogColumn::records)].get()));
  return std::make_unique<RocksEventLog>(std::move(open), size);
}

}  // namespace

Result<std::unique_ptr<EventLog>> open_event_log(const std::filesystem::path& folder, OpenMode mode,
                                                 rocksdb::Env* env) {
  return open(folder, mode, env, DamagedWal::refuse);
}

Result<std::unique_ptr<EventLog>> recover_event_log(const std::filesystem::path& folder, OpenMode mode,
                                                    const LogCheck& check, rocksdb::Env* env) {
  auto whole = open(folder, mode, env, DamagedWal::refuse);
  if (whole || whole.error().code != ErrorCode::corrupt) return whole;
  {
    const auto before_damage = open(folder, OpenMode::read_only, env, DamagedWal::stop_before);
    if (!before_damage || !check(**before_damage)) return whole;
  }
  log::warning("{}; all that was answered stands before that: it was a write that a failure of power cut off",
               whole.error().message);
  return open(folder, mode, env, DamagedWal::stop_before);
}

}  // namespace placet::store
