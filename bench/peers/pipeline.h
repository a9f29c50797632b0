#pragma once

#include <sys/epoll.h>
#include <unistd.h>

#include <chrono>
#include <deque>
#include <span>
#include <system_error>
#include <vector>

#include "bench/measure.h"

namespace placet::bench {

/// Says which of some connections have something to read.
class Poller {
 public:
  Poller() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll");
  }
  ~Poller() { ::close(epoll_); }
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  void add(int fd, std::size_t index) {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = index}};
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0)
      throw std::system_error(errno, std::generic_category(), "epoll");
    events_.emplace_back();
  }
  /// Calls it with the index of each, after waiting for one.
  template <class Visit>
  void wait(const Visit& visit) {
    const int count = ::epoll_wait(epoll_, events_.data(), static_cast<int>(events_.size()), -1);
    for (int i = 0; i < count; ++i) visit(events_[static_cast<std::size_t>(i)].data.u64);
  }

 private:
  int epoll_;
  std::vector<epoll_event> events_;
};

/// Callers on one thread: each connection has so many commands outstanding until the time is up, and gets the next one
/// for each answer. A connection has `fd()`; `ask()`, which may keep the command until `flush()`; and `answers()`,
/// which reads what came and says how many answers it was, in the order of the commands.
template <class Connection>
Work pipelined(std::span<const std::unique_ptr<Connection>> connections, unsigned outstanding,
               unsigned events_per_answer, int seconds) {
  std::vector<std::deque<Steady::time_point>> asked(connections.size());
  Poller poller;
  for (std::size_t i = 0; i < connections.size(); ++i) poller.add(connections[i]->fd(), i);
  Work work;
  const auto start = Steady::now();
  const auto end = start + std::chrono::seconds(seconds);
  const auto ask = [&](std::size_t i, unsigned commands) {
    for (unsigned n = 0; n < commands; ++n) {
      asked[i].push_back(Steady::now());
      connections[i]->ask();
    }
    connections[i]->flush();
  };
  for (std::size_t i = 0; i < connections.size(); ++i) ask(i, outstanding);
  std::size_t waited_for = connections.size() * outstanding;
  while (waited_for > 0) {
    poller.wait([&](std::size_t i) {
      const unsigned answers = connections[i]->answers();
      const auto now = Steady::now();
      for (unsigned n = 0; n < answers; ++n) {
        work.micros.push_back(std::chrono::duration_cast<std::chrono::microseconds>(now - asked[i].front()).count());
        asked[i].pop_front();
      }
      if (now < end)
        ask(i, answers);
      else
        waited_for -= answers;
    });
  }
  work.seconds = seconds_since(start);
  work.events = work.micros.size() * events_per_answer;
  return work;
}

}  // namespace placet::bench
