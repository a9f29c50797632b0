#include <capnp/serialize-async.h>
#include <kj/async-io.h>

#include <algorithm>
#include <cstring>

#include "rpc/frame_guard.h"
#include "tests/fuzz/fuzz_target.h"

using namespace placet;

namespace {

constexpr rpc::FrameLimits kLimits{.segments_max = 511, .message_words_max = 4096};

struct Verdict {
  unsigned complete_frames = 0;
  bool hostile = false;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

std::uint32_t integer_at(BytesView bytes, std::size_t at) {
  std::uint32_t value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// Cap'n Proto's framing read in one piece: the independent judge.
Verdict judge(BytesView stream) {
  Verdict verdict;
  while (stream.size() >= 4) {
    const std::uint64_t segments = std::uint64_t{integer_at(stream, 0)} + 1;
    if (segments > kLimits.segments_max) verdict.hostile = true;
    std::uint64_t words = 0;
    std::uint64_t header_bytes = 4;
    for (std::uint64_t i = 0; i < segments && !verdict.hostile && stream.size() >= header_bytes + 4; ++i) {
      const std::uint32_t size = integer_at(stream, header_bytes);
      header_bytes += 4;
      words += size;
      if (words > kLimits.message_words_max || (i == 0 && size == 0)) verdict.hostile = true;
    }
    if (verdict.hostile) return verdict;
    const std::uint64_t frame_bytes = (4 + 4 * segments + 7) / 8 * 8 + 8 * words;
    if (stream.size() < 4 + 4 * segments || stream.size() < frame_bytes) return verdict;
    ++verdict.complete_frames;
    stream.remove_prefix(frame_bytes);
  }
  return verdict;
}

Verdict scan(BytesView stream, std::size_t piece_bytes) {
  Verdict verdict;
  rpc::FrameScanner scanner(kLimits);
  while (!stream.empty() && !verdict.hostile) {
    const auto piece = stream.substr(0, piece_bytes);
    verdict.hostile = !scanner.feed(piece);
    stream.remove_prefix(piece.size());
  }
  verdict.complete_frames = static_cast<unsigned>(scanner.frames_begun()) - (scanner.is_within_frame() ? 1 : 0);
  return verdict;
}

kj::Promise<void> write_in_pieces(kj::AsyncOutputStream& to, BytesView bytes, std::size_t piece_bytes) {
  if (bytes.empty()) return kj::READY_NOW;
  const auto piece = bytes.substr(0, piece_bytes);
  return to.write(piece.data(), piece.size()).then([&to, bytes, piece_bytes, piece] {
    return write_in_pieces(to, bytes.substr(piece.size()), piece_bytes);
  });
}

/// Cap'n Proto behind the guard, fed in pieces.
Verdict read_guarded(BytesView stream, std::size_t piece_bytes) {
  Verdict verdict;
  kj::EventLoop loop;
  kj::WaitScope wait_scope(loop);
  kj::TimerImpl timer(kj::origin<kj::TimePoint>());
  auto pipe = kj::newTwoWayPipe();
  rpc::FrameGuard guard(kj::mv(pipe.ends[0]), timer, kLimits, 1 * kj::SECONDS,
                        [&](std::string_view) { verdict.hostile = true; });
  auto& peer = *pipe.ends[1];
  auto writing = write_in_pieces(peer, stream, piece_bytes)
                     .then([&peer] { peer.shutdownWrite(); })
                     .eagerlyEvaluate([](kj::Exception&&) {});
  capnp::ReaderOptions options;
  options.traversalLimitInWords = kLimits.message_words_max;
  try {
    while (capnp::tryReadMessage(guard, options).wait(wait_scope) != nullptr) ++verdict.complete_frames;
  } catch (const kj::Exception&) {
    // Cut off, or the stream ended within a frame.
  }
  return verdict;
}

}  // namespace

// The first byte of the input says how the rest is split.
PLACET_FUZZ_TARGET(input) {
  if (input.empty()) return;
  const std::size_t piece_bytes = 1 + static_cast<std::uint8_t>(input.front());
  input.remove_prefix(1);
  const Verdict expected = judge(input);
  PLACET_CHECK(scan(input, piece_bytes) == expected || expected.hostile, "an honest stream is scanned wrongly");
  PLACET_CHECK(scan(input, piece_bytes).hostile == expected.hostile, "a hostile frame is scanned wrongly");
  PLACET_CHECK(read_guarded(input, piece_bytes).hostile == expected.hostile, "the guard and the judge disagree");
  PLACET_CHECK(read_guarded(input, 1) == expected, "Cap'n Proto reads other frames than the judge");
}
