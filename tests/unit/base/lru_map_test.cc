#include "base/lru_map.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace placet {
namespace {

using Map = LruMap<int, std::string, std::hash<int>>;

TEST(LruMap, ThrowsOutWhatWasUsedLongestAgo) {
  Map map;
  for (const int key : {1, 2, 3}) map.add(key, std::to_string(key));
  map.use(*map.find(1));

  EXPECT_EQ(map.oldest().key, 2);
  map.erase_oldest();

  EXPECT_EQ(map.size(), 2u);
  EXPECT_EQ(map.find(2), nullptr);
  EXPECT_EQ(map.oldest().key, 3);
}

TEST(LruMap, KeepsWhatIsUsedHoweverMuchComes) {
  Map map;
  for (int key = 0; key < 100; ++key) map.add(key, "");
  for (int key = 100; key < 10'000; ++key) {
    map.use(*map.find(0));
    map.add(key, "");
    map.erase_oldest();
    ASSERT_NE(map.find(0), nullptr) << key;
  }
}

TEST(LruMap, KnowsWhatItsEntriesWeighTogether) {
  Map map;
  for (const int key : {1, 2}) map.weigh(map.add(key, ""), 10);
  map.weigh(*map.find(2), 25);
  EXPECT_EQ(map.bytes(), 35u);

  map.erase_oldest();
  EXPECT_EQ(map.bytes(), 25u);
}

TEST(LruMap, DoesNotTakeALookForAUse) {
  Map map;
  for (const int key : {1, 2}) map.add(key, "");
  EXPECT_NE(map.find(1), nullptr);
  EXPECT_EQ(map.oldest().key, 1);
}

TEST(LruMap, LeavesEntriesWhereTheyAreHoweverManyComeAndGo) {
  Map map;
  const Map::Entry* const first = &map.add(0, "first");
  for (int key = 1; key < 10'000; ++key) map.add(key, "");
  map.use(*map.find(0));
  for (int gone = 0; gone < 9'999; ++gone) map.erase_oldest();

  EXPECT_EQ(map.find(0), first);
  EXPECT_EQ(first->value, "first");
  EXPECT_EQ(map.size(), 1u);
}

}  // namespace
}  // namespace placet
