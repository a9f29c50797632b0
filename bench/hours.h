#pragma once

#include "base/random.h"
#include "schema/ledger.capnp.h"

namespace placet::bench {

/// Entry commands as a back office sends them: five days of eight hours on one sheet, then the next placement.
class HourCommands {
 public:
  explicit HourCommands(std::uint64_t seed) : random_(seed) {}
  void fill(schema::Submission::Builder submission);

 private:
  SeededRandom random_;
  std::uint64_t count_ = 0;
  Uuid placement_;
  Uuid worker_;
};

}  // namespace placet::bench
