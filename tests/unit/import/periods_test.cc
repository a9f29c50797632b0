#include "tools/import/periods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace placet::importing {
namespace {

using domain::Period;
using domain::PeriodKind;
using ::testing::HasSubstr;

const PlacementId kPlacement(Uuid{1, 2});
const Date kMonday = *Date::of(2026, 10, 5);
const Date kNovember = *Date::of(2026, 11, 1);

/// By four weeks from kMonday on, of which one period is published; by month from November on.
Periods periods() {
  Periods known;
  known.kinds[kPlacement] = {{kMonday, PeriodKind::four_weeks}, {kNovember, PeriodKind::month}};
  known.four_weeks.periods.push_back({kMonday, kMonday.plus_days(27), {}, {}, {}, {}, {}});
  return known;
}

void expect_refused(PlacementId placement, Date day, const std::string& code, const std::string& words) {
  const auto period = periods().holding(placement, day);
  ASSERT_FALSE(period);
  EXPECT_EQ(period.error().code, code);
  EXPECT_THAT(period.error().message, HasSubstr(words));
}

TEST(Periods, OfFourWeeksAreThosePublished) {
  for (const int day : {0, 13, 25})
    EXPECT_EQ(periods().holding(kPlacement, kMonday.plus_days(day)), (Period{PeriodKind::four_weeks, kMonday}));
}

TEST(Periods, AreOfTheKindInForceOnTheDay) {
  EXPECT_EQ(periods().holding(kPlacement, kNovember.plus_days(-1)), (Period{PeriodKind::four_weeks, kMonday}));
  EXPECT_EQ(periods().holding(kPlacement, kNovember.plus_days(29)), (Period{PeriodKind::month, kNovember}));
}

TEST(Periods, OfFourWeeksThatAreNotPublishedAreRefusedWithWhatToDo) {
  Periods none = periods();
  none.four_weeks.periods.clear();
  const auto period = none.holding(kPlacement, kMonday);
  ASSERT_FALSE(period);
  EXPECT_EQ(period.error().code, "notPublished");
  EXPECT_THAT(period.error().message, HasSubstr("2026-10-05; have the payroll calendar of that year published"));
}

TEST(Periods, AreNotThereBeforeThePlacement) {
  expect_refused(kPlacement, kMonday.plus_days(-1), "outsidePlacement", "2026-10-04 lies before the placement");
}

TEST(Periods, AreNotThereForAPlacementThatTheLedgerDidNotShow) {
  expect_refused(PlacementId(Uuid{9, 9}), kMonday, "notFound", "correct the id");
}

}  // namespace
}  // namespace placet::importing
