#include "base/thread.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

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

void run_as_others(int thread) {
  const sched_param none{};
  // Where it is not permitted, the thread runs as it did.
  sched_setscheduler(thread, SCHED_OTHER, &none);
}

}  // namespace placet
