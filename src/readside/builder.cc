// The builder: rows made anew beside the live ones, on a thread of its own.

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "base/thread.h"
#include "readside/projection_host.h"

namespace placet::readside {

using projections::ProjectionType;

void ProjectionHost::run_builder() {
  name_this_thread("builder");
  run_when_idle(this_thread());
  while (true) {
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(wake_mutex_);
      wake_builder_.wait(lock, [&] { return stopping_.stop_requested() || !jobs_.empty(); });
      if (stopping_.stop_requested()) return;
      job = jobs_.front();
    }
    Progress progress;
    auto ended = build(*job, progress);
    if (!ended) {
      log::error("the rebuild of {} has stopped: {}", job->type->name, ended.error().message);
      roster_.stop_build({std::string(job->type->name), {progress.done.value}, ended.error().message});
      ended = Progress::State::stopped;
    }
    {
      const std::lock_guard lock(wake_mutex_);
      jobs_.pop_front();
    }
    progress.state = *ended;
    if (job->progress) job->progress(progress);
  }
}

Result<Progress::State> ProjectionHost::build(Job& job, Progress& progress) {
  const std::stop_token cancelled = job.cancel.get_token();
  if (cancelled.stop_requested()) return Progress::State::cancelled;
  const ProjectionType& type = *job.type;
  PLACET_ASSIGN(BuildRow row, begin_build(type));
  roster_.set_built(type.name, row.size);

  std::optional<Stopped> stopped;
  const auto commit = [&](store::RowBatch& rows, LogSize size) -> Result<void> {
    row.size = size;
    Catalog::put(rows, type.name, row);
    PLACET_TRY(views_.write(rows, store::Durability::buffered));
    roster_.set_built(type.name, size);
    progress = {Progress::State::running, size, roster_.train_size()};
    if (job.progress) job.progress(progress);
    return {};
  };
  Fold fold(log_, row.size, Fold::kFromFar, {commit, [&](const Stopped& why) { stopped = why; }});
  fold.add(type.make(views_, Generation{std::string(type.name), row.generation}.suffix()));

  Result<void> joined;
  do {
    PLACET_TRY(fold.advance(roster_.train_size(), cancelled));
  } while (!stopped && !cancelled.stop_requested() &&
           roster_.train_size().value - fold.size().value > kHandOverRecords);
  if (!stopped && !cancelled.stop_requested()) {
    Handover handover{type, row, fold, {}};
    joined = hand_over(handover);
  }
  if (stopped) {
    roster_.stop_build(*stopped);
    return Progress::State::stopped;
  }
  PLACET_TRY(joined);
  return cancelled.stop_requested() && fold.riders() > 0 ? Progress::State::cancelled : Progress::State::finished;
}

Result<BuildRow> ProjectionHost::begin_build(const ProjectionType& type) {
  const std::lock_guard catalog(catalog_mutex_);
  PLACET_ASSIGN(const auto begun, catalog_.build(type.name));
  // What failed is not gone on with: the rows themselves may be the reason.
  const bool anew = roster_.has_stopped(type.name);
  roster_.forget_stop(type.name);
  if (begun && begun->version == type.version && !anew) return *begun;

  PLACET_ASSIGN(const std::uint32_t last, catalog_.last_generation());
  const BuildRow row{type.version, last + 1, {}};
  PLACET_TRY(Catalog::create_tables(views_, type, row.generation));
  store::RowBatch batch;
  Catalog::put(batch, type.name, row);
  Catalog::put_last_generation(batch, row.generation);
  PLACET_TRY(views_.write(batch, store::Durability::buffered));
  return row;
}

Result<void> ProjectionHost::hand_over(Handover& handover) {
  auto joined = handover.joined.get_future();
  {
    const std::lock_guard lock(wake_mutex_);
    if (train_ended_) return fail(ErrorCode::unavailable, "the projections have stopped");
    handover_ = &handover;
    wake_train_.notify_all();
  }
  return joined.get();
}

}  // namespace placet::readside
