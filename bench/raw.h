#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace placet::bench {

/// RocksDB alone, as a user would try it first: one Put per event, the options of our own `records` column, values of
/// `value_bytes` incompressible bytes, sync. The floor that the whole path is held against.
double raw_batches_per_second(const std::filesystem::path& folder, std::size_t value_bytes, unsigned batch,
                              int seconds);
double raw_single_puts_per_second(const std::filesystem::path& folder, std::size_t value_bytes, unsigned threads,
                                  int seconds);

/// Microseconds of `count` fdatasyncs, each after an append of 4 KiB, on an idle file.
std::vector<std::int64_t> fdatasync_micros(const std::filesystem::path& folder, unsigned count);

}  // namespace placet::bench
