#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/crew.h"
#include "base/id.h"
#include "base/result.h"
#include "codec/record.h"
#include "projections/projection.h"
#include "store/event_log.h"
#include "store/row_batch.h"

namespace placet::readside {

/// The end of the last command that is whole within the first `size` records.
struct CommandEnd {
  LogSize size;
  bool rounded_down = false;
};
/// `not_found` beyond the end of the log.
Result<CommandEnd> command_end_at(const store::EventLog& log, LogSize size);

/// Why a projection does not go on: its `apply` failed on the event at `position`.
struct Stopped {
  std::string projection;
  LogPosition position;
  std::string why;
};

/// The one way rows come to be: folds records of the log, from a size to a size, into the rows of the projections that
/// ride along, all in step. The live rows, a rebuild and a look at the past differ in where they start, when they end
/// and what `commit` does with the rows. Used by one thread at a time, which others may help.
class Fold {
 public:
  struct Target {
    /// Stores the rows together with the cursor `size`, an end of a command. A failure ends the fold for good.
    std::function<Result<void>(store::RowBatch& rows, LogSize size)> commit;
    /// A projection fell off: its rows stay at the last commit. Called before the commit of what the others did.
    std::function<void(const Stopped&)> stopped;
  };

  /// Rows and records of one commit, and memory for rows that are kept after it, at most about.
  struct Pace {
    std::size_t rows_per_commit;
    std::uint64_t records_per_commit;
    std::size_t kept_bytes;
    unsigned helpers;  // threads besides the caller's
  };
  /// A reader waits no longer than that for news.
  static constexpr Pace kLive{1'024, 8'192, std::size_t{16} << 20U, 0};
  /// Nobody can read yet. A row that many events change is then stored once for all of them.
  static constexpr Pace kFromFar{262'144, 131'072, std::size_t{192} << 20U, 1};
  /// The same beside a service at work, which has its own use for memory.
  static constexpr Pace kBehind{262'144, 131'072, std::size_t{64} << 20U, 1};
  /// Somebody waits, and helpers would keep him waiting: they run when the processors have nothing else to do.
  static constexpr Pace kPast{131'072, 65'536, std::size_t{64} << 20U, 0};

  /// The rows of every rider stand at `from`.
  Fold(const store::EventLog& log, LogSize from, Pace pace, Target target)
      : log_(log), size_(from), committed_(from), target_(std::move(target)) {
    set_pace(pace);
  }
  void set_pace(Pace pace);

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
  /// Whole commands, up to `end`.
  struct Stretch {
    std::vector<codec::StoredEvent> events;
    LogSize end;
  };
  /// What happened to a rider on the stretch: nothing, or why it cannot go on.
  struct Ride {
    std::optional<Stopped> stopped;
    Result<void> rows_readable;
  };

  /// Short enough that it stays in a processor's cache from one rider to the next.
  static constexpr std::size_t kRecordsPerStretch = 512;
  /// After so many a rider may let go of the processor (base/thread.h).
  static constexpr std::size_t kRecordsPerTurn = 32;

  /// No events: there is nothing more to fold.
  Result<Stretch> read(LogSize from, LogSize to, const std::stop_token& stop) const;
  static Ride ride(projections::Folder& rider, const Stretch& stretch);
  /// All riders on one stretch; meanwhile the one behind it is read.
  Result<Stretch> take(const Stretch& stretch, LogSize to, const std::stop_token& stop);
  bool commit_is_due() const;
  Result<void> commit();

  const store::EventLog& log_;
  LogSize size_;  // folded
  LogSize committed_;
  Target target_;
  Pace pace_{};
  std::unique_ptr<Crew> crew_;
  std::vector<std::unique_ptr<projections::Folder>> riders_;
};

/// Makes the rows of these projections, as of the first `size` records, in tables of their own in `into`; `progress`
/// may be empty. `corrupt` when a projection fails on an event, or the log ends before.
Result<void> fold_all(const store::EventLog& log, LogSize size, const std::vector<projections::ProjectionType>& types,
                      store::RowStore& into, const std::function<void(LogSize)>& progress);

}  // namespace placet::readside
