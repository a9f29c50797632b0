#include "readside/as_of.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "codec/record.h"
#include "readside/fold.h"

namespace placet::readside {

/// Recorded time never goes back, so half the range is left out at each step.
Result<LogSize> size_at(const store::EventLog& log, Timestamp moment) {
  std::uint64_t first = 0;
  std::uint64_t end = log.size().value;
  while (first < end) {
    const std::uint64_t middle = first + (end - first) / 2;
    PLACET_ASSIGN(const Bytes record, log.record({middle}));
    PLACET_ASSIGN(const domain::Meta meta, codec::read_meta(record));
    if (meta.recorded_at <= moment)
      first = middle + 1;
    else
      end = middle;
  }
  return LogSize{first};
}

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

Result<View> AsOf::at(LogSize size, const std::stop_token& stop) {
  PLACET_ASSIGN(const CommandEnd end, command_end_at(log_, size));
  auto rows = kept(end.size);
  if (!rows) {
    const std::lock_guard one_at_a_time(folding_);
    rows = kept(end.size);  // somebody before us may have wanted the same
    if (!rows) {
      PLACET_ASSIGN(rows, fold(end.size, stop));
    }
  }
  View::Generations generations;
  for (const auto& type : types_)
    generations.push_back(std::make_shared<const Generation>(Generation{std::string(type.name), 0}));
  return View({ledger_, end.size}, std::move(rows), std::move(generations), end.rounded_down);
}

Result<View> AsOf::at(Timestamp recorded, const std::stop_token& stop) {
  PLACET_ASSIGN(const LogSize size, size_at(log_, recorded));
  return at(size, stop);
}

std::shared_ptr<store::MemoryRowStore> AsOf::kept(LogSize size) {
  const std::lock_guard lock(kept_mutex_);
  const auto found = std::ranges::find(kept_, size, &Overlay::size);
  return found == kept_.end() ? nullptr : found->rows;
}

Result<std::shared_ptr<store::MemoryRowStore>> AsOf::fold(LogSize size, const std::stop_token& stop) {
  std::vector<std::string> tables;
  for (const auto& type : types_) tables.insert(tables.end(), type.tables.begin(), type.tables.end());
  auto rows = std::make_shared<store::MemoryRowStore>(tables);

  std::optional<Stopped> stopped;
  // Somebody waits, and helpers would keep him waiting: they run when the processors have nothing else to do.
  Fold::Pace alone = Fold::kFromFar;
  alone.helpers = 0;
  Fold fold(log_, {}, alone,
            {.commit = [&](store::RowBatch& batch, LogSize) { return rows->write(batch, store::Durability::synced); },
             .stopped = [&](const Stopped& why) { stopped = why; }});
  for (const auto& type : types_) fold.add(type.make(*rows, ""));
  PLACET_TRY(fold.advance(size, stop));
  if (stopped)
    return fail(ErrorCode::unavailable, fmt::format("{} fails on the event at position {}: {}", stopped->projection,
                                                    stopped->position.value, stopped->why));
  if (fold.size() != size) return fail(ErrorCode::unavailable, "the fold was called off");

  const std::lock_guard lock(kept_mutex_);
  kept_.push_back({size, rows});
  if (kept_.size() > kKept) kept_.pop_front();
  return rows;
}

}  // namespace placet::readside
