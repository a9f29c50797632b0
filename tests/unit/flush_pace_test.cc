#include "store/rocks/flush_pace.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <functional>
#include <thread>

#include "base/thread.h"

namespace placet::store {
namespace {

/// The calls of RocksDB on a thread of their own, which is a flushing one. They say the column; the rest is of no
/// matter.
class FlushPaceTest : public testing::Test {
 protected:
  void on_an_idle_thread(const std::function<void()>& story) {
    std::thread([&] {
      run_when_idle(this_thread());
      run_as_others(this_thread());
      may_return_ = sched_getscheduler(0) == SCHED_OTHER;
      run_when_idle(this_thread());
      story();
    }).join();
  }
  void begin(const char* column = "records") { pace_.OnFlushBegin(nullptr, flush_of(column)); }
  void end(const char* column = "records") { pace_.OnFlushCompleted(nullptr, flush_of(column)); }
  void fill(const char* column = "records") {
    rocksdb::MemTableInfo table;
    table.cf_name = column;
    pace_.OnMemTableSealed(table);
  }
  void expect_idle() const { EXPECT_EQ(sched_getscheduler(0), SCHED_IDLE); }
  /// Where the process may not ask for that, the thread stays idle.
  void expect_as_others() const { EXPECT_EQ(sched_getscheduler(0), may_return_ ? SCHED_OTHER : SCHED_IDLE); }

 private:
  static rocksdb::FlushJobInfo flush_of(const char* column) {
    rocksdb::FlushJobInfo flush;
    flush.cf_name = column;
    return flush;
  }

  FlushPace pace_{"records"};
  bool may_return_ = false;
};

TEST_F(FlushPaceTest, AFlushThatKeepsUpRunsWhereAProcessorIsIdle) {
  on_an_idle_thread([&] {
    fill();
    begin();
    expect_idle();
    end();
    fill();
    expect_idle();
  });
}

TEST_F(FlushPaceTest, AFlushWithAFullTableBehindItRunsAsOthersDoUntilOneEndsWithNone) {
  on_an_idle_thread([&] {
    fill();
    begin();
    fill();
    expect_as_others();
    end();
    expect_as_others();
    begin();
    end();
    expect_idle();
  });
}

TEST_F(FlushPaceTest, TwoFullTablesBeforeAFlushBeginsAreTooMany) {
  on_an_idle_thread([&] {
    begin();
    end();
    fill();
    expect_idle();
    fill();
    expect_as_others();
  });
}

TEST_F(FlushPaceTest, AllFlushingThreadsRunAsOthersDoWhenOneFallsBehind) {
  on_an_idle_thread([&] {
    begin("heads");
    std::thread([&] {
      begin();
      fill();
    }).join();
    expect_as_others();
  });
}

TEST_F(FlushPaceTest, TablesOfOtherColumnsAreOfNoMatter) {
  on_an_idle_thread([&] {
    begin();
    fill("heads");
    fill("heads");
    expect_idle();
    begin("heads");
    end("heads");
    expect_idle();
  });
}

}  // namespace
}  // namespace placet::store
