#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace placet {

namespace {
thread_local int barriers_on_this_thread = 0;
}

BugBarrier::BugBarrier() { ++barriers_on_this_thread; }
BugBarrier::~BugBarrier() { --barriers_on_this_thread; }

void check_failed(const char* condition, const char* file, int line, const std::string& detail) {
  const std::string text = std::string(file) + ":" + std::to_string(line) + ": check failed: " + condition +
                           (detail.empty() ? "" : ": ") + detail;
  if (barriers_on_this_thread > 0) throw BugFound(text);
  std::fprintf(stderr, "%s\n", text.c_str());
  std::abort();
}

}  // namespace placet
