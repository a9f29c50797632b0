// Pages of the log for followers who are behind.

#include "rpc/page_reader.h"

#include <gtest/gtest.h>
#include <kj/async-io.h>

#include <algorithm>
#include <iterator>

#include "store/memory/event_log.h"
#include "tests/unit/readside/ledger_writer.h"
#include "tests/unit/rpc/interests.h"

namespace placet::rpc {
namespace {

using domain::Role;
using testing::bit_of;
using testing::interest;
using testing::kOurs;
using testing::kTheirs;
using testing::staff;

const StreamId kStream{1, {0, 1}};

class PageReaderTest : public ::testing::Test {
 protected:
  PageReaderTest() { ledger_.audience = bit_of(Role::auditor) | bit_of(Role::worker); }
  ~PageReaderTest() noexcept override = default;

  /// Commands of three events each.
  void append(std::size_t commands, PartyId party = kOurs) {
    for (std::size_t i = 0; i < commands; ++i)
      ledger_.write(std::vector<testing::Fact>(3, {kStream, domain::SystemStopped{}, {party}}));
  }
  Page read(LogSize from, const std::shared_ptr<const Interest>& whose, std::uint32_t events_max) {
    PageQuestion question{
        .from = from, .interest = whose, .today = ledger_.today, .events_max = events_max, .bytes_max = 1 << 20};
    return reader_.read(std::move(question)).wait(io_.waitScope).value();
  }
  static std::vector<LogPosition> positions_of(const Page& page) {
    std::vector<LogPosition> positions;
    BytesView rest = page.records;
    for (const std::uint32_t size : page.sizes) {
      positions.push_back(codec::read_header(rest.substr(0, size)).value().position);
      rest.remove_prefix(size);
    }
    EXPECT_TRUE(rest.empty());
    return positions;
  }
  /// One page after the other.
  std::vector<LogPosition> read_all(const std::shared_ptr<const Interest>& whose, std::uint32_t events_max) {
    std::vector<LogPosition> all;
    LogSize next{};
    while (true) {
      const Page page = read(next, whose, events_max);
      std::ranges::copy(positions_of(page), std::back_inserter(all));
      next = page.next;
      if (!page.is_full) return all;
    }
  }
  static std::vector<LogPosition> up_to(std::uint64_t end) {
    std::vector<LogPosition> positions;
    for (std::uint64_t position = 0; position < end; ++position) positions.push_back({position});
    return positions;
  }

  kj::AsyncIoContext io_ = kj::setupAsyncIo();
  store::MemoryEventLog log_;
  testing::LedgerWriter ledger_{log_};
  PageReader reader_{log_};
};

TEST_F(PageReaderTest, APageEndsWhereACommandEnds) {
  append(10);
  const Page page = read({0}, staff(), 4);
  EXPECT_EQ(positions_of(page), up_to(6));
  EXPECT_EQ(page.next, LogSize{6});
  EXPECT_TRUE(page.is_full);
}

TEST_F(PageReaderTest, PagesFollowOneAnotherToTheEnd) {
  append(100);
  for (const std::uint32_t events_max : {1U, 4U, 7U, 300U, 1'000U})
    EXPECT_EQ(read_all(staff(), events_max), up_to(300));
}

TEST_F(PageReaderTest, TheEndOfTheLogIsThatAtTheCall) {
  append(2);
  const Page first = read({0}, staff(), 3);  // and the one after it is read while nobody asks
  append(2);
  const Page second = read(first.next, staff(), 100);
  append(1);
  EXPECT_EQ(second.next, LogSize{12});
  const Page again = read(first.next, staff(), 3);
  EXPECT_EQ(again.next, LogSize{6});
  EXPECT_EQ(read(again.next, staff(), 100).next, LogSize{15});
}

TEST_F(PageReaderTest, WhatWasReadAheadIsCurrentWhenItIsAskedFor) {
  append(2);
  const Page first = read({0}, staff(), 3);
  io_.provider->getTimer().afterDelay(20 * kj::MILLISECONDS).wait(io_.waitScope);  // it is read, up to the end
  append(5);
  const Page second = read(first.next, staff(), 3);
  EXPECT_EQ(second.next, LogSize{6});
  EXPECT_TRUE(second.is_full);
}

TEST_F(PageReaderTest, NobodyGetsThePageOfAnother) {
  append(2, kOurs);
  append(2, kTheirs);
  append(2, kOurs);
  const auto ours = interest(Role::worker, kOurs), theirs = interest(Role::worker, kTheirs);
  EXPECT_EQ(read({0}, staff(), 3).next, LogSize{3});
  EXPECT_EQ(positions_of(read({3}, theirs, 3)), (std::vector<LogPosition>{{6}, {7}, {8}}));
  EXPECT_EQ(positions_of(read({3}, ours, 3)), (std::vector<LogPosition>{{3}, {4}, {5}}));
  EXPECT_EQ(positions_of(read({3}, staff({kTheirs}), 3)), (std::vector<LogPosition>{{6}, {7}, {8}}));
}

TEST_F(PageReaderTest, MoreFollowersThanAreReadAheadForGetEverything) {
  append(50);
  std::vector<LogSize> at(10);
  std::vector<std::vector<LogPosition>> seen(at.size());
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const Page page = read(at[i], staff(), static_cast<std::uint32_t>(3 + i));
      std::ranges::copy(positions_of(page), std::back_inserter(seen[i]));
      at[i] = page.next;
      more = more || page.is_full;
    }
  }
  for (const auto& positions : seen) EXPECT_EQ(positions, up_to(150));
}

}  // namespace
}  // namespace placet::rpc
