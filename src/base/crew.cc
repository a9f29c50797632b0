#include "base/crew.h"

#include "base/thread.h"

namespace placet {

Crew::Crew(unsigned helpers, Runs runs) {
  for (unsigned i = 0; i < helpers; ++i) helpers_.emplace_back([this, runs] { help(runs); });
}

Crew::~Crew() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  wake_.notify_all();
  for (std::jthread& helper : helpers_) hurry_to_end(helper);
}

void Crew::run(std::size_t count, const std::function<void(std::size_t)>& task) {
  {
    const std::lock_guard lock(mutex_);
    task_ = &task;
    count_ = count;
    next_ = 0;
    working_ = helpers_.size();
    ++round_;
    wake_.notify_all();
  }
  work();
  std::unique_lock lock(mutex_);
  done_.wait(lock, [&] { return working_ == 0; });
}

void Crew::help(Runs runs) {
  name_this_thread("fold");
  if (runs == Runs::when_idle) run_when_idle(this_thread());
  std::uint64_t seen = 0;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || round_ != seen; });
      if (stopping_) return;
      seen = round_;
    }
    work();
    const std::lock_guard lock(mutex_);
    if (--working_ == 0) done_.notify_one();
  }
}

void Crew::work() {
  for (std::size_t next = next_++; next < count_; next = next_++) (*task_)(next);
}

}  // namespace placet
