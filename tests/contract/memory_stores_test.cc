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

TEST(MemoryEventLog, ACrashTakesGroupsAwayAndAllThatCameWithThem) {
  store::MemoryEventLog log;
  const store::CommandKey first{{1, 1}, {}}, second{{2, 2}, {}};
  store::Group kept({0});
  kept.add_record(kAnna, {0}, "a0");
  kept.add_command(first, {{0}, 1});
  ASSERT_TRUE(log.append(kept));
  store::Group lost({1});
  lost.add_record(kAnna, {1}, "a1");
  lost.add_record(kBart, {0}, "b0");
  lost.add_command(second, {{1}, 2});
  ASSERT_TRUE(log.append(lost));

  log.lose_beyond({1});

  EXPECT_EQ(log.size().value, 1U);
  const std::vector<StreamId> streams = {kAnna, kBart};
  EXPECT_THAT(log.heads(streams).value(), ::testing::ElementsAre(StreamVersion{0}, std::nullopt));
  const std::vector<store::CommandKey> keys = {first, second};
  const auto commands = log.commands(keys).value();
  EXPECT_TRUE(commands[0].has_value());
  EXPECT_FALSE(commands[1].has_value());
  EXPECT_TRUE(log.append(lost));
}

TEST(MemoryRowStore, AfterAFaultNothingIsWrittenUntilTheCrash) {
  store::MemoryRowStore rows(std::vector<std::string>{"t"});
  store::RowBatch batch;
  batch.put("t", "a", "1");

  rows.fail_writes();
  EXPECT_EQ(rows.write(batch, store::Durability::synced).error().code, ErrorCode::io);
  EXPECT_EQ(rows.get("t", "a").value(), std::nullopt);

  rows.crash();
  EXPECT_TRUE(rows.write(batch, store::Durability::synced));
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
