#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/bytes.h"
#include "bench/measure.h"

namespace placet::bench {

/// RocksDB alone, as a user would try it first: one Put per event, the options of our own `records` column, values of
/// `value_bytes` incompressible bytes, sync. The floor that the whole path is held against.
Work raw_batches(const std::filesystem::path& folder, std::size_t value_bytes, unsigned batch, int seconds);
Work raw_single_puts(const std::filesystem::path& folder, std::size_t value_bytes, unsigned threads, int seconds);

/// Incompressible bytes, others for each number; they stay.
BytesView noise_at(std::uint64_t number, std::size_t bytes);

/// Microseconds of `count` fdatasyncs, each after an append of 4 KiB, on an idle file.
std::vector<std::int64_t> fdatasync_micros(const std::filesystem::path& folder, unsigned count);

}  // namespace placet::bench
