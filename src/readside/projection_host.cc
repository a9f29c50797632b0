#include "readside/projection_host.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/thread.h"

namespace placet::readside {

using projections::ProjectionType;

ProjectionHost::ProjectionHost(const store::EventLog& log, store::RowStore& views, store::RowArchive& archive,
                               Options options)
    : log_(log),
      views_(views),
      options_(std::move(options)),
      roster_(log, views, options_.ledger, options_.projections),
      snapshots_(log, options_.ledger, options_.projections, archive, options_.snapshot_every),
      as_of_(log, options_.ledger, options_.projections, snapshots_, [this] { return roster_.view(); }),
      catalog_(views),
      target_(log.size()) {}

Result<std::unique_ptr<ProjectionHost>> ProjectionHost::start(const store::EventLog& log, store::RowStore& views,
                                                              store::RowArchive& archive, Options options) {
  std::unique_ptr<ProjectionHost> host(new ProjectionHost(log, views, archive, std::move(options)));
  PLACET_TRY(host->open());
  host->train_thread_ = std::jthread([self = host.get()] { self->run_train(); });
  host->builder_thread_ = std::jthread([self = host.get()] { self->run_builder(); });
  return host;
}

ProjectionHost::~ProjectionHost() {
  stopping_.request_stop();
  const std::lock_guard lock(wake_mutex_);
  for (const auto& job : jobs_) job->cancel.request_stop();
  wake_train_.notify_all();
  wake_builder_.notify_all();
  hurry_to_end(train_thread_);
  hurry_to_end(builder_thread_);
}

void ProjectionHost::advance(LogSize size) {
  const std::lock_guard lock(wake_mutex_);
  target_ = std::max(target_, size);
  if (!resting_) wake_train_.notify_all();
}

Result<AtLeast> ProjectionHost::at_least(LogSize size, std::chrono::milliseconds timeout,
                                         std::span<const std::string_view> projections) {
  {
    const std::lock_guard lock(wake_mutex_);
    const LogSize wanted = std::min(size, log_.size());
    if (wanted > wanted_) {
      wanted_ = wanted;
      // On a machine that is never idle it would not come at all.
      if (train_number_ != 0 && !std::exchange(hurried_, true)) run_as_others(train_number_);
      if (resting_) wake_train_.notify_all();
    }
  }
  return roster_.at_least(size, timeout, projections);
}

Result<void> ProjectionHost::rebuild(std::string_view name, ProgressSink progress) {
  const ProjectionType* type = find(name);
  if (type == nullptr) return fail(ErrorCode::not_found, fmt::format("there is no projection {}", name));
  const std::lock_guard lock(wake_mutex_);
  if (std::ranges::any_of(jobs_, [&](const auto& job) { return job->type == type; }))
    return fail(ErrorCode::unavailable, fmt::format("{} is being rebuilt already", name));
  jobs_.push_back(std::make_shared<Job>(type, std::move(progress), std::stop_source()));
  wake_builder_.notify_all();
  return {};
}

bool ProjectionHost::cancel_rebuild(std::string_view name) {
  const std::lock_guard lock(wake_mutex_);
  const auto found = std::ranges::find_if(jobs_, [&](const auto& job) { return job->type->name == name; });
  return found != jobs_.end() && (*found)->cancel.request_stop();
}

const ProjectionType* ProjectionHost::find(std::string_view name) const {
  const auto found = std::ranges::find(options_.projections, name, &ProjectionType::name);
  return found == options_.projections.end() ? nullptr : &*found;
}

// ---- start

Result<void> ProjectionHost::open() {
  PLACET_TRY(views_.create_table(Catalog::kTable));
  PLACET_ASSIGN(bool usable, rows_are_of_this_log());
  if (usable) {
    PLACET_TRY(forget_other_versions());
    PLACET_ASSIGN(const auto names, catalog_.live_names());
    usable = !names.empty();
  }
  // With nothing to ride on, one pass over the log for all is cheaper than one for each.
  if (!usable) PLACET_TRY(start_all_from_zero());

  PLACET_ASSIGN(const LogSize size, readside::train_size(views_));
  train_ = std::make_unique<Fold>(
      log_, size, size < target_ ? Fold::kBehind : Fold::kLive,
      Fold::Target{.commit = [this](store::RowBatch& rows, LogSize end) { return commit_train(rows, end); },
                   .stopped =
                       [this](const Stopped& stopped) {
                         fell_off_.push_back(stopped);
                         roster_.stop(stopped);
                       }});
  for (const ProjectionType& type : options_.projections) {
    PLACET_ASSIGN(const auto live, catalog_.live(type.name));
    if (live) {
      const auto rows = std::make_shared<const Generation>(Generation{std::string(type.name), live->generation});
      train_->add(type.make(views_, rows->suffix()));
      PLACET_TRY(roster_.swap(rows, [] { return Result<void>(); }));
    } else {
      jobs_.push_back(std::make_shared<Job>(&type, ProgressSink(), std::stop_source()));
    }
  }
  roster_.publish(size);
  return drop_unused();
}

Result<bool> ProjectionHost::rows_are_of_this_log() const {
  const auto stored = catalog_.train();
  if (!stored && stored.error().code != ErrorCode::corrupt) return std::unexpected(stored.error());
  if (!stored || !*stored || (*stored)->size > log_.size()) return false;
  PLACET_ASSIGN(const TrainRow expected, train_row_at(log_, options_.ledger, (*stored)->size));
  return (*stored)->ledger == expected.ledger && (*stored)->last_record == expected.last_record;
}

Result<void> ProjectionHost::forget_other_versions() {
  // Rows of another version cannot be read by this program, and the train moves on without them: left as they are they
  // would look current to the program that wrote them.
  store::RowBatch batch;
  PLACET_ASSIGN(const auto names, catalog_.names());
  for (const std::string& name : names) {
    const ProjectionType* type = find(name);
    PLACET_ASSIGN(const auto live, catalog_.live(name));
    PLACET_ASSIGN(const auto build, catalog_.build(name));
    if (live && (type == nullptr || live->version != type->version)) Catalog::erase_live(batch, name);
    if (build && (type == nullptr || build->version != type->version)) Catalog::erase_build(batch, name);
  }
  return views_.write(batch, store::Durability::buffered);
}

Result<void> ProjectionHost::start_all_from_zero() {
  PLACET_TRY(catalog_.wipe());
  snapshots_.forget();
  return catalog_.lay_out(options_.projections, options_.ledger);
}

}  // namespace placet::readside
