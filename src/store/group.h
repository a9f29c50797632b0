#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/stream_id.h"

namespace placet::store {

/// By what a command is known: its id, then the account whose id it is. Ids begin with the time at which they were made
/// (UUIDv7), so that the rows of new commands come in order and stand together; an id of another kind costs more.
struct CommandKey {
  Uuid command;
  Uuid account;
  friend constexpr auto operator<=>(const CommandKey&, const CommandKey&) = default;
};

struct CommandKeyHash {
  std::size_t operator()(const CommandKey& key) const {
    return UuidHash{}(key.command) ^ (UuidHash{}(key.account) * 0x9e3779b97f4a7c15ULL);
  }
};

/// Where the events of one accepted command stand.
struct CommandRow {
  LogPosition first;
  std::uint32_t count = 0;
  friend constexpr auto operator<=>(const CommandRow&, const CommandRow&) = default;
};

/// A full tile of the tree: 256 hashes.
struct Tile {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  Bytes hashes;
};

/// Everything one commit writes: built by the engine in log order, written atomically by `EventLog::append`, then
/// cleared and used again, so that a warm group allocates nothing. Used by one thread at a time.
class Group {
 public:
  /// Records in the form in which they are stored (see log_format.h).
  struct Chunk {
    LogPosition first;
    BytesView framed;
  };
  /// What one stream gained in this group.
  struct StreamRow {
    StreamId stream;
    StreamVersion first;
    std::uint32_t count = 0;
    LogPosition last_position;
    Bytes positions;  // as stored
    StreamVersion last() const { return {first.value + count - 1}; }
  };
  struct Command {
    CommandKey key;
    CommandRow row;
  };

  explicit Group(LogSize start);

  /// Adds the record at position `end()`. Its version must follow the stream's newest one in this group; whether the
  /// first one follows the log is the engine's to know. 1 to 65,535 bytes.
  void add_record(const StreamId& stream, StreamVersion version, BytesView record);
  /// After the command's records: the row must lie inside this group.
  void add_command(const CommandKey& key, CommandRow row);
  void add_tile(Tile tile);
  /// Empties the group and keeps its memory.
  void clear(LogSize start);

  LogSize start() const { return start_; }
  LogSize end() const { return end_; }
  bool empty() const { return end_ == start_ && commands_.empty() && tiles_.empty(); }
  /// About what the commit writes, for the cap on a group.
  std::size_t bytes() const;

  std::size_t chunk_count() const { return chunks_.size(); }
  /// Valid until the group changes.
  Chunk chunk(std::size_t index) const;
  std::span<const StreamRow> stream_rows() const { return {rows_.data(), row_count_}; }
  std::span<const Command> commands() const { return commands_; }
  std::span<const Tile> tiles() const { return tiles_; }

 private:
  struct ChunkStart {
    LogPosition first;
    std::size_t offset;
  };

  StreamRow& row_of(const StreamId& stream, StreamVersion version);
  std::uint32_t& slot_of(const StreamId& stream);
  void grow_slots();

  LogSize start_;
  LogSize end_;
  Bytes framed_;  // all chunks, one after the other
  std::vector<ChunkStart> chunks_;
  std::vector<StreamRow> rows_;  // the first row_count_ are in use; the others keep their memory
  std::size_t row_count_ = 0;
  std::vector<std::uint32_t> slots_;  // open addressing, a power of two: 1 + index into rows_, 0 = free
  std::vector<Command> commands_;
  std::vector<Tile> tiles_;
};

}  // namespace placet::store
