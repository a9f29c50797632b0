#include "readside/fold.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "base/thread.h"

namespace placet::readside {

using projections::Folder;

std::unique_ptr<Folder> Fold::remove(std::string_view name) {
  const auto found = std::ranges::find_if(riders_, [&](const auto& rider) { return rider->name() == name; });
  if (found == riders_.end()) return nullptr;
  auto rider = std::move(*found);
  riders_.erase(found);
  return rider;
}

Result<void> Fold::advance(LogSize to, const std::stop_token& stop) {
  if (to <= committed_) return {};
  LogSize end_of_command = size_;
  Result<void> outcome;
  const auto fold_one = [&](LogPosition position, BytesView record) -> Result<bool> {
    if (position.value != size_.value)
      return fail(ErrorCode::corrupt,
                  fmt::format("the log shows position {} instead of {}", position.value, size_.value));
    PLACET_ASSIGN(const auto stored, codec::read_record(record));
    if (stored.meta.index == 0) {
      // A command is taken whole or not at all: an invoice is never seen without the hours it took.
      if (stored.meta.last_of_command().value >= to.value || stop.stop_requested()) return false;
      end_of_command = {stored.meta.last_of_command().value + 1};
    }
    PLACET_TRY(take(stored));
    if (size_ == end_of_command && commit_is_due()) PLACET_TRY(commit());
    return size_ < to;
  };
  PLACET_TRY(log_.read({size_.value}, [&](LogPosition position, BytesView record) {
    const auto more = fold_one(position, record);
    if (!more) outcome = std::unexpected(more.error());
    return more.value_or(false);
  }));
  PLACET_TRY(outcome);
  if (size_ != end_of_command) return fail(ErrorCode::corrupt, "the log ends in the middle of a command");
  return committed_ < size_ ? commit() : Result<void>{};
}

Result<void> Fold::take(const codec::StoredEvent& stored) {
  for (std::size_t i = 0; i < riders_.size();) {
    PLACET_ASSIGN(const bool rides_on, apply_to(*riders_[i], stored));
    if (rides_on)
      ++i;
    else
      riders_.erase(riders_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (++size_.value % kRecordsPerTurn == 0) let_go();
  return {};
}

Result<bool> Fold::apply_to(Folder& rider, const codec::StoredEvent& stored) {
  try {
    const BugBarrier barrier;
    rider.apply(stored.event, stored.meta);
    return true;
  } catch (const projections::RowsUnreadable& unreadable) {
    return std::unexpected(unreadable.error());
  } catch (const std::exception& poisoned) {
    target_.stopped({std::string(rider.name()), stored.meta.position, poisoned.what()});
    return false;
  }
}

bool Fold::commit_is_due() const {
  if (size_.value - committed_.value >= kRecordsPerCommit) return true;
  std::size_t changed = 0;
  for (const auto& rider : riders_) changed += rider->changed();
  return changed >= kRowsPerCommit;
}

Result<void> Fold::commit() {
  // Not one batch used again: that would go on naming the tables of riders that have left, which are dropped.
  store::RowBatch batch;
  for (const auto& rider : riders_) rider->flush(batch);
  PLACET_TRY(target_.commit(batch, size_));
  committed_ = size_;
  return {};
}

}  // namespace placet::readside
