#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/property/domain/history.h"

namespace placet::domain::testing {
namespace {

TEST(History, HoldsEveryKindOfCommandAndEveryRefusal) {
  History history(20'261'012);
  history.run(40'000);
  std::cout << history.table();
  EXPECT_EQ(history.missing(), "");
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
