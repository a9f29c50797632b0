// The train: every live projection in step, on a thread of its own.

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "base/thread.h"
#include "readside/projection_host.h"

namespace placet::readside {

void ProjectionHost::run_train() {
  name_this_thread("train");
  run_when_idle(this_thread());
  {
    const std::lock_guard lock(wake_mutex_);
    train_number_ = this_thread();
  }
  LogSize tried;  // a target in the middle of a command is not tried again and again
  bool caught_up = false;
  auto rested = std::chrono::steady_clock::now();
  while (true) {
    LogSize target;
    Handover* handover = nullptr;
    {
      std::unique_lock lock(wake_mutex_);
      const auto called = [&] { return stopping_.stop_requested() || handover_ != nullptr; };
      wake_train_.wait(lock, [&] { return called() || target_ > tried; });
      resting_ = true;
      wake_train_.wait_until(lock, rested, [&] { return called() || wanted_ > tried; });
      resting_ = false;
      if (stopping_.stop_requested()) break;
      target = target_;
      handover = std::exchange(handover_, nullptr);
    }
    if (handover != nullptr) handover->joined.set_value(join(*handover));
    const auto advanced = snapshots_.advance(*train_, views_, target, snapshots_.epoch(), stopping_.get_token());
    if (!advanced) {
      log::error("the projections have stopped at size {}: {}", train_->size().value, advanced.error().message);
      roster_.stop_all(advanced.error().message);
      break;
    }
    if (!std::exchange(caught_up, true)) train_->set_pace(Fold::kLive);
    {
      const std::lock_guard lock(wake_mutex_);
      if (hurried_ && wanted_ <= target) {
        hurried_ = false;
        run_when_idle(train_number_);
      }
    }
    tried = target;
    rested = std::chrono::steady_clock::now() + options_.rest;
    if (unused_tables_)
      if (const auto dropped = drop_unused(); !dropped)
        log::warning("tables of old projections could not be dropped: {}", dropped.error().message);
  }
  const std::lock_guard lock(wake_mutex_);
  train_ended_ = true;
  train_number_ = 0;
  if (handover_ != nullptr) handover_->joined.set_value(fail(ErrorCode::unavailable, "the projections have stopped"));
}

Result<void> ProjectionHost::commit_train(store::RowBatch& rows, LogSize size) {
  PLACET_ASSIGN(const TrainRow cursor, train_row_at(log_, options_.ledger, size));
  Catalog::put(rows, cursor);
  {
    std::unique_lock catalog(catalog_mutex_, std::defer_lock);
    if (!fell_off_.empty()) {
      catalog.lock();
      PLACET_TRY(put_fallen(rows));
    }
    PLACET_TRY(views_.write(rows, store::Durability::buffered));
  }
  roster_.publish(size);
  if (options_.advanced) options_.advanced(size);
  return {};
}

Result<void> ProjectionHost::put_fallen(store::RowBatch& batch) {
  // Kept as a build that is under way: the next start, maybe of a program that knows better, goes on from there.
  for (const Stopped& stopped : std::exchange(fell_off_, {})) {
    log::error("projection {} has stopped on the event at position {}: {}", stopped.projection, stopped.position.value,
               stopped.why);
    PLACET_ASSIGN(const auto live, catalog_.live(stopped.projection));
    PLACET_ASSIGN(const auto build, catalog_.build(stopped.projection));
    if (live && !build)
      Catalog::put(batch, stopped.projection, BuildRow{live->version, live->generation, train_->size()});
    Catalog::erase_live(batch, stopped.projection);
  }
  return {};
}

Result<void> ProjectionHost::join(Handover& handover) {
  const std::string name(handover.type.name);
  PLACET_TRY(handover.fold.advance(train_->size()));
  if (handover.fold.riders() == 0 || handover.fold.size() != train_->size())
    return fail(ErrorCode::unavailable, fmt::format("{} could not catch up", name));

  const auto rows = std::make_shared<const Generation>(Generation{name, handover.build.generation});
  const std::lock_guard catalog(catalog_mutex_);
  PLACET_ASSIGN(const auto before, catalog_.live(name));
  if (before) snapshots_.forget();  // Whoever makes rows anew does not trust those that are there.
  PLACET_TRY(roster_.swap(rows, [&] {
    store::RowBatch batch;
    Catalog::put(batch, name, LiveRow{handover.build.version, handover.build.generation});
    Catalog::erase_build(batch, name);
    return views_.write(batch, store::Durability::buffered);
  }));
  train_->remove(name);
  train_->add(handover.fold.remove(name));
  unused_tables_ = true;
  return {};
}

Result<void> ProjectionHost::drop_unused() {
  const std::lock_guard catalog(catalog_mutex_);
  std::vector<std::string> in_use;
  PLACET_ASSIGN(const auto names, catalog_.names());
  for (const std::string& name : names) {
    PLACET_ASSIGN(const auto live, catalog_.live(name));
    PLACET_ASSIGN(const auto build, catalog_.build(name));
    if (live) in_use.push_back(Generation{name, live->generation}.suffix());
    if (build) in_use.push_back(Generation{name, build->generation}.suffix());
  }
  unused_tables_ = false;
  for (const std::string& table : views_.tables()) {
    if (table == Catalog::kTable) continue;
    const std::string suffix = table.substr(std::min(table.rfind('.'), table.size()));
    if (std::ranges::find(in_use, suffix) != in_use.end()) continue;
    if (roster_.in_use(suffix)) {
      unused_tables_ = true;  // a view still reads them
      continue;
    }
    PLACET_TRY(views_.drop_table(table));
  }
  return {};
}

}  // namespace placet::readside
