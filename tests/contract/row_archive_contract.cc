#include "tests/contract/row_archive_contract.h"

#include <gmock/gmock.h>

namespace placet::testing {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

void put(store::RowStore& rows, BytesView row) {
  store::RowBatch batch;
  batch.put("sheets", "k", row);
  ASSERT_TRUE(rows.write(batch, store::Durability::buffered));
}

}  // namespace

void RowArchiveContract::keep(LogSize size, BytesView row) {
  put(rows(), row);
  const auto kept = archive().keep(size, rows());
  ASSERT_TRUE(kept) << kept.error().message;
}

std::string RowArchiveContract::row_in(const store::RowReader& rows) {
  return rows.get("sheets", "k").value().value_or("none");
}

TEST_P(RowArchiveContract, RowsAreAsTheyWereKept) {
  keep({10}, "ten");
  keep({20}, "twenty");
  put(rows(), "later");
  EXPECT_THAT(archive().sizes(), ElementsAre(LogSize{10}, LogSize{20}));
  EXPECT_EQ(row_in(**archive().open({10})), "ten");
  EXPECT_EQ(row_in(**archive().open({20})), "twenty");
  EXPECT_EQ(row_in(rows()), "later");
}

TEST_P(RowArchiveContract, WhatIsKeptStays) {
  keep({10}, "first");
  keep({10}, "second");
  EXPECT_EQ(row_in(**archive().open({10})), "first");
}

TEST_P(RowArchiveContract, AnOpenedStoreIsOnesOwn) {
  keep({10}, "ten");
  const auto mine = archive().open({10}).value();
  const auto other = archive().open({10}).value();
  put(*mine, "mine");
  ASSERT_TRUE(mine->create_table("more"));
  EXPECT_EQ(row_in(*mine), "mine");
  EXPECT_EQ(row_in(*other), "ten");
  EXPECT_EQ(row_in(**archive().open({10})), "ten");
  EXPECT_EQ(row_in(rows()), "ten");
}

TEST_P(RowArchiveContract, AnOpenedStoreCanBeKeptTooAndOutlivesTheDropOfWhereItBegan) {
  keep({10}, "ten");
  const auto mine = archive().open({10}).value();
  put(*mine, "fifteen");
  ASSERT_TRUE(archive().keep({15}, *mine));
  ASSERT_TRUE(archive().drop({10}));
  ASSERT_TRUE(archive().drop({10}));
  EXPECT_EQ(row_in(*mine), "fifteen");
  EXPECT_THAT(archive().sizes(), ElementsAre(LogSize{15}));
  EXPECT_EQ(archive().open({10}).error().code, ErrorCode::not_found);
  EXPECT_EQ(row_in(**archive().open({15})), "fifteen");
}

TEST_P(RowArchiveContract, WhoReadsGoesOnWhenTheRowsAreDropped) {
  keep({10}, "ten");
  const auto read = archive().open_to_read({10}).value();
  ASSERT_TRUE(archive().drop({10}));
  EXPECT_EQ(row_in(*read), "ten");
  EXPECT_EQ(archive().open_to_read({10}).error().code, ErrorCode::not_found);
}

TEST_P(RowArchiveContract, AtSizeZeroThereIsNothing) {
  keep({10}, "ten");
  const auto empty = archive().open({0}).value();
  EXPECT_THAT(empty->tables(), IsEmpty());
  ASSERT_TRUE(empty->create_table("sheets"));
  put(*empty, "one");
  EXPECT_EQ(row_in(*empty), "one");
}

}  // namespace placet::testing
