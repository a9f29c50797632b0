#pragma once

#include <cstdio>

#include "base/id.h"

namespace placet::cli {

/// Shows on stderr how far it is, in one line that goes away.
class Meter {
 public:
  explicit Meter(const char* what) : what_(what) {}
  ~Meter() { std::fprintf(stderr, "\r"); }
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;
  void operator()(LogSize size) const {
    std::fprintf(stderr, "\r%s: %llu records", what_, static_cast<unsigned long long>(size.value));
  }

 private:
  const char* what_;
};

}  // namespace placet::cli
