#include "store/memory/event_log.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "store/log_format.h"

namespace placet::store {

LogSize MemoryEventLog::size() const {
  const std::lock_guard lock(mutex_);
  return {records_.size()};
}

Result<void> MemoryEventLog::append(const Group& group) {
  std::unique_lock lock(mutex_);
  append_waits_ = held_;
  hold_changed_.notify_all();
  hold_changed_.wait(lock, [&] { return !held_; });
  append_waits_ = false;
  PLACET_CHECK(group.start().value == records_.size());
  if (health_ == Health::failed) return fail(ErrorCode::io, "the log has failed before: restart it");
  if (health_ == Health::about_to_fail) {
    health_ = Health::failed;
    if (fault_ == Fault::kept) apply(group);
    return fail(ErrorCode::io, "injected fault");
  }
  apply(group);
  return {};
}

void MemoryEventLog::apply(const Group& group) {
  for (std::size_t i = 0; i < group.chunk_count(); ++i) {
    for (BytesView rest = group.chunk(i).framed; !rest.empty();) {
      const auto record = take_framed(rest);
      PLACET_CHECK(record.has_value());
      records_.emplace_back(*record);
    }
  }
  for (const Group::StreamRow& row : group.stream_rows()) {
    std::vector<LogPosition>& positions = streams_[row.stream];
    PLACET_CHECK(row.first.value == positions.size());
    LogPosition position;
    for (BytesView rest = row.positions; !rest.empty(); positions.push_back(position))
      position.value += take_varint(rest).value();
  }
  for (const Group::Command& command : group.commands()) commands_.insert_or_assign(command.key, command.row);
  for (const Tile& tile : group.tiles()) tiles_.insert_or_assign({tile.level, tile.index}, tile.hashes);
  group_ends_.insert(group.end());
}

Result<Bytes> MemoryEventLog::record(LogPosition position) const {
  const std::lock_guard lock(mutex_);
  if (position.value >= records_.size())
    return fail(ErrorCode::not_found, fmt::format("no record at position {}", position.value));
  return records_[position.value];
}

Result<void> MemoryEventLog::read(LogPosition from, const RecordVisitor& visit) const {
  const LogSize end = size();
  for (LogPosition position = from; position.value < end.value; ++position.value) {
    PLACET_ASSIGN(const Bytes bytes, record(position));
    if (!visit(position, bytes)) break;
  }
  return {};
}

Result<std::vector<std::optional<StreamVersion>>> MemoryEventLog::heads(std::span<const StreamId> streams) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::optional<StreamVersion>> versions;
  for (const StreamId& stream : streams) {
    versions.emplace_back();
    const auto found = streams_.find(stream);
    if (found != streams_.end()) versions.back() = {static_cast<std::uint32_t>(found->second.size() - 1)};
  }
  return versions;
}

bool MemoryEventLog::may_have_grown(const StreamId& stream, LogSize since) const {
  const std::lock_guard lock(mutex_);
  const auto found = streams_.find(stream);
  return found != streams_.end() && found->second.back().value >= since.value;
}

Result<std::vector<LogPosition>> MemoryEventLog::positions(const StreamId& stream, StreamVersion from,
                                                           std::size_t max) const {
  const std::lock_guard lock(mutex_);
  const auto found = streams_.find(stream);
  if (found == streams_.end() || from.value >= found->second.size()) return std::vector<LogPosition>{};
  const auto first = found->second.begin() + from.value;
  const auto count = std::min<std::size_t>(max, static_cast<std::size_t>(found->second.end() - first));
  return std::vector<LogPosition>(first, first + static_cast<std::ptrdiff_t>(count));
}

Result<void> MemoryEventLog::read_stream(const StreamId& stream, StreamVersion from, const StreamVisitor& visit) const {
  PLACET_ASSIGN(const auto all, positions(stream, from, SIZE_MAX));
  StreamVersion version = from;
  for (const LogPosition position : all) {
    PLACET_ASSIGN(const Bytes bytes, record(position));
    if (!visit(version, position, bytes)) break;
    ++version.value;
  }
  return {};
}

Result<std::vector<std::optional<CommandRow>>> MemoryEventLog::commands(std::span<const CommandKey> keys) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::optional<CommandRow>> rows;
  for (const CommandKey& key : keys) {
    const auto found = commands_.find(key);
    rows.push_back(found == commands_.end() ? std::nullopt : std::optional(found->second));
  }
  return rows;
}

Result<NearestIds> MemoryEventLog::nearest_command_ids(Uuid to) const {
  const std::lock_guard lock(mutex_);
  NearestIds nearest;
  const auto from = commands_.lower_bound({to, {}});
  if (from != commands_.end()) nearest.from = from->first.command;
  if (from != commands_.begin()) nearest.below = std::prev(from)->first.command;
  return nearest;
}

Result<std::optional<Bytes>> MemoryEventLog::tile(std::uint8_t level, std::uint64_t index) const {
  const std::lock_guard lock(mutex_);
  const auto found = tiles_.find({level, index});
  if (found == tiles_.end()) return std::nullopt;
  return found->second;
}

Result<void> MemoryEventLog::put_checkpoint(LogSize size, BytesView note) {
  const std::lock_guard lock(mutex_);
  checkpoints_.insert_or_assign(size, Bytes(note));
  return {};
}

Result<std::optional<Checkpoint>> MemoryEventLog::latest_checkpoint() const {
  const std::lock_guard lock(mutex_);
  if (checkpoints_.empty()) return std::nullopt;
  return Checkpoint{checkpoints_.rbegin()->first, checkpoints_.rbegin()->second};
}

Result<std::optional<Checkpoint>> MemoryEventLog::next_checkpoint(LogSize size) const {
  const std::lock_guard lock(mutex_);
  const auto found = checkpoints_.lower_bound(size);
  if (found == checkpoints_.end()) return std::nullopt;
  return Checkpoint{found->first, found->second};
}

Result<void> MemoryEventLog::read_checkpoints(const CheckpointVisitor& visit) const {
  std::unique_lock lock(mutex_);
  const auto all = checkpoints_;
  lock.unlock();
  for (const auto& [size, note] : all)
    if (!visit(size, note)) break;
  return {};
}

void MemoryEventLog::fail_next_append(Fault fault) {
  const std::lock_guard lock(mutex_);
  health_ = Health::about_to_fail;
  fault_ = fault;
}

void MemoryEventLog::hold_appends() {
  const std::lock_guard lock(mutex_);
  held_ = true;
}

void MemoryEventLog::release_appends() {
  {
    const std::lock_guard lock(mutex_);
    held_ = false;
  }
  hold_changed_.notify_all();
}

void MemoryEventLog::wait_for_held_append() {
  std::unique_lock lock(mutex_);
  hold_changed_.wait(lock, [&] { return append_waits_; });
}

void MemoryEventLog::restart() {
  const std::lock_guard lock(mutex_);
  health_ = Health::good;
}

void MemoryEventLog::lose_beyond(LogSize size) {
  const std::lock_guard lock(mutex_);
  PLACET_CHECK(group_ends_.contains(size));  // groups are atomic
  records_.resize(size.value);
  for (auto& [stream, positions] : streams_)
    while (!positions.empty() && positions.back().value >= size.value) positions.pop_back();
  std::erase_if(streams_, [](const auto& stream) { return stream.second.empty(); });
  std::erase_if(commands_, [&](const auto& command) { return command.second.first.value >= size.value; });
  std::erase_if(tiles_, [&](const auto& tile) {
    const auto& [level, index] = tile.first;
    return ((index + 1) << (8U * (level + 1U))) > size.value;
  });
  checkpoints_.erase(checkpoints_.upper_bound(size), checkpoints_.end());
  group_ends_.erase(group_ends_.upper_bound(size), group_ends_.end());
}

}  // namespace placet::store
