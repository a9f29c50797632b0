#include "store/group.h"

#include <gmock/gmock.h>

#include "base/check.h"
#include "base/random.h"
#include "store/log_format.h"

namespace placet::store {
namespace {

using ::testing::ElementsAre;

constexpr StreamId kAnna{1, {0, 1}};
constexpr StreamId kBart{1, {0, 2}};

std::vector<std::uint64_t> positions_of(const Group::StreamRow& row) {
  std::vector<std::uint64_t> positions;
  std::uint64_t position = 0;
  for (BytesView rest = row.positions; !rest.empty(); positions.push_back(position)) position += *take_varint(rest);
  return positions;
}

TEST(Group, HasOneRowPerStreamWithItsPositions) {
  Group group({1'000});
  group.add_record(kAnna, {5}, "a5");
  group.add_record(kBart, {0}, "b0");
  group.add_record(kAnna, {6}, "a6");

  ASSERT_EQ(group.stream_rows().size(), 2u);
  const Group::StreamRow& anna = group.stream_rows()[0];
  EXPECT_EQ(anna.stream, kAnna);
  EXPECT_EQ(anna.first, StreamVersion{5});
  EXPECT_EQ(anna.last(), StreamVersion{6});
  EXPECT_THAT(positions_of(anna), ElementsAre(1'000, 1'002));
  EXPECT_THAT(positions_of(group.stream_rows()[1]), ElementsAre(1'001));
  EXPECT_EQ(group.end().value, 1'003u);
}

TEST(Group, ClosesAChunkWithTheRecordThatFillsIt) {
  Group group({10});
  group.add_record(kAnna, {0}, Bytes(kChunkBytes - 3, 'a'));  // 8,191 bytes with its length: not yet full
  group.add_record(kAnna, {1}, "b");
  group.add_record(kAnna, {2}, "c");
  group.add_record(kAnna, {3}, Bytes(kRecordBytesMax, 'd'));
  group.add_record(kAnna, {4}, "e");

  ASSERT_EQ(group.chunk_count(), 3u);
  EXPECT_EQ(group.chunk(0).first.value, 10u);
  EXPECT_EQ(count_framed(group.chunk(0).framed), 2u);
  EXPECT_EQ(group.chunk(1).first.value, 12u);
  EXPECT_EQ(count_framed(group.chunk(1).framed), 2u);
  EXPECT_EQ(group.chunk(2).first.value, 14u);
  EXPECT_EQ(group.chunk(2).framed, BytesView("\0\1e", 3));
}

TEST(Group, IsEmptyAgainAfterClear) {
  Group group({0});
  group.add_record(kAnna, {0}, "a0");
  group.add_command({{1, 1}, {2, 2}}, {{0}, 1});
  group.add_tile({0, 0, Bytes(kTileBytes, 'x')});
  EXPECT_FALSE(group.empty());
  EXPECT_GT(group.bytes(), kTileBytes);

  group.clear({7});

  EXPECT_TRUE(group.empty());
  EXPECT_EQ(group.bytes(), 0u);
  EXPECT_EQ(group.chunk_count(), 0u);
  EXPECT_TRUE(group.stream_rows().empty());
  group.add_record(kAnna, {9}, "a9");
  EXPECT_THAT(positions_of(group.stream_rows()[0]), ElementsAre(7));
}

TEST(Group, KeepsThousandsOfStreamsApart) {
  SeededRandom random(20261012);
  std::vector<StreamId> streams;
  for (std::uint64_t i = 0; i < 3'000; ++i)
    streams.push_back({static_cast<std::uint8_t>(i % 5), {i % 2, random.next()}});
  Group group({0});
  for (std::uint32_t version = 0; version < 2; ++version)
    for (const StreamId& stream : streams) group.add_record(stream, {version}, "r");

  ASSERT_EQ(group.stream_rows().size(), streams.size());
  for (std::size_t i = 0; i < streams.size(); ++i) {
    EXPECT_EQ(group.stream_rows()[i].stream, streams[i]);
    EXPECT_THAT(positions_of(group.stream_rows()[i]), ElementsAre(i, i + streams.size()));
  }
}

TEST(Group, AGapInTheVersionsOfAStreamIsABug) {
  Group group({0});
  group.add_record(kAnna, {5}, "a5");
  const BugBarrier barrier;
  EXPECT_THROW(group.add_record(kAnna, {7}, "a7"), BugFound);
  EXPECT_THROW(group.add_record(kAnna, {5}, "a5 again"), BugFound);
}

TEST(Group, ARecordOfNoByteOrTooManyIsABug) {
  Group group({0});
  const BugBarrier barrier;
  EXPECT_THROW(group.add_record(kAnna, {0}, ""), BugFound);
  EXPECT_THROW(group.add_record(kAnna, {0}, Bytes(kRecordBytesMax + 1, 'x')), BugFound);
}

TEST(Group, ACommandOutsideTheGroupIsABug) {
  Group group({10});
  group.add_record(kAnna, {0}, "a0");
  const BugBarrier barrier;
  EXPECT_THROW(group.add_command({{1, 1}, {2, 2}}, {{9}, 1}), BugFound);
  EXPECT_THROW(group.add_command({{1, 1}, {2, 2}}, {{10}, 2}), BugFound);
}

TEST(LogFormat, VarintsComeBackAndHalfOnesAreRefused) {
  for (const std::uint64_t value :
       {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, std::uint64_t{300'000}, UINT64_MAX}) {
    Bytes bytes;
    append_varint(bytes, value);
    BytesView whole = bytes;
    EXPECT_EQ(take_varint(whole), value);
    EXPECT_TRUE(whole.empty());
    BytesView half = BytesView(bytes).substr(0, bytes.size() - 1);
    EXPECT_EQ(take_varint(half), std::nullopt);
  }
  BytesView endless = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
  EXPECT_EQ(take_varint(endless), std::nullopt);
}

TEST(LogFormat, AChunkWhoseFramingDoesNotFitIsRefused) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(count_framed("\0\1a\0\2bb"sv), 2u);
  EXPECT_EQ(count_framed("\0\1a\0\2b"sv), std::nullopt);
  EXPECT_EQ(count_framed("\0\1a\0"sv), std::nullopt);
  EXPECT_EQ(count_framed("\0\0"sv), std::nullopt);
}

TEST(LogFormat, KeysSortAsTheirNumbers) {
  EXPECT_LT(position_key(255), position_key(256));
  EXPECT_LT(stream_row_key(kAnna, {255}), stream_row_key(kAnna, {256}));
  EXPECT_LT(stream_row_key(kAnna, {UINT32_MAX}), stream_row_key(kBart, {0}));
  EXPECT_EQ(trailing_u64(view_of(position_key(0x0102030405060708))), 0x0102030405060708u);
}

}  // namespace
}  // namespace placet::store
