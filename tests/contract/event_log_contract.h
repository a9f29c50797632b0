#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/group.h"
#include "tests/support/stores.h"

namespace placet::testing {

inline constexpr StreamId kAnna{1, {0, 1}};
inline constexpr StreamId kBart{1, {0, 2}};
inline constexpr StreamId kAnnaOtherCategory{2, {0, 1}};

/// The contract of EventLog, run on each implementation: see the INSTANTIATE lines.
class EventLogContract : public ::testing::TestWithParam<std::pair<std::string, MakeLog>> {
 protected:
  using Records = std::vector<Bytes>;

  store::EventLog& log() { return under_test_->log(); }
  void reopen() { under_test_->reopen(); }

  /// Appends one group: each record to its stream, at the stream's next version.
  void append(const std::vector<std::pair<StreamId, Bytes>>& records);

  /// Everything from a position on.
  Records read_from(std::uint64_t position);
  /// A stream from a version on; versions are checked to be gapless.
  Records stream_from(const StreamId& stream, std::uint32_t version);
  std::vector<std::uint64_t> positions(const StreamId& stream, std::uint32_t from, std::size_t max);

 private:
  std::unique_ptr<LogUnderTest> under_test_ = GetParam().second();
};

}  // namespace placet::testing
