#include "tests/contract/row_store_contract.h"

#include <gmock/gmock.h>

namespace placet::testing {

using store::Durability;
using store::keys_with_prefix;
using store::RowBatch;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

void RowStoreContract::put(std::string_view table, BytesView key, BytesView row, Durability durability) {
  RowBatch batch;
  batch.put(table, key, row);
  const auto written = rows().write(batch, durability);
  ASSERT_TRUE(written) << written.error().message;
}

RowStoreContract::Found RowStoreContract::scan(const store::RowReader& reader, std::string_view table,
                                               const store::KeyRange& range) {
  Found found;
  const auto done = reader.scan(table, range, [&](BytesView key, BytesView row) {
    found.emplace_back(key, row);
    return true;
  });
  EXPECT_TRUE(done) << done.error().message;
  return found;
}

TEST_P(RowStoreContract, ARowComesBackUntilItIsErased) {
  put("sheets", "k", "one");
  put("sheets", "k", "two");
  put("sheets", "empty", "");
  EXPECT_EQ(rows().get("sheets", "k").value(), "two");
  EXPECT_EQ(rows().get("sheets", "empty").value(), "");
  EXPECT_EQ(rows().get("cursor", "k").value(), std::nullopt);

  RowBatch batch;
  batch.erase("sheets", "k");
  batch.erase("sheets", "never there");
  ASSERT_TRUE(rows().write(batch, Durability::synced));
  EXPECT_EQ(rows().get("sheets", "k").value(), std::nullopt);
}

TEST_P(RowStoreContract, TheLastChangeOfABatchToAKeyWins) {
  RowBatch batch;
  batch.put("sheets", "a", "1");
  batch.erase("sheets", "a");
  batch.erase("sheets", "b");
  batch.put("sheets", "b", "2");
  batch.put("cursor", "a", "3");
  ASSERT_TRUE(rows().write(batch, Durability::buffered));

  EXPECT_EQ(rows().get("sheets", "a").value(), std::nullopt);
  EXPECT_EQ(rows().get("sheets", "b").value(), "2");
  EXPECT_EQ(rows().get("cursor", "a").value(), "3");
}

TEST_P(RowStoreContract, ALargeBatchIsWrittenLikeASmallOne) {
  const auto key = [](int number) { return std::to_string(100'000 + number); };
  put("sheets", key(0), "old");
  put("sheets", key(1), "old");
  put("cursor", "c", "old");
  const auto before = rows().snapshot();
  RowBatch batch, other;
  batch.put("cursor", "c", "new");
  batch.erase("sheets", key(1));
  for (int number = 2; number < 6'000; ++number) batch.put("sheets", key(number), Bytes(1'000, 'x'));
  other.put("sheets", key(6'000), "last");
  batch.append(std::move(other));
  ASSERT_TRUE(rows().write(batch, Durability::buffered));
  EXPECT_EQ(rows().get("sheets", key(0)).value(), "old");
  EXPECT_EQ(rows().get("sheets", key(1)).value(), std::nullopt);
  EXPECT_EQ(rows().get("sheets", key(6'000)).value(), "last");
  EXPECT_EQ(scan(rows(), "sheets", {}).size(), 6'000U);
  EXPECT_EQ(rows().get("cursor", "c").value(), "new");
  EXPECT_EQ(before->get("sheets", key(1)).value(), "old");
  EXPECT_EQ(before->get("cursor", "c").value(), "old");
  EXPECT_EQ(scan(*before, "sheets", {}).size(), 2U);

  // In no order, and with a key that changes twice.
  RowBatch again;
  for (int number = 6'000; number > 0; --number) again.put("sheets", key(number), Bytes(1'000, 'y'));
  again.erase("sheets", key(3));
  ASSERT_TRUE(rows().write(again, Durability::buffered));
  EXPECT_EQ(rows().get("sheets", key(2)).value(), Bytes(1'000, 'y'));
  EXPECT_EQ(rows().get("sheets", key(3)).value(), std::nullopt);
}

TEST_P(RowStoreContract, AnUnknownTableIsNotFoundAndNothingOfTheBatchIsWritten) {
  RowBatch batch;
  batch.put("sheets", "a", "1");
  batch.put("nowhere", "a", "1");

  EXPECT_EQ(rows().write(batch, Durability::synced).error().code, ErrorCode::not_found);
  EXPECT_EQ(rows().get("sheets", "a").value(), std::nullopt);
  EXPECT_EQ(rows().get("nowhere", "a").error().code, ErrorCode::not_found);
  EXPECT_FALSE(rows().scan("nowhere", {}, [](BytesView, BytesView) { return true; }));
}

TEST_P(RowStoreContract, AScanShowsItsRangeInTheOrderOfBytes) {
  for (const char* key : {"b", "a", "ab", "\xff", "\xff\x01", "ac", "aa\xff", "aa"}) put("sheets", key, key);

  EXPECT_THAT(scan(rows(), "sheets", {}).size(), 8u);
  EXPECT_THAT(scan(rows(), "sheets", {"aa", "ab"}), ElementsAre(Pair("aa", "aa"), Pair("aa\xff", "aa\xff")));
  EXPECT_THAT(scan(rows(), "sheets", {"ac", std::nullopt}),
              ElementsAre(Pair("ac", "ac"), Pair("b", "b"), Pair("\xff", "\xff"), Pair("\xff\x01", "\xff\x01")));
  EXPECT_THAT(scan(rows(), "sheets", keys_with_prefix("aa\xff")), ElementsAre(Pair("aa\xff", "aa\xff")));
  EXPECT_THAT(scan(rows(), "sheets", keys_with_prefix("\xff")),
              ElementsAre(Pair("\xff", "\xff"), Pair("\xff\x01", "\xff\x01")));
  EXPECT_THAT(scan(rows(), "sheets", keys_with_prefix("")).size(), 8u);
  EXPECT_THAT(scan(rows(), "cursor", {}), IsEmpty());
}

TEST_P(RowStoreContract, AScanMayStopAndMayWriteWhileItVisits) {
  put("sheets", "a", "1");
  put("sheets", "b", "2");

  std::vector<Bytes> seen;
  EXPECT_TRUE(rows().scan("sheets", {}, [&](BytesView key, BytesView) {
    seen.emplace_back(key);
    put("sheets", "c", "written meanwhile");
    return true;
  }));
  EXPECT_THAT(seen, ElementsAre("a", "b"));
  EXPECT_TRUE(rows().scan("sheets", {}, [&](BytesView, BytesView) { return seen.clear(), false; }));
  EXPECT_THAT(seen, IsEmpty());
}

TEST_P(RowStoreContract, ASnapshotDoesNotSeeLaterWrites) {
  put("sheets", "a", "before");
  const auto snapshot = rows().snapshot();
  put("sheets", "a", "after");
  put("sheets", "b", "after");
  ASSERT_TRUE(rows().flush());

  EXPECT_EQ(snapshot->get("sheets", "a").value(), "before");
  EXPECT_THAT(scan(*snapshot, "sheets", {}), ElementsAre(Pair("a", "before")));
  EXPECT_THAT(scan(rows(), "sheets", {}), ElementsAre(Pair("a", "after"), Pair("b", "after")));
}

TEST_P(RowStoreContract, TablesComeAndGoAndKeepTheirNames) {
  put("sheets", "a", "old");
  ASSERT_TRUE(rows().create_table("sheets.2"));
  ASSERT_TRUE(rows().create_table("sheets"));  // already there: keeps its rows
  put("sheets.2", "a", "new");
  EXPECT_EQ(rows().get("sheets", "a").value(), "old");

  ASSERT_TRUE(rows().drop_table("sheets"));
  ASSERT_TRUE(rows().drop_table("never there"));
  EXPECT_EQ(rows().get("sheets", "a").error().code, ErrorCode::not_found);
  EXPECT_THAT(rows().tables(), UnorderedElementsAre("cursor", "sheets.2"));

  ASSERT_TRUE(rows().create_table("sheets"));
  EXPECT_EQ(rows().get("sheets", "a").value(), std::nullopt);
}

TEST_P(RowStoreContract, RowsAndTablesAreThereAfterTheNextStart) {
  put("sheets", "a", "1");
  ASSERT_TRUE(rows().create_table("journal"));
  put("journal", "j", "2", Durability::synced);
  put("cursor", "position", "3");
  ASSERT_TRUE(rows().flush());

  reopen();

  EXPECT_EQ(rows().get("sheets", "a").value(), "1");
  EXPECT_EQ(rows().get("journal", "j").value(), "2");
  EXPECT_EQ(rows().get("cursor", "position").value(), "3");
  EXPECT_THAT(rows().tables(), UnorderedElementsAre("cursor", "journal", "sheets"));
}

}  // namespace placet::testing
