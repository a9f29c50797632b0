#include <gtest/gtest.h>

#include "domain/calendar/calendar.h"
#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

CalendarPeriod period(Date first, Date last) {
  const Date monday = last.plus_days(1).monday_of_week().plus_days(7);
  return {first, last, last, monday, monday.plus_days(1), monday.plus_days(3), monday.plus_days(2)};
}

CalendarPeriod four_weeks(Date first) { return period(first, first.plus_days(27)); }

/// October and November of 2026.
PublishCalendar months() {
  return {PeriodKind::month,
          2026,
          {period(*Date::of(2026, 10, 1), *Date::of(2026, 10, 31)),
           period(*Date::of(2026, 11, 1), *Date::of(2026, 11, 30))}};
}

PublishCalendar of_four_weeks() {
  return {PeriodKind::four_weeks, 2026, {four_weeks(kToday), four_weeks(kToday.plus_days(28))}};
}

void expect_malformed(const PublishCalendar& command, const std::string& words) {
  people().when(command, as(kOffice)).then_refused(RejectionCode::malformed, words);
}

TEST(PublishCalendar, WritesEveryDateOut) {
  people().when(months(), as(kOffice)).then({CalendarPublished{PeriodKind::month, 2026, months().periods}});
  people().done(of_four_weeks(), as(kOffice));
  people().done(PublishCalendar{PeriodKind::week, 2026, {period(kToday, kToday.plus_days(6))}}, as(kOffice));
}

TEST(PublishCalendar, IsTheOfficesAct) {
  people().when(months(), as(kRecruiter)).then_refused(RejectionCode::not_found);
  people().when(months(), as(kAuditor)).then_refused(RejectionCode::not_allowed);
}

TEST(PublishCalendar, TakesPeriodsThatAdjoin) {
  PublishCalendar gap = of_four_weeks();
  gap.periods[1] = four_weeks(kToday.plus_days(35));
  expect_malformed(gap, "periods[1].first");
  PublishCalendar none = months();
  none.periods.clear();
  expect_malformed(none, "periods: is empty");
}

TEST(PublishCalendar, TakesPeriodsOfItsKindAndYearOnly) {
  PublishCalendar short_month = months();
  short_month.periods[0].last = *Date::of(2026, 10, 30);
  expect_malformed(short_month, "periods[0]");
  PublishCalendar other_year = months();
  other_year.year = 2025;
  expect_malformed(other_year, "periods[0]");
  PublishCalendar from_tuesday = of_four_weeks();
  from_tuesday.periods[0] = four_weeks(kToday.plus_days(1));
  expect_malformed(from_tuesday, "periods[0]");
  expect_malformed({PeriodKind::week, 2026, {period(kToday, kToday.plus_days(13))}}, "periods[0]");
  // Week 1 of 2027 begins on 4 January: these would lie in two calendars.
  expect_malformed({PeriodKind::four_weeks, 2026, {four_weeks(*Date::of(2026, 12, 21))}}, "periods[0]");
}

TEST(PublishCalendar, TakesFiveWeeksAtTheEndOfAYearOf53) {
  const Date first = *Date::of(2026, 11, 30);  // 2026 has 53 ISO weeks
  people().done(PublishCalendar{PeriodKind::four_weeks, 2026, {period(first, first.plus_days(34))}}, as(kOffice));
  const CalendarPeriod five_in_october = period(kToday, kToday.plus_days(34));
  expect_malformed({PeriodKind::four_weeks, 2026, {five_in_october, four_weeks(kToday.plus_days(35))}}, "periods[0]");
}

TEST(PublishCalendar, TakesDatesInTheirOrder) {
  const auto with = [](Date CalendarPeriod::* field, Date date) {
    PublishCalendar command = months();
    command.periods[0].*field = date;
    return command;
  };
  expect_malformed(with(&CalendarPeriod::submit_by, *Date::of(2026, 9, 30)), "periods[0].submitBy");
  expect_malformed(with(&CalendarPeriod::approve_by, *Date::of(2026, 10, 30)), "periods[0].approveBy");
  expect_malformed(with(&CalendarPeriod::run, *Date::of(2026, 10, 30)), "periods[0].run");
  expect_malformed(with(&CalendarPeriod::pay_day, *Date::of(2026, 11, 2)), "periods[0].payDay");
  expect_malformed(with(&CalendarPeriod::invoice_day, *Date::of(2026, 10, 30)), "periods[0].invoiceDay");
}

TEST(PublishCalendar, MovesADeadlineOffTheWeekend) {
  PublishCalendar on_saturday = months();
  on_saturday.periods[0].pay_day = *Date::of(2026, 11, 14);
  expect_malformed(on_saturday, "working days");
}

TEST(PublishCalendar, RefusesDatesOutOfReach) {
  PublishCalendar far = months();
  far.periods[0].pay_day = Date{2'147'483'647};
  expect_malformed(far, "1970 to 2198");
}

TEST(PublishCalendar, MayMoveDeadlinesAndAddPeriodsButNoBorders) {
  PublishCalendar later = months();
  later.periods[0].pay_day = later.periods[0].pay_day.plus_days(1);
  later.periods.push_back(period(*Date::of(2026, 12, 1), *Date::of(2026, 12, 31)));
  PublishCalendar shorter = months();
  shorter.periods.pop_back();
  people()
      .done(months(), as(kOffice))
      .when(months(), as(kOffice))
      .then_refused(RejectionCode::already_exists, "just so")
      .when(shorter, as(kOffice))
      .then_refused(RejectionCode::already_exists, "stand once published")
      .done(later, as(kOffice));
}

TEST(PeriodHolding, KnowsWeeksAndMonthsAndLooksFourWeeksUp) {
  const Date day = *Date::of(2026, 10, 15);
  Calendar calendar;
  const FourWeeksOn four_weeks_on = [&](Date) -> const Calendar& { return calendar; };
  EXPECT_EQ(period_holding(PeriodKind::week, day, four_weeks_on),
            (PeriodSpan{*Date::of(2026, 10, 12), *Date::of(2026, 10, 18)}));
  EXPECT_EQ(period_holding(PeriodKind::month, day, four_weeks_on),
            (PeriodSpan{*Date::of(2026, 10, 1), *Date::of(2026, 10, 31)}));
  EXPECT_EQ(period_holding(PeriodKind::four_weeks, day, four_weeks_on), std::nullopt);
  EXPECT_EQ(period_holding(PeriodKind::unspecified, day, four_weeks_on), std::nullopt);
  calendar.periods = of_four_weeks().periods;
  EXPECT_EQ(period_holding(PeriodKind::four_weeks, day, four_weeks_on), (PeriodSpan{kToday, kToday.plus_days(27)}));
}

}  // namespace
}  // namespace placet::domain::testing
