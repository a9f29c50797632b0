#include "base/thread.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace placet {

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
  using Clock = std::chrono::steady_clock;
  constexpr auto kTurn = std::chrono::microseconds(200);
  thread_local auto since = Clock::now();
  if (Clock::now() - since < kTurn) return;
  if (runs_when_idle()) std::this_thread::sleep_for(std::chrono::nanoseconds(1));  // some 50 us, as timers go
  since = Clock::now();
}

void run_as_others(int thread) {
  const sched_param none{};
  // Where it is not permitted, the thread runs as it did.
  sched_setscheduler(thread, SCHED_OTHER, &none);
}

}  // namespace placet
