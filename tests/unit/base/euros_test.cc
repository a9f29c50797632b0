#include "base/euros.h"

#include <gtest/gtest.h>

namespace placet {
namespace {

TEST(Euros, HaveTwoDecimalsAndTheirSignInFront) {
  EXPECT_EQ(euros(Money()), "0.00");
  EXPECT_EQ(euros(Money::of(5)), "0.05");
  EXPECT_EQ(euros(Money::of(-5)), "-0.05");
  EXPECT_EQ(euros(Money::of(123'450)), "1234.50");
}

TEST(Euros, AreGroupedByThousandsWhereAskedFor) {
  EXPECT_EQ(euros_grouped(Money::of(99'999)), "999.99");
  EXPECT_EQ(euros_grouped(Money::of(123'450)), "1,234.50");
  EXPECT_EQ(euros_grouped(Money::of(-12'345'678'901)), "-123,456,789.01");
}

}  // namespace
}  // namespace placet
