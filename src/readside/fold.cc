#include "readside/fold.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "base/thread.h"

namespace placet::readside {

using projections::Folder;

Result<CommandEnd> command_end_at(const store::EventLog& log, LogSize size) {
  if (const LogSize log_size = log.size(); size > log_size)
    return fail(ErrorCode::not_found,
                fmt::format("unknown position: the log has {} records, not {}", log_size.value, size.value));
  if (size.value == 0) return CommandEnd{};
  PLACET_ASSIGN(const Bytes record, log.record({size.value - 1}));
  PLACET_ASSIGN(const domain::Meta meta, codec::read_meta(record));
  if (meta.last_of_command().value + 1 == size.value) return CommandEnd{size, false};
  return CommandEnd{{size.value - 1 - meta.index}, true};
}

std::unique_ptr<Folder> Fold::remove(std::string_view name) {
  const auto found = std::ranges::find_if(riders_, [&](const auto& rider) { return rider->name() == name; });
  if (found == riders_.end()) return nullptr;
  auto rider = std::move(*found);
  riders_.erase(found);
  return rider;
}

void Fold::set_pace(Pace pace) {
  pace_ = pace;
  crew_ = std::make_unique<Crew>(pace.helpers);
}

Result<void> Fold::advance(LogSize to, const std::stop_token& stop) {
  PLACET_ASSIGN(Stretch stretch, read(size_, to, stop));
  while (!stretch.events.empty()) {
    PLACET_ASSIGN(Stretch next, take(stretch, to, stop));
    size_ = stretch.end;
    if (commit_is_due()) PLACET_TRY(commit());
    if (stop.stop_requested()) break;
    stretch = std::move(next);
  }
  return committed_ < size_ ? commit() : Result<void>{};
}

Result<Fold::Stretch> Fold::read(LogSize from, LogSize to, const std::stop_token& stop) const {
  Stretch stretch{{}, from};
  if (to <= from) return stretch;
  stretch.events.reserve(std::min<std::size_t>(to.value - from.value, 2 * kRecordsPerStretch));
  LogSize end_of_command = from;
  Result<void> outcome;
  const auto add = [&](LogPosition position, BytesView record) -> Result<bool> {
    if (position.value != stretch.end.value)
      return fail(ErrorCode::corrupt,
                  fmt::format("the log shows position {} instead of {}", position.value, stretch.end.value));
    PLACET_ASSIGN(auto stored, codec::read_record(record));
    if (stored.meta.index == 0) {
      // A command is taken whole or not at all: an invoice is never seen without the hours it took.
      end_of_command = {stored.meta.last_of_command().value + 1};
      if (end_of_command > to || stretch.events.size() >= kRecordsPerStretch || stop.stop_requested()) {
        end_of_command = stretch.end;
        return false;
      }
    }
    stretch.events.push_back(std::move(stored));
    return ++stretch.end.value < to.value;
  };
  PLACET_TRY(log_.read({from.value}, [&](LogPosition position, BytesView record) {
    const auto more = add(position, record);
    if (!more) outcome = std::unexpected(more.error());
    return more.value_or(false);
  }));
  PLACET_TRY(outcome);
  if (stretch.end != end_of_command) return fail(ErrorCode::corrupt, "the log ends in the middle of a command");
  return stretch;
}

Result<Fold::Stretch> Fold::take(const Stretch& stretch, LogSize to, const std::stop_token& stop) {
  Result<Stretch> next;
  std::vector<Ride> rides(riders_.size());
  crew_->run(rides.size() + 1, [&](std::size_t task) {
    if (task == 0)
      next = read(stretch.end, to, stop);
    else
      rides[task - 1] = ride(*riders_[task - 1], stretch);
  });
  for (const Ride& ride : rides) PLACET_TRY(ride.rows_readable);
  for (std::size_t i = rides.size(); i-- > 0;) {
    if (!rides[i].stopped) continue;
    target_.stopped(*rides[i].stopped);
    riders_.erase(riders_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return next;
}

Fold::Ride Fold::ride(Folder& rider, const Stretch& stretch) {
  std::size_t count = 0;
  for (const codec::StoredEvent& stored : stretch.events) {
    try {
      const BugBarrier barrier;
      rider.apply(stored.event, stored.meta);
    } catch (const projections::RowsUnreadable& unreadable) {
      return {{}, std::unexpected(unreadable.error())};
    } catch (const std::exception& poisoned) {
      return {Stopped{std::string(rider.name()), stored.meta.position, poisoned.what()}, {}};
    }
    if (++count % kRecordsPerTurn == 0) let_go();
  }
  return {};
}

bool Fold::commit_is_due() const {
  if (size_.value - committed_.value >= pace_.records_per_commit) return true;
  std::size_t changed = 0;
  for (const auto& rider : riders_) changed += rider->changed();
  return changed >= pace_.rows_per_commit;
}

Result<void> Fold::commit() {
  // Not one batch used again: that would go on naming the tables of riders that have left, which are dropped.
  store::RowBatch batch;
  std::vector<store::RowBatch> of_rider(riders_.size());
  crew_->run(riders_.size(), [&](std::size_t rider) { riders_[rider]->flush(of_rider[rider]); });
  for (store::RowBatch& rows : of_rider) batch.append(std::move(rows));
  PLACET_TRY(target_.commit(batch, size_));
  committed_ = size_;
  const auto kept_bytes = [&] {
    std::size_t sum = 0;
    for (const auto& rider : riders_) sum += rider->kept_bytes();
    return sum;
  };
  for (std::size_t limit = pace_.kept_bytes / 4; kept_bytes() > pace_.kept_bytes && limit > 0; limit /= 2)
    crew_->run(riders_.size(), [&](std::size_t rider) { riders_[rider]->trim(limit); });
  return {};
}

Result<void> fold_all(const store::EventLog& log, LogSize size, const std::vector<projections::ProjectionType>& types,
                      store::RowStore& into, const std::function<void(LogSize)>& progress) {
  std::optional<Stopped> stopped;
  Fold fold(log, {}, Fold::kFromFar,
            {.commit = [&](store::RowBatch& batch, LogSize reached) -> Result<void> {
               PLACET_TRY(into.write(batch, store::Durability::buffered));
               if (progress) progress(reached);
               return {};
             },
             .stopped = [&](const Stopped& why) { stopped = why; }});
  for (const projections::ProjectionType& type : types) {
    for (const std::string_view table : type.tables) PLACET_TRY(into.create_table(table));
    fold.add(type.make(into, ""));
  }
  PLACET_TRY(fold.advance(size));
  if (stopped)
    return fail(ErrorCode::corrupt, fmt::format("{} fails on the event at position {}: {}", stopped->projection,
                                                stopped->position.value, stopped->why));
  if (fold.size() != size)
    return fail(ErrorCode::corrupt, fmt::format("the log cannot be folded beyond {} records", fold.size().value));
  return {};
}

}  // namespace placet::readside
