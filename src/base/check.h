#pragma once

#include <stdexcept>
#include <string>

namespace placet {

/// A broken assumption of our own code. Thrown only inside a `BugBarrier`; elsewhere a failed check aborts the process.
class BugFound : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// While one of these lives on a thread, a failed PLACET_CHECK there throws `BugFound` instead of aborting. The engine
/// stands one around decide and evolve, which run on copies: that command is refused as `bug`, the rest goes on.
class BugBarrier {
 public:
  BugBarrier();
  ~BugBarrier();
  BugBarrier(const BugBarrier&) = delete;
  BugBarrier& operator=(const BugBarrier&) = delete;
};

[[noreturn]] void check_failed(const char* condition, const char* file, int line, const std::string& detail = {});

}  // namespace placet

/// Checked in release builds too. The optional second argument is a std::string that says more.
#define PLACET_CHECK(condition, ...)                                                     \
  do {                                                                                   \
    if (!(condition)) [[unlikely]]                                                       \
      ::placet::check_failed(#condition, __FILE__, __LINE__ __VA_OPT__(, ) __VA_ARGS__); \
  } while (false)
