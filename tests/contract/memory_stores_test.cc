#include <gmock/gmock.h>

#include "store/memory/event_log.h"
#include "store/memory/row_store.h"
#include "tests/contract/event_log_contract.h"
#include "tests/contract/row_archive_contract.h"
#include "tests/contract/row_store_contract.h"

namespace placet::testing {

INSTANTIATE_TEST_SUITE_P(InMemory, EventLogContract, ::testing::Values(std::pair("memory", &log_in_memory)));
INSTANTIATE_TEST_SUITE_P(InMemory, RowArchiveContract, ::testing::Values(std::pair("memory", &rows_in_memory)));
INSTANTIATE_TEST_SUITE_P(InMemory, RowStoreContract, ::testing::Values(std::pair("memory", &rows_in_memory)));

TEST(MemoryEventLog, AfterAFailedAppendNothingIsAppendedUntilTheRestart) {
  using Fault = store::MemoryEventLog::Fault;
  for (const Fault fault : {Fault::lost, Fault::kept}) {
    store::MemoryEventLog log;
    store::Group group({0});
    group.add_record(kAnna, {0}, "a0");

    log.fail_next_append(fault);
    EXPECT_EQ(log.append(group).error().code, ErrorCode::io);
    const LogSize size = log.size();
    EXPECT_EQ(size.value, fault == Fault::kept ? 1u : 0u);
    EXPECT_EQ(log.append(store::Group(size)).error().code, ErrorCode::io);

    log.restart();
    store::Group next(size);
    next.add_record(kBart, {0}, "b0");
    EXPECT_TRUE(log.append(next));
  }
}

TEST(MemoryRowStore, ACrashTakesBackWhatWasNotMadeDurable) {
  store::MemoryRowStore rows(std::vector<std::string>{"t"});
  const auto write = [&](BytesView key, BytesView row, store::Durability durability) {
    store::RowBatch batch;
    batch.put("t", key, row);
    ASSERT_TRUE(rows.write(batch, durability));
  };
  write("a", "buffered", store::Durability::buffered);
  write("b", "synced", store::Durability::synced);  // makes the row before it durable too
  write("a", "lost", store::Durability::buffered);
  write("a", "lost too", store::Durability::buffered);
  write("c", "lost", store::Durability::buffered);

  rows.crash();

  EXPECT_EQ(rows.get("t", "a").value(), "buffered");
  EXPECT_EQ(rows.get("t", "b").value(), "synced");
  EXPECT_EQ(rows.get("t", "c").value(), std::nullopt);
}

}  // namespace placet::testing
