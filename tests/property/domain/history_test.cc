#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/property/domain/history.h"

namespace placet::domain::testing {
namespace {

/// Refusals that come from elsewhere: the engine, its clock and disk, and the adapters that resolve times and seal.
bool domain_refuses_with(RejectionCode code) {
  switch (code) {
    case RejectionCode::unspecified:
    case RejectionCode::bug:
    case RejectionCode::overloaded:
    case RejectionCode::disk_low:
    case RejectionCode::clock_jumped:
    case RejectionCode::command_id_reused:
    case RejectionCode::version_moved:
    case RejectionCode::no_such_time:
    case RejectionCode::ambiguous_time:
    case RejectionCode::erased: return false;
    default: return true;
  }
}

TEST(History, HoldsEveryKindOfCommandAndEveryRefusal) {
  History history(20'261'012);
  history.run(40'000);
  std::cout << history.table();
  const auto& counts = history.counts();
  for (std::size_t kind = 1; kind < counts.sent.size(); ++kind)
    EXPECT_GT(counts.accepted[kind], 0U) << "never accepted: " << kCommandNames[kind];
  for (std::uint16_t code = 0; code < kRejectionCodeCount; ++code) {
    if (!domain_refuses_with(static_cast<RejectionCode>(code))) continue;
    EXPECT_GT(counts.refused[code], 0U) << "nothing refused with code " << code;
  }
}

TEST(History, IsTheSameForTheSameSeed) {
  History one(7), same(7), other(8);
  for (History* history : {&one, &same, &other}) history->run(500);
  const auto equal = [](const History& a, const History& b) {
    return std::equal(a.log().begin(), a.log().end(), b.log().begin(), b.log().end(), [](const auto& x, const auto& y) {
      return x.event == y.event && x.meta.stream == y.meta.stream;
    });
  };
  EXPECT_TRUE(equal(one, same));
  EXPECT_FALSE(equal(one, other));
}

}  // namespace
}  // namespace placet::domain::testing
