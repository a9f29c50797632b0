#include <gtest/gtest.h>

#include <set>

#include "base/random.h"

namespace placet {
namespace {

constexpr Timestamp kNow{1'791'800'000'123'456};

TEST(Uuid7, BeginsWithItsTimeToTheMicrosecondAndSaysItsVersion) {
  SeededRandom random(1);
  for (std::int64_t later = 0; later < 3'000; ++later) {
    const Uuid id = new_uuid(random, {kNow.micros + later});
    const Uuid next = new_uuid(random, {kNow.micros + later + 1});
    ASSERT_LT(id, next);
    EXPECT_EQ(id.hi >> 16, static_cast<std::uint64_t>(kNow.micros + later) / 1'000);
    EXPECT_EQ(id.to_string()[14], '7');
    EXPECT_NE(std::string("89ab").find(id.to_string()[19]), std::string::npos);
  }
}

TEST(Uuid7, IdsOfOneMicrosecondDiffer) {
  SeededRandom random(1);
  std::set<Uuid> ids;
  for (int i = 0; i < 10'000; ++i) ids.insert(new_uuid(random, kNow));
  EXPECT_EQ(ids.size(), 10'000U);
}

TEST(RisingUuids, EachIsGreaterThanTheOneBeforeWhateverTheClockDoes) {
  SeededRandom random(1);
  RisingUuids ids;
  Uuid last;
  for (const std::int64_t step : {0, 0, 0, 1, -1'000'000, 0, 2'000, -5, 5}) {
    for (int i = 0; i < 1'000; ++i) {
      const Uuid id = ids.next(random, {kNow.micros + step});
      ASSERT_GT(id, last);
      last = id;
    }
  }
}

}  // namespace
}  // namespace placet
