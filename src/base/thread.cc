#include "base/thread.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "base/turns.h"

namespace placet {

namespace {

std::atomic<Turns::Clock::time_point> awaited;  // when somebody last was

}  // namespace

void name_this_thread(const char* name) {
  // It can only fail for a name that is too long; then the thread keeps that of the process.
  pthread_setname_np(pthread_self(), name);
}

void hurry_this_thread() {
  constexpr int kNice = -10;
  // Where it is not permitted, the thread runs as it did.
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
}

int this_thread() { return gettid(); }

void run_when_idle(int thread) {
  const sched_param none{};
  // It can only fail for a thread that does not exist; then it is not one of ours.
  sched_setscheduler(thread, SCHED_IDLE, &none);
}

bool runs_when_idle() { return sched_getscheduler(0) == SCHED_IDLE; }

void let_go() {
  constexpr auto kTimerSlack = std::chrono::microseconds(50);  // by so much Linux lets a thread sleep longer
  static Turns turns(std::max(2U, std::thread::hardware_concurrency()) - 1);
  thread_local Turns::Clock::time_point turn_ends;
  const auto now = Turns::Clock::now();
  if (now < turn_ends) return;
  const auto unawaited = now - awaited.load();
  if (unawaited < std::chrono::seconds(1) && runs_when_idle()) {
    const bool is_awaited = unawaited < std::chrono::milliseconds(100);
    std::this_thread::sleep_for((is_awaited ? turns.next(now) - now : Turns::kPause) - kTimerSlack);
  }
  turn_ends = Turns::Clock::now() + Turns::kTurn;
}

void somebody_waits() { awaited = Turns::Clock::now(); }

void run_as_others(int thread) {
  const sched_param none{};
  // Where it is not permitted, the thread runs as it did.
  sched_setscheduler(thread, SCHED_OTHER, &none);
}

void hurry_to_end(std::jthread& thread) {
  const sched_param none{};
  if (thread.joinable()) pthread_setschedparam(thread.native_handle(), SCHED_OTHER, &none);
}

}  // namespace placet
