#include "rpc/frame_scanner.h"

#include <gtest/gtest.h>

#include "tests/unit/rpc/frames.h"

namespace placet::rpc {
namespace {

using testing::frame;
using testing::header;
using testing::integer;

constexpr FrameLimits kLimits{.segments_max = 511, .message_words_max = 1000};

/// One, two, three and four segments, an empty one among them: headers with and without padding.
Bytes honest_stream() { return frame({1}) + frame({1, 2}) + frame({3, 0, 1}) + frame({1, 1, 1, 1}); }

Bytes header_of_segments(std::uint32_t segments) {
  Bytes bytes = integer(segments - 1);
  for (std::uint32_t i = 0; i < segments; ++i) bytes += integer(1);
  return bytes;
}

TEST(FrameScanner, FollowsAnHonestStreamByteByByte) {
  FrameScanner scanner(kLimits);
  for (const char byte : honest_stream()) ASSERT_TRUE(scanner.feed({&byte, 1}));

  EXPECT_EQ(scanner.frames_begun(), 4u);
  EXPECT_FALSE(scanner.is_within_frame());
}

TEST(FrameScanner, FollowsAnHonestStreamThroughEveryPairOfSplitPoints) {
  const Bytes stream = honest_stream();
  for (std::size_t a = 0; a <= stream.size(); ++a)
    for (std::size_t b = a; b <= stream.size(); ++b) {
      FrameScanner scanner(kLimits);
      ASSERT_TRUE(scanner.feed(BytesView(stream).substr(0, a)));
      ASSERT_TRUE(scanner.feed(BytesView(stream).substr(a, b - a)));
      ASSERT_TRUE(scanner.feed(BytesView(stream).substr(b)));

      ASSERT_EQ(scanner.frames_begun(), 4u) << a << ", " << b;
      ASSERT_FALSE(scanner.is_within_frame()) << a << ", " << b;
    }
}

TEST(FrameScanner, IsWithinAFrameFromItsFirstByteToItsLast) {
  const Bytes bytes = frame({1, 2});
  FrameScanner scanner(kLimits);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_EQ(scanner.is_within_frame(), i != 0) << i;
    ASSERT_TRUE(scanner.feed(BytesView(bytes).substr(i, 1)));
  }
  EXPECT_FALSE(scanner.is_within_frame());
}

TEST(FrameScanner, FindsNothingUntilItSaidItMight) {
  for (const Bytes& bytes : {frame({5}), frame({1, 2}), header({1001}), header({1, 2000}), integer(0xffffffff)}) {
    FrameScanner scanner(kLimits);
    std::size_t next_finding = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const auto to_finding = scanner.bytes_to_finding();
      if (i == next_finding) next_finding += to_finding;
      ASSERT_EQ(i + to_finding, next_finding) << "at byte " << i;
      if (!scanner.feed(BytesView(bytes).substr(i, 1))) {
        EXPECT_EQ(i + 1, next_finding);
        break;
      }
    }
  }
}

TEST(FrameScanner, WaitsForTheWholeRestOnceItHasTheHeader) {
  for (const auto& [head, body] : {std::pair{header({5}), 40u}, {header({1, 2}), 24u}, {header({3, 0, 1}), 32u}}) {
    FrameScanner scanner(kLimits);
    ASSERT_TRUE(scanner.feed(head));
    EXPECT_EQ(scanner.bytes_to_finding(), body);
  }
}

TEST(FrameScanner, RefusesTheCountThatWrapsToZeroWithItsLastByte) {
  FrameScanner scanner(kLimits);
  ASSERT_TRUE(scanner.feed("\xff\xff\xff"));
  const auto refused = scanner.feed("\xff");

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
}

TEST(FrameScanner, RefusesMoreSegmentsThanAllowedWithTheCountAlone) {
  for (const std::uint32_t less_one : {511u, 512u, 0x7fffffffu, 0x80000000u, 0xfffffffeu}) {
    FrameScanner scanner(kLimits);
    const auto refused = scanner.feed(integer(less_one));
    ASSERT_FALSE(refused) << less_one;
    EXPECT_EQ(refused.error().code, ErrorCode::full) << less_one;
  }
}

TEST(FrameScanner, TakesAsManySegmentsAsAllowed) {
  FrameScanner scanner(kLimits);
  ASSERT_TRUE(scanner.feed(header_of_segments(511)));
  EXPECT_EQ(scanner.bytes_to_finding(), 511u * 8);
}

TEST(FrameScanner, TakesAFrameOfTheGreatestSizeAndRefusesOneWordMore) {
  EXPECT_TRUE(FrameScanner(kLimits).feed(header({1000})));
  EXPECT_TRUE(FrameScanner(kLimits).feed(header({999, 1})));
  EXPECT_FALSE(FrameScanner(kLimits).feed(header({1001})));
  EXPECT_FALSE(FrameScanner(kLimits).feed(header({1000, 1})));
}

TEST(FrameScanner, RefusesASizeBeforeTheSizesAfterIt) {
  const auto refused = FrameScanner(kLimits).feed(integer(2) + integer(600) + integer(600));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::full);
}

TEST(FrameScanner, AddsUpSizesWithoutOverflow) {
  Bytes bytes = integer(510);
  for (int i = 0; i < 511; ++i) bytes += integer(0xffffffff);

  EXPECT_FALSE(FrameScanner({.segments_max = 511, .message_words_max = 510ull * 0xffffffff}).feed(bytes));
  EXPECT_TRUE(FrameScanner({.segments_max = 511, .message_words_max = 511ull * 0xffffffff}).feed(bytes));
}

TEST(FrameScanner, RefusesAFrameWithoutRoomForARootPointer) {
  for (const Bytes& bytes : {header({0}), header({0, 1}), header({0, 0, 0})}) {
    const auto refused = FrameScanner(kLimits).feed(bytes);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  }
}

TEST(FrameScanner, RefusesAHostileFrameBehindHonestOnesHoweverItIsSplit) {
  const Bytes stream = honest_stream() + integer(0xffffffff);
  for (std::size_t at = 0; at < stream.size(); ++at) {
    FrameScanner scanner(kLimits);
    ASSERT_TRUE(scanner.feed(BytesView(stream).substr(0, at))) << at;
    ASSERT_FALSE(scanner.feed(BytesView(stream).substr(at))) << at;
  }
}

}  // namespace
}  // namespace placet::rpc
