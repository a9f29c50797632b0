#pragma once

#include <rocksdb/env.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>

namespace placet::testing {

/// Makes RocksDB's flushes and compactions happen at the same moments in every run: one at a time, in the order in
/// which they were scheduled, and while nobody holds them. A database that is closed lets them go. They wait neither
/// for an idle processor nor, after an error, for a second.
class OrderlyEnv final : public rocksdb::EnvWrapper {
 public:
  explicit OrderlyEnv(std::unique_ptr<rocksdb::Env> target) : EnvWrapper(std::move(target)) {
    file_system_ = EnvWrapper::target()->GetFileSystem();
  }

  /// Waits for jobs that have finished what RocksDB waits for, but not yet come back.
  ~OrderlyEnv() override;

  /// From now on jobs wait.
  void hold();
  void let_go();
  /// Waits until none is left. Whoever holds them waits forever.
  void drain();

  const char* Name() const override { return "OrderlyEnv"; }
  void Schedule(void (*run)(void*), void* argument, Priority pool, void* tag, void (*drop)(void*)) override;
  int UnSchedule(void* tag, Priority pool) override;
  rocksdb::Status LowerThreadPoolCPUPriority(Priority, rocksdb::CpuPriority) override { return {}; }
  void SleepForMicroseconds(int) override {}

 private:
  struct Job {
    OrderlyEnv& env;
    std::uint64_t number;
    void (*run)(void*);
    void (*drop)(void*);
    void* argument;
  };
  static void run_job(void* job);
  static void drop_job(void* job);
  void done(std::uint64_t number);

  std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  bool held_ = false;
  std::uint64_t scheduled_ = 0;
  std::set<std::uint64_t> jobs_;  // the first one runs, or is the next to run
};

}  // namespace placet::testing
