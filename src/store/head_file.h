#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"

namespace placet::store {

/// The newest size and root that the log is known to have reached.
struct Head {
  LogSize size;
  Digest root{};
  friend bool operator==(const Head&, const Head&) = default;
};

/// The head anchor: a file outside the log database that says how far the log had come, because RocksDB cannot tell
/// that acknowledged records vanished (TRUST section 1). Owned and used by one thread.
///
///   file := slot slot                                              8,192 bytes, never another size
///   slot := "PLCTHEAD" || u64 sequence || u64 size || 32 bytes root || u32 crc || zeros up to 4,096 bytes
///
/// Integers are big-endian; crc is the CRC-32 of zlib over the 56 bytes before it; sequence counts writes from 1. The
/// readable slot with the higher sequence is the head. A write goes over the other slot, so that a torn one leaves the
/// head before it readable; two files of one size and no new blocks make that one cheap overwrite.
class HeadFile {
 public:
  /// A new file in which nothing was written yet; durable on return. An existing file is an error.
  static Result<HeadFile> create(const std::filesystem::path& path);
  /// `not_found` when there is no file; `corrupt` as in `read`, or when it has another size.
  static Result<HeadFile> open(const std::filesystem::path& path);

  /// To look at it: on a copy that may not be written.
  static Result<HeadFile> open_read_only(const std::filesystem::path& path);

  HeadFile(HeadFile&& other) noexcept;
  HeadFile& operator=(HeadFile&& other) noexcept;
  ~HeadFile();

  /// The newest head; nothing when none was ever written (every byte is zero); `corrupt` when no slot is readable.
  Result<std::optional<Head>> read() { return find_newest(); }
  /// Replaces the head; durable on return. `size` must be durable in the log already, else an ordinary power cut would
  /// look like lost records.
  Result<void> write(const Head& head);

 private:
  HeadFile(std::filesystem::path path, int fd) : path_(std::move(path)), fd_(fd) {}
  static Result<HeadFile> open(const std::filesystem::path& path, int flags);
  Result<std::optional<Head>> find_newest();

  std::filesystem::path path_;
  int fd_ = -1;
  std::uint64_t sequence_ = 0;  // of the newest slot
  unsigned newest_slot_ = 1;
};

}  // namespace placet::store
