#include "rpc/frame_scanner.h"

#include <algorithm>
#include <string>

namespace placet::rpc {

namespace {

constexpr std::uint64_t kWordBytes = 8;
constexpr unsigned kIntegerBytes = 4;

}  // namespace

Result<void> FrameScanner::feed(BytesView bytes) {
  while (!bytes.empty()) {
    if (!is_within_frame()) ++frames_begun_;
    if (part_ == Part::segments) {
      const auto passed = std::min<std::uint64_t>(bytes.size(), segment_bytes_);
      bytes.remove_prefix(passed);
      segment_bytes_ -= passed;
      if (segment_bytes_ == 0) part_ = Part::count;
      continue;
    }
    partial_ |= std::uint32_t{static_cast<std::uint8_t>(bytes.front())} << (8 * partial_bytes_);
    bytes.remove_prefix(1);
    if (++partial_bytes_ < kIntegerBytes) continue;
    PLACET_TRY(take(partial_));
    partial_ = 0;
    partial_bytes_ = 0;
  }
  return {};
}

Result<void> FrameScanner::take(std::uint32_t integer) {
  if (part_ == Part::count) return take_count(integer);
  if (part_ == Part::sizes) return take_size(integer);
  part_ = Part::segments;
  return {};
}

Result<void> FrameScanner::take_count(std::uint32_t less_one) {
  // One more than this wraps to 0 in Cap'n Proto 0.9.2, which then writes behind an empty table of segments.
  if (less_one == UINT32_MAX) return fail(ErrorCode::invalid, "a frame with the segment count word FFFFFFFF");
  if (less_one >= limits_.segments_max)
    return fail(ErrorCode::full, "a frame of " + std::to_string(std::uint64_t{less_one} + 1) + " segments, at most " +
                                     std::to_string(limits_.segments_max));
  segments_ = less_one + 1;
  sizes_taken_ = 0;
  segment_bytes_ = 0;
  part_ = Part::sizes;
  return {};
}

Result<void> FrameScanner::take_size(std::uint32_t words) {
  // The root pointer is the first word of the first segment. Without this, a frame could also have no bytes at all.
  if (sizes_taken_ == 0 && words == 0) return fail(ErrorCode::invalid, "a frame whose first segment is empty");
  segment_bytes_ += words * kWordBytes;
  if (segment_bytes_ > limits_.message_words_max * kWordBytes)
    return fail(ErrorCode::full, "a frame of " + std::to_string(segment_bytes_ / kWordBytes) +
                                     " words or more, at most " + std::to_string(limits_.message_words_max));
  if (++sizes_taken_ == segments_) part_ = is_padded() ? Part::padding : Part::segments;
  return {};
}

}  // namespace placet::rpc
