#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "projections/projection.h"
#include "readside/snapshots.h"
#include "readside/view.h"
#include "store/event_log.h"

namespace placet::readside {

/// How many records were recorded up to and including `moment`: the end of a command.
Result<LogSize> size_at(const store::EventLog& log, Timestamp moment);

/// The rows of all projections as of an earlier moment: folded on from the nearest snapshot, by the projections of
/// today, beside the live rows and without touching them. One fold at a time; the last ones are kept. Any thread; a
/// call blocks while it folds.
class AsOf {
 public:
  static constexpr std::size_t kKept = 2;

  AsOf(const store::EventLog& log, LedgerId ledger, const std::vector<projections::ProjectionType>& types,
       Snapshots& snapshots, std::function<Result<View>()> live = {})
      : log_(log), ledger_(ledger), types_(types), snapshots_(snapshots), live_(std::move(live)) {}

  /// `size` in the middle of a command is rounded down, and the view says so. `not_found` beyond the end of the log;
  /// `unavailable` when `stop` asks to end, or a projection fails on an event before `size`.
  Result<View> at(LogSize size, const std::stop_token& stop = {});
  /// A view for one question. It is put once, to find out what it needs: where that is little, only these streams are
  /// folded (on_demand.h), else whole books. Whoever puts it again to that view gets its answer.
  using Question = std::function<Result<void>(const View&)>;
  Result<View> at(LogSize size, const Question& question, const std::stop_token& stop = {});
  /// What was recorded up to and including that moment.
  Result<View> at(Timestamp recorded, const std::stop_token& stop = {});
  Result<View> at(Timestamp recorded, const Question& question, const std::stop_token& stop = {});

 private:
  View view_of(const Snapshots::Start& start, CommandEnd end, std::shared_ptr<const store::RowReader> rows) const;
  std::shared_ptr<const Snapshots::Start> kept(LogSize size);
  Result<std::shared_ptr<const Snapshots::Start>> fold(LogSize size, const std::stop_token& stop);

  const store::EventLog& log_;
  const LedgerId ledger_;
  const std::vector<projections::ProjectionType>& types_;
  Snapshots& snapshots_;
  const std::function<Result<View>()> live_;

  std::mutex folding_;
  std::mutex kept_mutex_;  // guards kept_
  std::deque<std::shared_ptr<const Snapshots::Start>> kept_;
};

}  // namespace placet::readside
