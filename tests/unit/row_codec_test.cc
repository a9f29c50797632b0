#include "store/row_codec.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <vector>

namespace placet::store {
namespace {

enum class Phase : std::uint8_t { open = 1, paid = 2 };

struct Row {
  WorkerId worker;
  StreamId stream;
  Money due;
  Minutes leave;
  Date day;
  Timestamp at;
  LogPosition position;
  LogSize size;
  StreamVersion version;
  Digest hash{};
  Phase phase = Phase::open;
  std::string name;
  std::optional<Money> limit;
  std::map<Date, Minutes> days;
  std::vector<PlacementId> placements;

  friend bool operator==(const Row&, const Row&) = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(worker, stream, due, leave, day, at, position, size, version, hash, phase, name, limit, days, placements);
  }
};

Row example() {
  Row row;
  row.worker = WorkerId({1, 2});
  row.stream = {3, {4, 5}};
  row.due = Money::of(-123'456);
  row.leave = Minutes::of(90);
  row.day = {20'000};
  row.at = {1'700'000'000'000'000};
  row.position = {77};
  row.size = {78};
  row.version = {9};
  row.hash.fill(0xab);
  row.phase = Phase::paid;
  row.name = "sealed";
  row.limit = Money::of(5);
  row.days = {{{20'001}, Minutes::of(480)}, {{20'002}, Minutes::of(240)}};
  row.placements = {PlacementId({6, 7}), PlacementId({8, 9})};
  return row;
}

TEST(RowCodec, ARowOfEveryBaseTypeComesBack) {
  EXPECT_EQ(decode_row<Row>(encode_row(example())).value(), example());
  EXPECT_EQ(decode_row<Row>(encode_row(Row{})).value(), Row{});
}

TEST(RowCodec, EqualRowsHaveEqualBytes) { EXPECT_EQ(encode_row(example()), encode_row(example())); }

TEST(RowCodec, EncodingReplacesWhatTheBufferHeld) {
  Bytes buffer = "something else";
  encode_row(Money::of(1), buffer);
  EXPECT_EQ(buffer, BytesView("\1\0\0\0\0\0\0\0", 8));
}

TEST(RowCodec, EveryCutAndEveryExtraByteIsCorrupt) {
  const Bytes whole = encode_row(example());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto decoded = decode_row<Row>(BytesView(whole).substr(0, size));
    ASSERT_FALSE(decoded) << size;
    EXPECT_EQ(decoded.error().code, ErrorCode::corrupt);
  }
  EXPECT_FALSE(decode_row<Row>(whole + "x"));
}

TEST(RowCodec, AnAbsurdCountIsRefusedBeforeMemoryIsAskedFor) {
  EXPECT_FALSE(decode_row<std::vector<Money>>(BytesView("\xff\xff\xff\xff", 4)));
}

TEST(RowCodec, AFlagThatIsNeitherZeroNorOneIsCorrupt) {
  EXPECT_EQ(decode_row<bool>("\1").value(), true);
  EXPECT_EQ(decode_row<bool>("\2").error().code, ErrorCode::corrupt);
  EXPECT_EQ(decode_row<std::optional<bool>>(BytesView("\x54\0", 2)).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace placet::store
