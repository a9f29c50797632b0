#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "store/event_log.h"

namespace placet::store {

/// An EventLog that stands in for the disk in simulations: it outlives the engine that a simulated crash throws away.
class MemoryEventLog final : public EventLog {
 public:
  /// What a failed append leaves behind. The caller of append cannot tell which.
  enum class Fault { lost, kept };

  LogSize size() const override;
  Result<void> append(const Group& group) override;
  Result<Bytes> record(LogPosition position) const override;
  Result<void> read(LogPosition from, const RecordVisitor& visit) const override;
  Result<std::vector<std::optional<StreamVersion>>> heads(std::span<const StreamId> streams) const override;
  bool may_have_grown(const StreamId& stream, LogSize since) const override;
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

  /// From now on `append` waits, as for a slow disk.
  void hold_appends();
  void release_appends();
  /// Returns when an append waits.
  void wait_for_held_append();

  /// The next append fails, and so does every one after it until `restart`.
  void fail_next_append(Fault fault);
  /// What the start of a new process does for a log on disk: appends work again.
  void restart();

  /// What a crash leaves that came before the sync of a group: nothing beyond `size`, where a group ended. Nobody may
  /// be using the log.
  void lose_beyond(LogSize size);

 private:
  enum class Health { good, about_to_fail, failed };

  void apply(const Group& group);

  mutable std::mutex mutex_;  // guards everything below; never held while a visitor runs
  std::deque<Bytes> records_;
  std::map<StreamId, std::vector<LogPosition>> streams_;
  std::map<CommandKey, CommandRow> commands_;
  std::map<std::pair<std::uint8_t, std::uint64_t>, Bytes> tiles_;
  std::map<LogSize, Bytes> checkpoints_;
  std::set<LogSize> group_ends_{LogSize{0}};
  std::condition_variable hold_changed_;
  bool held_ = false;
  bool append_waits_ = false;
  Health health_ = Health::good;
  Fault fault_ = Fault::lost;
};

}  // namespace placet::store
