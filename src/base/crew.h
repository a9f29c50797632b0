#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace placet {

/// Threads that help another one with its work, a round of tasks at a time.
class Crew {
 public:
  enum class Runs : std::uint8_t {
    when_idle,  // as the one that they help does
    as_others,  // somebody waits for them
  };
  explicit Crew(unsigned helpers, Runs runs = Runs::when_idle);
  ~Crew();

  /// Runs `task(0)` to `task(count - 1)`, each once, on this thread and the helpers, whoever is free taking the next
  /// one, and returns when all have ended. No task may throw.
  void run(std::size_t count, const std::function<void(std::size_t)>& task);

 private:
  void help(Runs runs);
  /// Takes tasks of the round as long as there are any.
  void work();

  const std::function<void(std::size_t)>* task_ = nullptr;  // of the round
  std::size_t count_ = 0;
  std::atomic<std::size_t> next_ = 0;

  std::mutex mutex_;  // guards what is below, and when the above changes
  std::condition_variable wake_;
  std::condition_variable done_;
  std::uint64_t round_ = 0;
  std::size_t working_ = 0;  // helpers that have not ended the round
  bool stopping_ = false;

  std::vector<std::jthread> helpers_;
};

}  // namespace placet
