#include "base/thread.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace placet {

void name_this_thread(const char* name) {
  // It can only fail for a name that is too long; then the thread keeps that of the process.
  pthread_setname_np(pthread_self(), name);
}

void lower_this_threads_priority() {
  constexpr int kNice = 19;
  // It can only fail for a thread that does not exist; then it is not one of ours.
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
}

}  // namespace placet
