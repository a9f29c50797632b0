#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "projections/projection.h"
#include "readside/fold.h"
#include "readside/view.h"
#include "store/event_log.h"
#include "store/row_archive.h"

namespace placet::readside {

/// Rows of earlier sizes that are kept so that a look at the past need not fold from 0: every so many events, and where
/// a period was closed. Whoever folds past such a place keeps the rows that he has there. All of them may be dropped at
/// any time. Any thread.
class Snapshots {
 public:
  static constexpr std::uint64_t kEvery = 1'000'000;
  static constexpr std::size_t kMax = 16;

  /// `types` outlives it.
  Snapshots(const store::EventLog& log, LedgerId ledger, const std::vector<projections::ProjectionType>& types,
            store::RowArchive& archive, std::uint64_t every = kEvery)
      : log_(log), ledger_(ledger), types_(types), archive_(archive), every_(every) {}

  /// Rows of all projections, to fold on from.
  struct Start {
    LogSize size;
    std::shared_ptr<store::RowStore> rows;
    View::Generations generations;  // in the order of the projections
    std::uint64_t epoch = 0;
  };
  /// Those nearest to `size`, from below; without any, empty ones at 0.
  Result<Start> nearest(LogSize size);
  /// The same to read only. They stay open for the next one.
  Result<std::shared_ptr<const Start>> nearest_to_read(LogSize size);

  /// Folds into `rows`, in which all riders have theirs, as Fold::advance does, and keeps them at each place on the
  /// way, unless everything was forgotten since `epoch`. That they cannot be kept is no failure.
  Result<void> advance(Fold& fold, store::RowStore& rows, LogSize to, std::uint64_t epoch,
                       const std::stop_token& stop = {});

  /// How often `forget` was called.
  std::uint64_t epoch() const { return epoch_; }
  /// Drops all: rows are not trusted any more, or not those of this log.
  void forget();
  std::vector<LogSize> sizes() const { return archive_.sizes(); }

 private:
  /// The next place beyond `from`, if it is not beyond `to`.
  Result<std::optional<LogSize>> next(LogSize from, LogSize to);
  Result<void> find_closes(LogSize to);
  void keep(store::RowStore& rows, LogSize size, std::uint64_t epoch);
  using Open = Result<std::shared_ptr<store::RowStore>> (store::RowArchive::*)(LogSize);
  Result<Start> nearest(LogSize size, Open open);
  /// Nothing: a projection has no rows in there of the version that it has today, or they are not of this log.
  Result<std::optional<Start>> start_at(LogSize size, Open open);
  Result<std::optional<View::Generations>> live_in(store::RowStore& rows, LogSize size) const;

  const store::EventLog& log_;
  const LedgerId ledger_;
  const std::vector<projections::ProjectionType>& types_;
  store::RowArchive& archive_;
  const std::uint64_t every_;

  std::mutex keeping_;  // held while something is kept or forgotten
  std::atomic<std::uint64_t> epoch_ = 0;

  std::mutex open_mutex_;  // guards open_
  std::map<LogSize, std::shared_ptr<const Start>> open_;

  std::mutex closes_mutex_;   // guards what follows
  StreamVersion books_seen_;  // so many events of the books were looked at
  LogSize books_seen_at_;     // the size of the log then
  std::vector<LogSize> closes_;
};

/// The one of `sizes`, which are sorted, without which the distances between the others fit best: the further back, the
/// larger they may be. The newest stays.
LogSize least_missed(const std::vector<LogSize>& sizes);

}  // namespace placet::readside
