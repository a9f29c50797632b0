#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "projections/projection.h"
#include "readside/as_of.h"
#include "readside/catalog.h"
#include "readside/fold.h"
#include "readside/roster.h"
#include "readside/snapshots.h"
#include "store/event_log.h"
#include "store/row_archive.h"
#include "store/row_store.h"

namespace placet::readside {

/// How a rebuild goes on, told on the thread that does it; must not block.
struct Progress {
  enum class State { running, finished, cancelled, stopped };
  State state = State::running;
  LogSize done;
  LogSize of;
};
using ProgressSink = std::function<void(const Progress&)>;

/// Keeps the rows of all projections up with the log. Two threads: the train folds every live projection in step, one
/// batch and one cursor for all of them; the builder makes rows anew, beside the live ones, and hands them to the train
/// when they have caught up. Queries read snapshots and wait for neither.
///
/// Owns nothing of what it is given: log, views and archive outlive it, and it outlives every view that it hands out.
class ProjectionHost {
 public:
  struct Options {
    LedgerId ledger;
    std::vector<projections::ProjectionType> projections;
    /// Told on the train's thread what size the live rows have reached; must not block.
    std::function<void(LogSize)> advanced;
    /// The train rests this long after each departure unless somebody waits for it: many small commits in a row cost
    /// the ledger more than what they write.
    std::chrono::milliseconds rest{100};
    /// Rows are kept for looks at the past after so many events each.
    std::uint64_t snapshot_every = Snapshots::kEvery;
  };
  /// Picks up where `views` stand. Projections that are new or have another version are built in the background; if
  /// that is all of them, or the rows are not of this log, every one is folded from 0 together.
  static Result<std::unique_ptr<ProjectionHost>> start(const store::EventLog& log, store::RowStore& views,
                                                       store::RowArchive& archive, Options options);
  ~ProjectionHost();

  /// The log has grown to `size`. Any thread; does not wait.
  void advance(LogSize size);

  Result<View> view() const { return roster_.view(); }
  /// Blocks for `timeout` at most; with 0 it only looks. See Roster. The train does not rest before it is there.
  Result<AtLeast> at_least(LogSize size, std::chrono::milliseconds timeout,
                           std::span<const std::string_view> projections = {});
  /// The rows as they were; see AsOf. Blocks while it folds.
  AsOf& as_of() { return as_of_; }
  /// At which sizes looks at the past can start, smallest first.
  std::vector<LogSize> snapshots() const { return snapshots_.sizes(); }
  std::vector<ProjectionStatus> status() const { return roster_.status(); }

  /// Makes the rows of a projection anew from the log, in the background; goes on where a cancelled or interrupted
  /// rebuild left off. `not_found`: no such projection. `unavailable`: it is being rebuilt already.
  Result<void> rebuild(std::string_view name, ProgressSink progress = {});
  /// False: it is not being rebuilt. What is done is kept for the next `rebuild`.
  bool cancel_rebuild(std::string_view name);

 private:
  /// The builder stays this far behind at most when it hands over; the train waits for the rest.
  static constexpr std::uint64_t kHandOverRecords = 1'000;

  struct Job {
    const projections::ProjectionType* type;
    ProgressSink progress;
    std::stop_source cancel;
  };
  /// Rows that have almost caught up. The builder waits for `joined`.
  struct Handover {
    const projections::ProjectionType& type;
    BuildRow build;
    Fold& fold;
    std::promise<Result<void>> joined;
  };

  ProjectionHost(const store::EventLog& log, store::RowStore& views, store::RowArchive& archive, Options options);

  // ---- start, before there are threads
  Result<void> open();
  Result<bool> rows_are_of_this_log() const;
  Result<void> forget_other_versions();
  Result<void> start_all_from_zero();

  // ---- train (train.cc)
  void run_train();
  Result<void> commit_train(store::RowBatch& rows, LogSize size);
  Result<void> join(Handover& handover);
  Result<void> drop_unused();
  Result<void> put_fallen(store::RowBatch& batch);

  // ---- builder (builder.cc)
  void run_builder();
  Result<Progress::State> build(Job& job, Progress& progress);
  Result<BuildRow> begin_build(const projections::ProjectionType& type);
  Result<void> hand_over(Handover& handover);

  const projections::ProjectionType* find(std::string_view name) const;

  const store::EventLog& log_;
  store::RowStore& views_;
  const Options options_;
  Roster roster_;
  Snapshots snapshots_;
  AsOf as_of_;

  std::mutex catalog_mutex_;  // held from a read of the catalogue to the write that rests on it
  Catalog catalog_;

  // Of the train's thread.
  std::unique_ptr<Fold> train_;
  std::vector<Stopped> fell_off_;  // since the last commit
  bool unused_tables_ = false;

  std::stop_source stopping_;
  std::mutex wake_mutex_;  // guards everything below
  std::condition_variable wake_train_;
  std::condition_variable wake_builder_;
  LogSize target_;
  LogSize wanted_;        // somebody waits for rows of this size
  int train_number_ = 0;  // of its thread, for the system; 0: it does not run
  bool hurried_ = false;  // it runs as others do, until it is where somebody waits for it
  bool resting_ = false;  // growth alone does not wake the train
  Handover* handover_ = nullptr;
  bool train_ended_ = false;
  std::deque<std::shared_ptr<Job>> jobs_;  // the first one is being worked on

  std::jthread train_thread_;
  std::jthread builder_thread_;
};

}  // namespace placet::readside
