#pragma once

#include <vector>

#include "base/random.h"
#include "tools/client/world.h"

namespace placet::client {

/// Entry commands as a back office sends them: five days of eight hours on one sheet, then the next worker's, and when
/// all have theirs the next week.
class HourCommands {
 public:
  HourCommands(std::uint64_t seed, std::vector<PlacedWorker> workers, Date first_monday)
      : random_(seed), workers_(std::move(workers)), monday_(first_monday) {}

  domain::RecordEntry next();
  /// A submission of the next one, with an id of its own.
  void fill(schema::Submission::Builder submission);

 private:
  SeededRandom random_;
  RisingUuids command_ids_;
  std::vector<PlacedWorker> workers_;
  Date monday_;
  std::size_t worker_ = 0;
  int day_ = 0;
};

}  // namespace placet::client
