#include "readside/roster.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "readside/catalog.h"

namespace placet::readside {

Roster::Roster(const store::EventLog& log, const store::RowStore& views, LedgerId ledger,
               const std::vector<projections::ProjectionType>& types)
    : log_(log), views_(views), ledger_(ledger) {
  for (const auto& type : types) entries_.push_back({type.name, type.version, nullptr, std::nullopt, std::nullopt});
}

// ---- queries

Result<View> Roster::view() const {
  const std::lock_guard lock(mutex_);
  return view_now();
}

Result<View> Roster::view_now() const {
  // The generations belong to the snapshot because `swap` writes under the same lock. The size comes out of the
  // snapshot, since the train writes without it.
  View::Generations generations;
  for (const Entry& one : entries_)
    if (one.rows) generations.push_back(one.rows);
  std::shared_ptr<const store::RowReader> snapshot = views_.snapshot();
  PLACET_ASSIGN(const LogSize size, readside::train_size(*snapshot));
  return View({ledger_, size}, std::move(snapshot), std::move(generations), false);
}

Result<AtLeast> Roster::at_least(LogSize size, std::chrono::milliseconds timeout,
                                 std::span<const std::string_view> projections) const {
  if (const LogSize log_size = log_.size(); size > log_size) return UnknownPosition{log_size};
  std::unique_lock lock(mutex_);
  const auto wanted = named(projections);
  const auto stopped = [](const Entry* one) { return !one->rows && one->stopped; };
  const auto live = [](const Entry* one) { return one->rows != nullptr; };
  const auto decided = [&] {
    return std::ranges::any_of(wanted, stopped) || (train_size_ >= size && std::ranges::all_of(wanted, live));
  };
  moved_.wait_for(lock, timeout, decided);
  if (const auto found = std::ranges::find_if(wanted, stopped); found != wanted.end()) return *(*found)->stopped;
  if (decided()) {
    PLACET_ASSIGN(View view, view_now());
    return Ready{std::move(view)};
  }
  LogSize reached = train_size_;
  for (const Entry* one : wanted)
    if (!one->rows) reached = std::min(reached, one->built.value_or(LogSize{}));
  return Behind{{ledger_, reached}};
}

std::vector<ProjectionStatus> Roster::status() const {
  const std::lock_guard lock(mutex_);
  std::vector<ProjectionStatus> all;
  for (const Entry& one : entries_) {
    ProjectionStatus& out = all.emplace_back();
    out.name = one.name;
    out.version = one.version;
    out.stopped = one.stopped;
    if (one.rows) {
      out.state = ProjectionState::live;
      out.size = train_size_;
      out.rebuilt = one.built;
    } else {
      out.state = one.stopped ? ProjectionState::stopped : ProjectionState::building;
      out.size = one.built.value_or(LogSize{});
    }
  }
  return all;
}

// ---- the host's threads

LogSize Roster::train_size() const {
  const std::lock_guard lock(mutex_);
  return train_size_;
}

bool Roster::has_stopped(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  return entry(name).stopped.has_value();
}

void Roster::publish(LogSize train_size) {
  const std::lock_guard lock(mutex_);
  train_size_ = train_size;
  moved_.notify_all();
}

void Roster::set_built(std::string_view name, std::optional<LogSize> size) {
  const std::lock_guard lock(mutex_);
  entry(name).built = size;
}

void Roster::stop(const Stopped& stopped) {
  const std::lock_guard lock(mutex_);
  Entry& one = entry(stopped.projection);
  one.stopped = stopped;
  one.built = train_size_;
  one.rows.reset();
  moved_.notify_all();
}

void Roster::stop_build(const Stopped& stopped) {
  const std::lock_guard lock(mutex_);
  entry(stopped.projection).stopped = stopped;
  moved_.notify_all();
}

void Roster::stop_all(const std::string& why) {
  const std::lock_guard lock(mutex_);
  for (Entry& one : entries_) {
    one.stopped = Stopped{std::string(one.name), {train_size_.value}, why};
    one.built = train_size_;
    one.rows.reset();
  }
  moved_.notify_all();
}

void Roster::forget_stop(std::string_view name) {
  const std::lock_guard lock(mutex_);
  entry(name).stopped.reset();
}

Result<void> Roster::swap(std::shared_ptr<const Generation> rows, const std::function<Result<void>()>& write) {
  const std::lock_guard lock(mutex_);
  PLACET_TRY(write());
  Entry& one = entry(rows->projection);
  one.rows = rows;
  one.built.reset();
  one.stopped.reset();
  std::erase_if(handed_out_, [](const auto& held) { return held.expired(); });
  handed_out_.push_back(rows);
  moved_.notify_all();
  return {};
}

bool Roster::in_use(std::string_view suffix) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(handed_out_, [&](const auto& held) {
    const auto generation = held.lock();
    return generation && generation->suffix() == suffix;
  });
}

const Roster::Entry& Roster::entry(std::string_view name) const {
  const auto found = std::ranges::find(entries_, name, &Entry::name);
  PLACET_CHECK(found != entries_.end(), "there is no projection " + std::string(name));
  return *found;
}
Roster::Entry& Roster::entry(std::string_view name) { return const_cast<Entry&>(std::as_const(*this).entry(name)); }

std::vector<const Roster::Entry*> Roster::named(std::span<const std::string_view> names) const {
  std::vector<const Entry*> found;
  if (names.empty())
    for (const Entry& one : entries_) found.push_back(&one);
  for (const std::string_view name : names) found.push_back(&entry(name));
  return found;
}

}  // namespace placet::readside
