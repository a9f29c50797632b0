#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/id.h"
#include "base/stream_id.h"
#include "crypto/short_hash.h"
#include "store/group.h"

namespace placet::audit {

/// Whether two walks met the same index entries, in whatever order: sums of keyed hashes, which nobody who could change
/// the rows knows. One walk adds, the other takes away. A sum for each 256 positions says where they differ, so that
/// 10 million records take 600 KiB.
class IndexSums {
 public:
  static constexpr std::uint64_t kBlock = 256;

  /// Version `version` of that stream stands there; `times`: 1 to add, -1 to take away.
  void stream(const StreamId& stream, StreamVersion version, LogPosition position, int times);
  /// That command's events stand there.
  void command(const store::CommandKey& key, const store::CommandRow& row, int times);
  /// `version` is the newest of its stream. Of a stream whose versions follow one another all but the newest cancel
  /// out: add each, and take away the one before it.
  void head(const StreamId& stream, StreamVersion version, int times);

  /// The blocks in which they differ.
  std::vector<std::uint64_t> wrong_stream_blocks() const { return wrong(streams_); }
  std::vector<std::uint64_t> wrong_command_blocks() const { return wrong(commands_); }
  bool heads_differ() const;
  /// Whether the head of that stream may be one that differs: one in 4,096 of others is taken for it.
  bool may_differ(const StreamId& stream) const { return heads_[bucket(stream)] != 0; }

 private:
  static constexpr std::size_t kBuckets = 4'096;

  std::size_t bucket(const StreamId& stream) const;
  static void add(std::vector<std::uint64_t>& sums, LogPosition position, std::uint64_t value, int times);
  static std::vector<std::uint64_t> wrong(const std::vector<std::uint64_t>& sums);

  crypto::ShortHash hash_;
  std::vector<std::uint64_t> streams_;
  std::vector<std::uint64_t> commands_;
  std::array<std::uint64_t, kBuckets> heads_{};
};

}  // namespace placet::audit
