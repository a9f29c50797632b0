#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/bytes.h"

/// RocksDB's write-ahead logs, by their format (public: RocksDB's wiki, "Write Ahead Log File Format").
namespace placet::testing {

/// The newest of a database that has some.
inline std::filesystem::path write_ahead_log(const std::filesystem::path& database) {
  std::filesystem::path newest;
  for (const auto& entry : std::filesystem::directory_iterator(database))
    if (entry.path().extension() == ".log") newest = std::max(newest, entry.path());
  return newest;
}

/// Where the records of its last block start.
///
///   block  = 32,768 bytes, the last may be shorter: record*
///   record = u32 checksum || u16-little-endian length || u8 type || so many bytes
inline std::vector<std::uint64_t> records_of_last_block(const Bytes& log) {
  constexpr std::uint64_t kBlock = 32'768, kHeader = 7;
  std::vector<std::uint64_t> starts;
  std::uint64_t at = log.empty() ? 0 : (log.size() - 1) / kBlock * kBlock;
  while (at + kHeader < log.size()) {
    starts.push_back(at);
    const auto byte = [&](std::uint64_t i) { return static_cast<unsigned char>(log[at + i]); };
    at += kHeader + (byte(4) | static_cast<unsigned>(byte(5)) << 8U);
  }
  return starts;
}

}  // namespace placet::testing
