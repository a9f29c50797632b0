#include "engine/committer.h"

#include <utility>

#include "base/check.h"
#include "base/thread.h"

namespace placet::engine {

Committer::Committer(Surroundings surroundings, store::HeadFile head)
    : around_(std::move(surroundings)),
      anchor_(std::move(head)),
      in_flight_(around_.log.size()),
      thread_([this] { run(); }) {}

Committer::~Committer() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool Committer::idle() const {
  const std::lock_guard lock(mutex_);
  return !busy_;
}

void Committer::commit(Decided& decided) {
  const LogSize end = decided.group.end();
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !busy_; });
    std::swap(in_flight_, decided);
    busy_ = true;
  }
  changed_.notify_all();
  decided.group.clear(end);
}

void Committer::run() {
  name_this_thread("committer");
  hurry_this_thread();
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return busy_ || stop_; });
    if (!busy_) return;
    lock.unlock();
    finish(in_flight_);
    lock.lock();
    busy_ = false;
    lock.unlock();
    changed_.notify_all();
    around_.on_idle();
    lock.lock();
  }
}

/// The order matters. An answer before the sync could promise what a power cut takes away; a head before the sync would
/// name records that are not there, and the next start would refuse a healthy log.
void Committer::finish(Decided& decided) {
  somebody_waits();
  const bool grew = !decided.group.empty();
  if (grew) {
    const auto appended = around_.log.append(decided.group);
    PLACET_CHECK(appended.has_value(), appended.error().message);
    anchor_.wait();
  }
  const LogSize size = decided.group.end();
  for (auto& request : decided.answered) request->answer(std::move(request->outcomes), size);
  decided.answered.clear();
  if (grew) {
    const store::Head head{size, decided.root};
    anchor_.reached(head);
    around_.on_durable(head);
  }
}

}  // namespace placet::engine
