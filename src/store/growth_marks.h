#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/id.h"
#include "base/stream_id.h"

namespace placet::store {

/// Which streams grew lately, so that whoever keeps the state of one need not read its head to know that it stands.
/// 1 MiB whatever the log's size: streams share a mark by hash, so that a stream that did not grow may look as if it
/// had, never the other way round. The appending thread writes, any thread reads.
class GrowthMarks {
 public:
  /// Of a log of that size at its opening: earlier growth is not known, so it is assumed.
  explicit GrowthMarks(LogSize opened) : sizes_(std::make_unique<std::atomic<std::uint64_t>[]>(kMarks)) {
    for (std::size_t i = 0; i < kMarks; ++i) sizes_[i].store(opened.value, std::memory_order_relaxed);
  }

  /// To be called before the log's new size is published: a reader who knows that size then sees the mark as well.
  void grown(const StreamId& stream, LogSize size) { mark(stream).store(size.value, std::memory_order_relaxed); }
  /// Whether the stream may have records at or above `since`.
  bool may_have_grown(const StreamId& stream, LogSize since) const {
    return mark(stream).load(std::memory_order_relaxed) > since.value;
  }

 private:
  static constexpr std::size_t kMarks = std::size_t{1} << 17;
  std::atomic<std::uint64_t>& mark(const StreamId& stream) const {
    return sizes_[StreamIdHash{}(stream) & (kMarks - 1)];
  }

  std::unique_ptr<std::atomic<std::uint64_t>[]> sizes_;  // of the log when a stream of that mark grew last
};

}  // namespace placet::store
