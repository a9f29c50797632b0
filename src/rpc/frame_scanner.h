#pragma once

// Cap'n Proto's framing of a stream of messages (capnproto.org/encoding.html), all integers u32 little-endian:
//
//   stream  = frame*
//   frame   = count-less-one size+ [padding] segment+     count sizes, then count segments
//   size    = words of 8 bytes in that segment
//   padding = 4 bytes, when they are needed to end the header on a word

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace placet::rpc {

struct FrameLimits {
  std::uint32_t segments_max = 511;  // Cap'n Proto 0.9.2 refuses 512 itself
  /// Of all segments together. Cap'n Proto makes room for what a header claims, so this is also what a peer can make
  /// us reserve by sending 8 bytes. Not above the traversal limit of the reader behind it.
  std::uint64_t message_words_max = 8 * 1024 * 1024 / 8;
};

/// Follows the frames of a stream by their headers alone, in pieces of any length. For one connection; looks, keeps
/// nothing.
class FrameScanner {
 public:
  explicit FrameScanner(const FrameLimits& limits) : limits_(limits) {}

  /// Takes the next bytes of the stream. `invalid` for a header that no honest peer sends, `full` for a frame over the
  /// limits: found with the last byte that it takes to know, and final.
  Result<void> feed(BytesView bytes);

  bool is_within_frame() const { return part_ != Part::count || partial_bytes_ != 0; }
  /// How many bytes of the current frame `feed` can take, together or apart, before it may find anything; never 0.
  std::uint64_t bytes_to_finding() const { return part_ == Part::segments ? segment_bytes_ : 4 - partial_bytes_; }
  std::uint64_t frames_begun() const { return frames_begun_; }

 private:
  enum class Part { count, sizes, padding, segments };

  Result<void> take(std::uint32_t integer);
  Result<void> take_count(std::uint32_t less_one);
  Result<void> take_size(std::uint32_t words);
  bool is_padded() const { return segments_ % 2 == 0; }

  FrameLimits limits_;
  Part part_ = Part::count;
  std::uint32_t partial_ = 0;        // the integer being read
  unsigned partial_bytes_ = 0;       // how much of it is there
  std::uint32_t segments_ = 0;       // in this frame
  std::uint32_t sizes_taken_ = 0;    // of them
  std::uint64_t segment_bytes_ = 0;  // that the sizes taken promise, less those passed by
  std::uint64_t frames_begun_ = 0;
};

}  // namespace placet::rpc
