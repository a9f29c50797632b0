#include "projections/rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "store/memory/row_store.h"

namespace placet::projections {
namespace {

using Key = std::tuple<PersonId, Date>;
struct Row {
  int value = 0;
  template <class A>
  void serialize(A& archive) {
    archive(value);
  }
};

const std::vector<std::string> kTables = {"t"};
const PersonId kAnna({0, 1});
const PersonId kBert({0, 2});

struct RowsTest : ::testing::Test {
  store::MemoryRowStore store{kTables};
  Rows<Key, Row> rows{"t", store};

  void flush() {
    store::RowBatch batch;
    rows.flush(batch);
    ASSERT_TRUE(store.write(batch, store::Durability::buffered).has_value());
  }
  std::vector<int> values_of(PersonId person) {
    std::vector<int> values;
    rows.scan(
        [&](const Key&, const Row& row) {
          values.push_back(row.value);
          return true;
        },
        person);
    return values;
  }
};

TEST(RowKeys, OrderOfBytesIsOrderOfKeys) {
  SeededRandom random(20261012);
  const auto draw = [&] {
    return std::tuple(Date{static_cast<std::int32_t>(random.next() % 7) - 3},
                      Uuid{random.next() % 3, random.next() % 300}, static_cast<std::int64_t>(random.next()),
                      random.next() % 2 == 0);
  };
  for (int i = 0; i < 10'000; ++i) {
    const auto a = draw();
    const auto b = draw();
    ASSERT_EQ(a < b, key_bytes(a) < key_bytes(b)) << i;
    ASSERT_EQ(a, key_of<std::decay_t<decltype(a)>>(key_bytes(a))) << i;
  }
}

TEST(RowKeys, LeadingPartsOfAKeyArePrefixesOfItsBytes) {
  const Key key{kAnna, Date{-5}};
  EXPECT_TRUE(key_bytes(key).starts_with(key_bytes(kAnna)));
  static_assert(PrefixOf<Key, PersonId>);
  static_assert(!PrefixOf<Key, Date>);
  static_assert(!PrefixOf<Key, AccountId>);
}

TEST_F(RowsTest, ReadsThroughToWhatIsStored) {
  rows.put({kAnna, {1}}, {7});
  flush();
  Rows<Key, Row> others{"t", store};
  ASSERT_NE(others.find({kAnna, {1}}), nullptr);
  EXPECT_EQ(others.find({kAnna, {1}})->value, 7);
  EXPECT_EQ(others.find({kAnna, {2}}), nullptr);
}

TEST_F(RowsTest, ScanShowsChangesOverWhatIsStoredInTheOrderOfKeys) {
  for (const int day : {1, 3, 5}) rows.put({kAnna, {day}}, {day});
  rows.put({kBert, {2}}, {99});
  flush();
  Rows<Key, Row> fresh{"t", store};
  fresh.put({kAnna, {2}}, {20});
  fresh.put({kAnna, {6}}, {60});
  fresh.edit({kAnna, {3}}).value = 30;
  fresh.erase({kAnna, {5}});
  std::vector<int> values;
  fresh.scan(
      [&](const Key&, const Row& row) {
        values.push_back(row.value);
        return true;
      },
      kAnna);
  EXPECT_EQ(values, (std::vector{1, 20, 30, 60}));
}

TEST_F(RowsTest, ScanEndsWhenTheVisitorHasEnough) {
  for (const int day : {1, 2, 3}) rows.put({kAnna, {day}}, {day});
  int seen = 0;
  rows.scan([&](const Key&, const Row&) { return ++seen < 2; }, kAnna);
  EXPECT_EQ(seen, 2);
}

TEST_F(RowsTest, FlushWritesTheChangesOnceInTheOrderOfKeys) {
  rows.put({kBert, {1}}, {1});
  rows.put({kAnna, {2}}, {2});
  rows.put({kAnna, {1}}, {3});
  rows.erase({kAnna, {3}});
  store::RowBatch batch;
  rows.flush(batch);
  std::vector<Bytes> keys;
  batch.for_each([&](const auto& change) { keys.emplace_back(change.key); });
  EXPECT_EQ(keys.size(), 4);
  EXPECT_TRUE(std::ranges::is_sorted(keys));
  EXPECT_EQ(rows.changed(), 0);
  store::RowBatch again;
  rows.flush(again);
  EXPECT_TRUE(again.empty());
}

TEST_F(RowsTest, DiscardGoesBackToTheLastFlush) {
  rows.put({kAnna, {1}}, {1});
  flush();
  rows.edit({kAnna, {1}}).value = 2;
  rows.put({kAnna, {2}}, {3});
  rows.discard();
  EXPECT_EQ(values_of(kAnna), std::vector{1});
  EXPECT_EQ(rows.changed(), 0);
}

TEST_F(RowsTest, TrimLetsGoOfWhatWasOnlyWrittenAndKeepsWhatWasAskedForLast) {
  for (const int day : {1, 2, 3}) rows.put({kAnna, {day}}, {day});
  ASSERT_NE(rows.find({kAnna, {1}}), nullptr);
  ASSERT_NE(rows.find({kAnna, {2}}), nullptr);
  flush();
  const std::size_t all = rows.kept_bytes();
  rows.trim(all);
  EXPECT_EQ(rows.kept_bytes(), all / 3 * 2) << "nobody asked for the third";
  rows.trim(0);
  EXPECT_EQ(rows.kept_bytes(), all / 3 * 2) << "both were asked for lately";
  ASSERT_NE(rows.find({kAnna, {2}}), nullptr);
  rows.trim(0);
  EXPECT_EQ(rows.kept_bytes(), all / 3) << "only the second was asked for since";
  rows.trim(0);
  EXPECT_EQ(rows.kept_bytes(), 0U);
  EXPECT_EQ(values_of(kAnna), (std::vector{1, 2, 3})) << "the store has them";
  EXPECT_EQ(rows.find({kAnna, {3}})->value, 3);
}

TEST_F(RowsTest, KeysThatFollowOneAnotherAreAllFound) {
  Rows<LogPosition, Row> numbered{"t", store};
  for (std::uint64_t position = 0; position < 5'000; ++position) numbered.put({position}, {static_cast<int>(position)});
  for (std::uint64_t position = 0; position < 5'000; ++position)
    ASSERT_EQ(numbered.find({position})->value, static_cast<int>(position));
  EXPECT_EQ(numbered.changed(), 5'000U);
}

TEST_F(RowsTest, EditingARowThatIsNotThereIsABug) {
  const BugBarrier barrier;
  EXPECT_THROW(rows.edit({kAnna, {1}}), BugFound);
}

TEST_F(RowsTest, UnreadableRowsAreNotTakenForMissingOnes) {
  Rows<Key, Row> nowhere{"no such table", store};
  EXPECT_THROW(nowhere.find({kAnna, {1}}), RowsUnreadable);
  store::RowBatch batch;
  batch.put("t", key_bytes(Key{kAnna, Date{1}}), "not a row");
  ASSERT_TRUE(store.write(batch, store::Durability::buffered).has_value());
  EXPECT_THROW(rows.find({kAnna, {1}}), RowsUnreadable);
  EXPECT_THROW(values_of(kAnna), RowsUnreadable);
}

}  // namespace
}  // namespace placet::projections
