#include "readside/as_of.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "codec/record.h"
#include "readside/catalog.h"
#include "readside/fold.h"
#include "readside/on_demand.h"

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

Result<View> AsOf::at(LogSize size, const std::stop_token& stop) {
  PLACET_ASSIGN(const CommandEnd end, command_end_at(log_, size));
  auto overlay = kept(end.size);
  if (!overlay) {
    const std::lock_guard one_at_a_time(folding_);
    overlay = kept(end.size);  // somebody before us may have wanted the same
    if (!overlay) {
      PLACET_ASSIGN(overlay, fold(end.size, stop));
    }
  }
  return view_of(*overlay, end, overlay->rows);
}

Result<View> AsOf::at(LogSize size, const Question& question, const std::stop_token& stop) {
  PLACET_ASSIGN(const CommandEnd end, command_end_at(log_, size));
  if (!live_ || kept(end.size)) return at(size, stop);
  PLACET_ASSIGN(View live, live_());
  if (live.basis().size < end.size) return at(size, stop);
  PLACET_ASSIGN(const auto base, snapshots_.nearest_to_read(end.size));
  const auto rows = std::make_shared<RowsOnDemand>(log_, types_, base, std::move(live), end.size);
  View view = view_of(*base, end, rows);
  if (const auto answered = question(view); rows->gave_up()) return at(size, stop);
  return view;
}

View AsOf::view_of(const Snapshots::Start& start, CommandEnd end, std::shared_ptr<const store::RowReader> rows) const {
  return View({ledger_, end.size}, std::move(rows), start.generations, end.rounded_down);
}

Result<View> AsOf::at(Timestamp recorded, const std::stop_token& stop) {
  PLACET_ASSIGN(const LogSize size, size_at(log_, recorded));
  return at(size, stop);
}

Result<View> AsOf::at(Timestamp recorded, const Question& question, const std::stop_token& stop) {
  PLACET_ASSIGN(const LogSize size, size_at(log_, recorded));
  return at(size, question, stop);
}

std::shared_ptr<const Snapshots::Start> AsOf::kept(LogSize size) {
  const std::lock_guard lock(kept_mutex_);
  std::erase_if(kept_, [&](const auto& one) { return one->epoch != snapshots_.epoch(); });
  const auto found = std::ranges::find(kept_, size, [](const auto& one) { return one->size; });
  return found == kept_.end() ? nullptr : *found;
}

Result<std::shared_ptr<const Snapshots::Start>> AsOf::fold(LogSize size, const std::stop_token& stop) {
  {
    const std::lock_guard lock(kept_mutex_);
    if (kept_.size() == kKept) kept_.pop_front();
  }
  PLACET_ASSIGN(Snapshots::Start overlay, snapshots_.nearest(size));
  store::RowStore& rows = *overlay.rows;
  std::optional<Stopped> stopped;
  Fold fold(log_, overlay.size, Fold::kPast,
            {.commit = [&](store::RowBatch& batch, LogSize end) -> Result<void> {
               if (stopped)
                 return fail(ErrorCode::unavailable,
                             fmt::format("{} fails on the event at position {}: {}", stopped->projection,
                                         stopped->position.value, stopped->why));
               PLACET_ASSIGN(const TrainRow cursor, train_row_at(log_, ledger_, end));
               Catalog::put(batch, cursor);
               return rows.write(batch, store::Durability::buffered);
             },
             .stopped = [&](const Stopped& why) { stopped = why; }});
  for (std::size_t i = 0; i < types_.size(); ++i) fold.add(types_[i].make(rows, overlay.generations[i]->suffix()));
  PLACET_TRY(snapshots_.advance(fold, rows, size, overlay.epoch, stop));
  if (fold.size() != size) return fail(ErrorCode::unavailable, "the fold was called off");
  overlay.size = size;
  auto done = std::make_shared<const Snapshots::Start>(std::move(overlay));
  const std::lock_guard lock(kept_mutex_);
  kept_.push_back(done);
  return done;
}

}  // namespace placet::readside
