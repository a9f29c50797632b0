#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/peers/placet.h"

/// What concerns Placet alone, of a ledger of some size.
namespace placet::bench {

/// What the events between two sizes of a log cost.
struct Cost {
  std::uint64_t events = 0;  // where that stretch ends
  double wall_micros = 0;    // per event
  double server_micros = 0;  // of processor time of placetd, per event
};
/// Enters hours in batches until there are so many events; from 100,000 on, eight stretches for each power of ten.
std::vector<Cost> fill(PlacetSystem& placet, std::uint64_t events);
/// As an SVG, over a logarithmic axis of events.
std::string plot(const std::vector<Cost>& costs);

/// Kills placetd under batches, with 100 MB in the write-ahead log; from starting it again to the first durable answer,
/// that many times.
std::vector<double> start_millis(PlacetSystem& placet, unsigned kills);

/// The most that placetd has in memory within so many seconds after a start, in MiB: 1,000 commands a second, and 100
/// followers of everything who follow live. Throws if they did not get all of it.
std::uint64_t live_mib(PlacetSystem& placet, int seconds);

/// Where the bytes of a log are when everything is compacted, per event.
struct LogBytes {
  std::uint64_t events = 0;
  double records = 0;                                 // themselves, as the ledger made them
  double framed = 0;                                  // lengths of records, keys of chunks
  std::vector<std::pair<std::string, double>> files;  // on disk, of each column
  double other_files = 0;                             // on disk, of none
  /// All but the records themselves.
  double overhead() const;
};
LogBytes log_bytes(const std::filesystem::path& log);

}  // namespace placet::bench
