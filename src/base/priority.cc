#include "base/priority.h"

#include <sys/resource.h>
#include <unistd.h>

namespace placet {

void lower_this_threads_priority() {
  constexpr int kNice = 10;
  // It can only fail for a thread that does not exist; then it is not one of ours.
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
}

}  // namespace placet
