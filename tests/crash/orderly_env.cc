#include "tests/crash/orderly_env.h"

namespace placet::testing {

OrderlyEnv::~OrderlyEnv() { drain(); }

void OrderlyEnv::hold() {
  const std::lock_guard lock(mutex_);
  held_ = true;
}

void OrderlyEnv::let_go() {
  const std::lock_guard lock(mutex_);
  held_ = false;
  changed_.notify_all();
}

void OrderlyEnv::drain() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return jobs_.empty(); });
}

void OrderlyEnv::Schedule(void (*run)(void*), void* argument, Priority pool, void* tag, void (*drop)(void*)) {
  std::unique_ptr<Job> job;
  {
    const std::lock_guard lock(mutex_);
    job.reset(new Job{*this, scheduled_++, run, drop, argument});
    jobs_.insert(job->number);
  }
  target()->Schedule(&run_job, job.release(), pool, tag, &drop_job);
}

int OrderlyEnv::UnSchedule(void* tag, Priority pool) {
  let_go();
  return target()->UnSchedule(tag, pool);
}

void OrderlyEnv::run_job(void* opaque) {
  const std::unique_ptr<Job> job(static_cast<Job*>(opaque));
  {
    std::unique_lock lock(job->env.mutex_);
    job->env.changed_.wait(lock, [&] { return !job->env.held_ && *job->env.jobs_.begin() == job->number; });
  }
  job->run(job->argument);
  job->env.done(job->number);
}

void OrderlyEnv::drop_job(void* opaque) {
  const std::unique_ptr<Job> job(static_cast<Job*>(opaque));
  if (job->drop != nullptr) job->drop(job->argument);
  job->env.done(job->number);
}

void OrderlyEnv::done(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  jobs_.erase(number);
  changed_.notify_all();
}

}  // namespace placet::testing
