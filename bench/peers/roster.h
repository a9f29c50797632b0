#pragma once

#include <vector>

#include "base/random.h"
#include "tools/client/world.h"

namespace placet::bench {

/// Commands of a thousand events each: the hours of ten workers over two weeks, from a roster. Then those of the next
/// ten, and when all have theirs the next two weeks.
class Roster {
 public:
  /// The workers are a multiple of ten.
  Roster(std::uint64_t seed, std::vector<client::PlacedWorker> workers, Date first_monday)
      : random_(seed), workers_(std::move(workers)), monday_(first_monday) {}

  domain::ImportHours next();
  /// A submission of the next one, with an id of its own.
  void fill(schema::Submission::Builder submission);

 private:
  SeededRandom random_;
  RisingUuids command_ids_;
  std::vector<client::PlacedWorker> workers_;
  Date monday_;
  std::size_t worker_ = 0;
};

}  // namespace placet::bench
