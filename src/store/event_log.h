#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "base/stream_id.h"
#include "store/backups.h"
#include "store/group.h"
#include "store/row_store.h"

namespace placet::store {

/// A signed note over the tree of the first `size` records.
struct Checkpoint {
  LogSize size;
  Bytes note;
};

/// Visitors return false to stop early. The bytes they are shown are valid during the call only.
using RecordVisitor = std::function<bool(LogPosition, BytesView)>;
using StreamVisitor = std::function<bool(StreamVersion, LogPosition, BytesView)>;
using CheckpointVisitor = std::function<bool(LogSize, BytesView)>;

/// Of the ids of all commands: the greatest below some id, and the smallest from there on. As long as there is none,
/// the smallest and the greatest that could be.
struct NearestIds {
  Uuid below;
  Uuid from{~0ULL, ~0ULL};
  friend constexpr bool operator==(const NearestIds&, const NearestIds&) = default;
};

/// The truth: an append-only sequence of records with the indexes that make it usable. Two implementations: rocks/ on
/// disk and memory/ for simulation; tests/contract holds both to this text.
///
/// One thread appends. Every other function may be called on any thread meanwhile. Whatever a read shows is durable.
/// Records and positions are shown below `size()` only; `heads` and `commands` may already know the group whose append
/// is about to return, never one whose sync is outstanding.
class EventLog : public BackedUp {
 public:
  /// How many records are durable.
  virtual LogSize size() const = 0;

  /// Writes the group and returns when all of it survives a power cut. `group.start()` must be `size()`.
  /// After an error it is unknown whether the group is there: the caller stops the process, and the next start looks.
  virtual Result<void> append(const Group& group) = 0;

  /// `not_found` at or above `size()`.
  virtual Result<Bytes> record(LogPosition position) const = 0;
  /// Every record from `from` on, in order, as far as `size()` at the call. Made for long scans: reads ahead and
  /// leaves the cache to others. A gap is `corrupt`.
  virtual Result<void> read(LogPosition from, const RecordVisitor& visit) const = 0;

  /// The newest version of each stream, in their order; nothing where it has no records. Cheap when absent, and cheaper
  /// for many at once.
  virtual Result<std::vector<std::optional<StreamVersion>>> heads(std::span<const StreamId> streams) const = 0;
  Result<std::optional<StreamVersion>> head(const StreamId& stream) const;
  /// False: the stream has no record at or above `since`, so that a state folded up to there still stands. True may be
  /// wrong. Cheap: never reads the disk.
  virtual bool may_have_grown(const StreamId& stream, LogSize since) const = 0;
  /// Where the records of a stream stand, from version `from` on, at most `max` of them.
  virtual Result<std::vector<LogPosition>> positions(const StreamId& stream, StreamVersion from,
                                                     std::size_t max) const = 0;
  /// The records of a stream in order, from version `from` on.
  virtual Result<void> read_stream(const StreamId& stream, StreamVersion from, const StreamVisitor& visit) const = 0;

  /// The answers to accepted commands, in the order of their keys; nothing where there is none under a key. Cheap when
  /// absent, and cheaper for many at once.
  virtual Result<std::vector<std::optional<CommandRow>>> commands(std::span<const CommandKey> keys) const = 0;
  Result<std::optional<CommandRow>> command(const CommandKey& key) const;
  /// The ids of commands, of whatever account, next to that one.
  virtual Result<NearestIds> nearest_command_ids(Uuid to) const = 0;
  /// The 256 hashes of a full tile.
  virtual Result<std::optional<Bytes>> tile(std::uint8_t level, std::uint64_t index) const = 0;

  /// Keeps a signed note; durable on return. A second one of the same size takes its place.
  virtual Result<void> put_checkpoint(LogSize size, BytesView note) = 0;
  virtual Result<std::optional<Checkpoint>> latest_checkpoint() const = 0;
  /// The smallest kept one over at least `size` records.
  virtual Result<std::optional<Checkpoint>> next_checkpoint(LogSize size) const = 0;
  /// The rows as they lie there, by the names of kLogColumnNames, as of now: for who checks them against one another.
  /// `unavailable` where there are no rows.
  virtual Result<std::unique_ptr<RowReader>> rows() const {
    return fail(ErrorCode::unavailable, "what is in memory alone has no rows");
  }
  /// Every kept checkpoint, smallest size first.
  virtual Result<void> read_checkpoints(const CheckpointVisitor& visit) const = 0;
};

inline Result<std::optional<StreamVersion>> EventLog::head(const StreamId& stream) const {
  PLACET_ASSIGN(const auto versions, heads({&stream, 1}));
  return versions.front();
}

inline Result<std::optional<CommandRow>> EventLog::command(const CommandKey& key) const {
  PLACET_ASSIGN(const auto rows, commands({&key, 1}));
  return rows.front();
}

}  // namespace placet::store
