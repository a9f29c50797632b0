#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "codec/record.h"
#include "projections/projection.h"
#include "store/event_log.h"
#include "store/row_batch.h"

namespace placet::readside {

/// Why a projection does not go on: its `apply` failed on the event at `position`.
struct Stopped {
  std::string projection;
  LogPosition position;
  std::string why;
};

/// The one way rows come to be: folds records of the log, from a size to a size, into the rows of the projections that
/// ride along, all in step. The live rows, a rebuild and a look at the past differ in where they start, when they end
/// and what `commit` does with the rows. Used by one thread at a time.
class Fold {
 public:
  struct Target {
    /// Stores the rows together with the cursor `size`, an end of a command. A failure ends the fold for good.
    std::function<Result<void>(store::RowBatch& rows, LogSize size)> commit;
    /// A projection fell off: its rows stay at the last commit. Called before the commit of what the others did.
    std::function<void(const Stopped&)> stopped;
  };
  /// Rows and records of one commit, at most about: a reader waits no longer for news, memory stays bounded.
  static constexpr std::size_t kRowsPerCommit = 1'024;
  static constexpr std::uint64_t kRecordsPerCommit = 8'192;
  /// After so many, some 50 us, it may let go of the processor (base/thread.h).
  static constexpr std::uint64_t kRecordsPerTurn = 16;

  /// The rows of every rider stand at `from`.
  Fold(const store::EventLog& log, LogSize from, Target target)
      : log_(log), size_(from), committed_(from), target_(std::move(target)) {}

  void add(std::unique_ptr<projections::Folder> rider) { riders_.push_back(std::move(rider)); }
  /// nullptr: it does not ride. Only between two calls of `advance`.
  std::unique_ptr<projections::Folder> remove(std::string_view name);
  std::size_t riders() const { return riders_.size(); }

  /// Folds whole commands as far as `to`, or less when the log ends before, a command is cut by `to`, or `stop` asks.
  /// What was folded is committed on return.
  Result<void> advance(LogSize to, const std::stop_token& stop = {});

  /// Where the committed rows stand.
  LogSize size() const { return committed_; }

 private:
  Result<void> take(const codec::StoredEvent& stored);
  /// False: it fell off.
  Result<bool> apply_to(projections::Folder& rider, const codec::StoredEvent& stored);
  bool commit_is_due() const;
  Result<void> commit();

  const store::EventLog& log_;
  LogSize size_;  // folded, maybe in the middle of a command
  LogSize committed_;
  Target target_;
  std::vector<std::unique_ptr<projections::Folder>> riders_;
};

}  // namespace placet::readside
