#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "readside/projection_host.h"

/// How long a look at the past takes, and whether it is right.
namespace placet::bench {

template <class T>
T require(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// How many rows each table has, and all of them, one after the other, as a hash.
using RowsByTable = std::map<std::string, std::pair<std::uint64_t, Digest>>;
RowsByTable rows_of(const readside::View& view);

/// The rows at `size` or beyond, as soon as they are there.
readside::View caught_up(readside::ProjectionHost& host, LogSize size);

struct PastOptions {
  std::uint64_t snapshot_every = readside::Snapshots::kEvery;
  unsigned looks = 20;        // at the whole books
  unsigned workers_at = 500;  // looks at one worker
};
/// Makes all rows of a log from 0 in `scratch`, with snapshots on the way. Then looks at random workers with at least
/// 200 events as of random sizes, and at whole books, which are held against another fold from 0.
void measure_past(const std::filesystem::path& log, LedgerId ledger, const std::vector<WorkerId>& workers,
                  const std::filesystem::path& scratch, const PastOptions& options);

}  // namespace placet::bench
