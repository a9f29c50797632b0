#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "readside/projection_host.h"
#include "store/memory/event_log.h"
#include "store/memory/row_archive.h"
#include "store/memory/row_store.h"
#include "tests/support/patience.h"
#include "tests/unit/readside/ledger_writer.h"
#include "tests/unit/readside/tally.h"

namespace placet::readside {

/// A log in memory, and the host of two projections over it.
struct Hosted : ::testing::Test {
  static constexpr StreamId kSystem{1, {0, 1}};
  static constexpr LedgerId kLedger{Uuid{5, 5}};

  store::MemoryEventLog log;
  testing::LedgerWriter ledger{log};
  store::MemoryRowStore views{std::vector<std::string>{}};
  store::MemoryRowArchive archive;
  std::vector<projections::ProjectionType> types = {projections::type_of<testing::Tally>(),
                                                    projections::type_of<testing::Witness>()};
  std::unique_ptr<ProjectionHost> host;

  void SetUp() override { testing::Tally::poisoned = testing::Tally::kNoPosition; }

  void start(ProjectionHost::Options options) {
    host.reset();
    auto started = ProjectionHost::start(log, views, archive, std::move(options));
    ASSERT_TRUE(started.has_value()) << started.error().message;
    host = std::move(*started);
  }
  static std::vector<testing::Fact> stops(std::size_t count) {
    return std::vector<testing::Fact>(count, {kSystem, domain::SystemStopped{}, {}});
  }
};

}  // namespace placet::readside
