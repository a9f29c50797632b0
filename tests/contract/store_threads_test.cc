#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "tests/support/stores.h"

namespace placet::testing {
namespace {

constexpr StreamId kStream{1, {0, 1}};
constexpr std::uint64_t kGroups = 300;
constexpr std::uint64_t kGroupRecords = 7;

Bytes record_at(std::uint64_t position) { return "record " + std::to_string(position); }

/// One look at a growing log: everything below the size is whole, and sizes only grow.
std::uint64_t look(const store::EventLog& log, std::uint64_t smallest_size) {
  const std::uint64_t size = log.size().value;
  EXPECT_GE(size, smallest_size);
  EXPECT_EQ(size % kGroupRecords, 0u);
  if (size == 0) return 0;
  std::uint64_t count = size - kGroupRecords;
  const auto read = log.read({count}, [&](LogPosition at, BytesView record) {
    EXPECT_EQ(at.value, count);
    EXPECT_EQ(record, record_at(count));
    ++count;
    return true;
  });
  EXPECT_TRUE(read) << read.error().message;
  EXPECT_GE(count, size);
  EXPECT_EQ(log.record({size - 1}).value(), record_at(size - 1));
  EXPECT_GE(log.positions(kStream, {0}, SIZE_MAX).value().size(), size);
  EXPECT_GE(log.head(kStream).value().value().value, size - 1);
  return size;
}

void readers_see_only_whole_groups(LogUnderTest& under_test) {
  store::EventLog& log = under_test.log();
  std::atomic<bool> done = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      for (std::uint64_t size = 0; !done; size = look(log, size)) std::this_thread::yield();
      EXPECT_EQ(look(log, 0), kGroups * kGroupRecords);
    });
  }
  store::Group group({0});
  for (std::uint64_t i = 0; i < kGroups; ++i) {
    group.clear(log.size());
    for (std::uint64_t n = 0; n < kGroupRecords; ++n) {
      const std::uint64_t position = group.end().value;
      group.add_record(kStream, {static_cast<std::uint32_t>(position)}, record_at(position));
    }
    EXPECT_TRUE(log.append(group));
  }
  done = true;
}

/// Both rows of a batch, or neither.
void snapshots_see_only_whole_batches(RowsUnderTest& under_test) {
  store::RowStore& rows = under_test.rows();
  std::atomic<bool> done = false;
  std::jthread reader([&] {
    while (!done) {
      const auto snapshot = rows.snapshot();
      EXPECT_EQ(snapshot->get("left", "n").value(), snapshot->get("right", "n").value());
    }
  });
  for (int i = 0; i < 2'000; ++i) {
    store::RowBatch batch;
    batch.put("left", "n", std::to_string(i));
    batch.put("right", "n", std::to_string(i));
    EXPECT_TRUE(rows.write(batch, store::Durability::buffered));
  }
  done = true;
}

TEST(StoreThreads, ReadersOfTheMemoryLogSeeOnlyWholeGroups) { readers_see_only_whole_groups(*log_in_memory()); }
TEST(StoreThreads, ReadersOfTheRocksLogSeeOnlyWholeGroups) { readers_see_only_whole_groups(*log_on_rocks()); }
TEST(StoreThreads, SnapshotsOfMemoryRowsSeeOnlyWholeBatches) {
  snapshots_see_only_whole_batches(*rows_in_memory({"left", "right"}));
}
TEST(StoreThreads, SnapshotsOfRocksRowsSeeOnlyWholeBatches) {
  snapshots_see_only_whole_batches(*rebuildable_rows_on_rocks({"left", "right"}));
}

}  // namespace
}  // namespace placet::testing
