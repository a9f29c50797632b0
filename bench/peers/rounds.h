#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/peers/system.h"

namespace placet::bench {

/// Systems in turn, so that what the machine does to one it does to the others; medians over the rounds.
class Rounds {
 public:
  /// Placet is the first. `folder` is on the disk that is measured.
  Rounds(std::vector<std::unique_ptr<System>>& systems, const std::filesystem::path& folder)
      : systems_(systems), folder_(folder) {}

  /// Each of these by each system that does it, for so many seconds.
  void round(std::span<const Shape> shapes, int seconds);

  /// In Markdown: what Placet does in terms of the others, and what each number rests on.
  std::string tables() const;
  /// Events a second, by shape and system; of `connections_64` also Placet's p99.
  nlohmann::ordered_json json() const;
  /// Placet's, in the shape `connections`; nothing if that was not measured.
  std::optional<double> p99_micros() const;

 private:
  struct Sample {
    double per_second = 0;
    double p50_micros = 0, p99_micros = 0;      // where commands were sent singly
    double client_share = 0, server_share = 0;  // 1: one processor all the time
    double events_per_sync = 0;                 // of the disk's cache; 0: there were none
    double bytes_written = 0;                   // to the disk, per event
    double bytes_stored = 0;                    // of batches: `System::stored_bytes`
  };
  using Samples = std::vector<Sample>;  // one per round

  Sample measure(System& system, Shape shape, int seconds);
  const Samples* samples_of(Shape shape, std::string_view system) const;
  std::string ratio(Shape shape, std::string_view peer) const;

  std::vector<std::unique_ptr<System>>& systems_;
  const std::filesystem::path folder_;
  std::map<std::pair<Shape, std::string>, Samples> samples_;
};

}  // namespace placet::bench
