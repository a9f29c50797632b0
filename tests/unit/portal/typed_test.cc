#include "portal/pages/typed.h"

#include <gtest/gtest.h>

namespace placet::portal::pages {
namespace {

TEST(ClockTime, IsReadAsPeopleTypeIt) {
  for (const char* const text : {"7:30", "07:30", "7.30", "0730"}) EXPECT_EQ(clock_time(text), 450) << text;
  EXPECT_EQ(clock_time("7"), 420);
  EXPECT_EQ(clock_time("23:59"), 1439);
  EXPECT_EQ(clock_time("24:00"), 0);
  for (const char* const text : {"", "x", "25", "24:01", "7:60", "7:3", "730", "-7", "7:-3", "07:30:00"})
    EXPECT_EQ(clock_time(text), std::nullopt) << text;
}

TEST(Duration, IsReadAsPeopleTypeIt) {
  EXPECT_EQ(duration("8")->count(), 480);
  EXPECT_EQ(duration("7:30")->count(), 450);
  for (const char* const text : {"7,5", "7.5", "7,50"}) EXPECT_EQ(duration(text)->count(), 450) << text;
  EXPECT_EQ(duration("0,25")->count(), 15);
  EXPECT_EQ(duration("24")->count(), 1440);
  for (const char* const text : {"", "x", "25", "24:01", "7:60", "7,33", "-1", "1,", ",5", "1:2"})
    EXPECT_EQ(duration(text), std::nullopt) << text;
}

TypedLine line(std::string start, std::string end, std::string pause, std::string hours) {
  TypedLine line;
  line.day = Date{20'000};
  line.start = std::move(start);
  line.end = std::move(end);
  line.pause = std::move(pause);
  line.hours = std::move(hours);
  return line;
}

TEST(Worked, IsFromStartToEndLessTheBreak) {
  const auto hours = worked(line("8:30", "17:00", "30", ""));
  ASSERT_TRUE(hours);
  EXPECT_EQ(hours->day, Date{20'000});
  EXPECT_EQ(hours->start_local, 510);
  EXPECT_EQ(hours->end_local, 1020);
  EXPECT_EQ(hours->break_minutes.count(), 30);
}

TEST(Worked, IsHoursInOneNumber) {
  const auto hours = worked(line("", "", "", "7,5"));
  ASSERT_TRUE(hours);
  EXPECT_EQ(hours->minutes.count(), 450);
  EXPECT_FALSE(hours->start_local);
}

TEST(Worked, SaysWhichFieldIsWrong) {
  EXPECT_EQ(worked(line("", "", "", "")).error(), "line.no_hours");
  EXPECT_EQ(worked(line("8:30", "", "", "")).error(), "line.end");
  EXPECT_EQ(worked(line("", "17:00", "", "")).error(), "line.start");
  EXPECT_EQ(worked(line("8:30", "17:00", "half", "")).error(), "line.pause");
  EXPECT_EQ(worked(line("8:30", "17:00", "", "8")).error(), "line.both");
  EXPECT_EQ(worked(line("", "", "30", "8")).error(), "line.pause_of_hours");
  EXPECT_EQ(worked(line("", "", "", "0")).error(), "line.hours");
}

TEST(Typed, LinesOfAFormAreThoseWithADayAndAKnownType) {
  const Form form =
      Form::parse(
          "day-0=2026-10-12&type-0=1&entry-0=0190163d-8694-739b-aea5-966c26f8ad91&start-0=8:30&end-0=17:00&"
          "day-1=2026-10-13&type-1=9&hours-1=8&day-2=nonsense&type-2=1&day-4=2026-10-14&type-4=1")
          .value();
  const auto lines = typed(form);
  ASSERT_EQ(lines.size(), 1u) << "of the others the type, the day, or a number before it is missing";
  EXPECT_EQ(lines[0].start, "8:30");
  EXPECT_FALSE(lines[0].entry.is_nil());
}

}  // namespace
}  // namespace placet::portal::pages
