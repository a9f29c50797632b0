#include "access/hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace placet::access {
namespace {

using domain::RejectionCode;
using domain::Worked;
using ::testing::HasSubstr;

const Date kPlainDay = *Date::of(2026, 10, 12);
const Date kLongDay = *Date::of(2026, 10, 25);  // 25 hours: 02:00 to 03:00 comes twice
const Date kShortDay = *Date::of(2026, 3, 29);  // 23 hours: 02:00 to 03:00 is skipped
constexpr std::int16_t kSummer = 120, kWinter = 60;

constexpr std::int16_t clock_time(int hour, int minute) { return static_cast<std::int16_t>(hour * 60 + minute); }

class Hours : public ::testing::Test {
 public:
  /// given
  Hours& typed(Date day, std::optional<std::int16_t> start, std::optional<std::int16_t> end) {
    worked_ = {};
    worked_.day = day;
    worked_.start_local = start;
    worked_.end_local = end;
    return *this;
  }
  Hours& pause(std::int64_t minutes) {
    worked_.break_minutes = Minutes::of(minutes);
    return *this;
  }
  Hours& plain_minutes(std::int64_t minutes) {
    worked_.minutes = Minutes::of(minutes);
    return *this;
  }
  Hours& offsets(std::optional<std::int16_t> start, std::optional<std::int16_t> end) {
    worked_.start_offset = start;
    worked_.end_offset = end;
    return *this;
  }
  /// then
  void are(std::int64_t minutes, std::int64_t day_minutes = 1'440) {
    const auto resolved = resolve_hours(worked_, zone_, "recordEntry");
    ASSERT_TRUE(resolved) << resolved.error().message;
    EXPECT_EQ(worked_.minutes.count(), minutes);
    EXPECT_EQ(worked_.day_minutes.count(), day_minutes);
  }
  void are_refused(RejectionCode code, const std::string& message) {
    const auto resolved = resolve_hours(worked_, zone_, "recordEntry");
    ASSERT_FALSE(resolved);
    EXPECT_EQ(resolved.error().code, code) << resolved.error().message;
    EXPECT_THAT(resolved.error().message, HasSubstr(message));
    EXPECT_FALSE(worked_.start_at);
  }
  std::string start_at() const { return worked_.start_at.value().to_string(); }
  std::string end_at() const { return worked_.end_at.value().to_string(); }

  const Zone zone_ = Zone::find("Europe/Amsterdam").value();
  Worked worked_;
};

TEST_F(Hours, FromStartToEndAreInstantsAndMinutesLessTheBreak) {
  typed(kPlainDay, clock_time(9, 0), clock_time(17, 30)).pause(30).are(480);
  EXPECT_EQ(start_at(), "2026-10-12T07:00:00.000000Z");
  EXPECT_EQ(end_at(), "2026-10-12T15:30:00.000000Z");
}

TEST_F(Hours, ThatEndNotAfterTheStartEndOnTheNextDay) {
  typed(kPlainDay, clock_time(22, 0), clock_time(6, 0)).are(480);
  EXPECT_EQ(end_at(), "2026-10-13T04:00:00.000000Z");
  typed(kPlainDay, clock_time(22, 0), clock_time(0, 0)).are(120);
  typed(kPlainDay, clock_time(22, 0), clock_time(22, 0)).are(1'440);
}

TEST_F(Hours, InPlainMinutesGetTheLengthOfTheirDayOnly) {
  typed(kPlainDay, {}, {}).plain_minutes(480).are(480);
  typed(kLongDay, {}, {}).plain_minutes(480).are(480, 1'500);
  typed(kShortDay, {}, {}).plain_minutes(480).are(480, 1'380);
  EXPECT_FALSE(worked_.start_at);
}

TEST_F(Hours, ThroughTheNightInWhichTheClockGoesBackAreOneHourLonger) {
  typed(kLongDay, clock_time(1, 0), clock_time(4, 0)).are(240, 1'500);
  typed(kLongDay.plus_days(-1), clock_time(22, 0), clock_time(6, 0)).are(540);
}

TEST_F(Hours, ThroughTheNightInWhichTheClockGoesForwardAreOneHourShorter) {
  typed(kShortDay, clock_time(1, 30), clock_time(3, 30)).are(60, 1'380);
  typed(kShortDay.plus_days(-1), clock_time(22, 0), clock_time(6, 0)).are(420);
}

TEST_F(Hours, AtATimeThatComesTwiceNeedItsOffset) {
  typed(kLongDay, clock_time(2, 30), clock_time(5, 0))
      .are_refused(RejectionCode::ambiguous_time, "recordEntry.worked.startLocal: 02:30 on 2026-10-25 occurs twice");
  are_refused(RejectionCode::ambiguous_time, "give startOffset, in minutes east of UTC: 120 or 60");
  typed(kLongDay, clock_time(1, 0), clock_time(2, 30)).are_refused(RejectionCode::ambiguous_time, "give endOffset");
  typed(kLongDay.plus_days(-1), clock_time(22, 0), clock_time(2, 30))
      .are_refused(RejectionCode::ambiguous_time, "02:30 on 2026-10-25");

  typed(kLongDay, clock_time(2, 30), clock_time(5, 0)).offsets(kSummer, {}).are(210, 1'500);
  EXPECT_EQ(start_at(), "2026-10-25T00:30:00.000000Z");
  typed(kLongDay, clock_time(2, 30), clock_time(5, 0)).offsets(kWinter, {}).are(150, 1'500);
  EXPECT_EQ(start_at(), "2026-10-25T01:30:00.000000Z");
  typed(kLongDay.plus_days(-1), clock_time(22, 0), clock_time(2, 30)).offsets({}, kWinter).are(330);
}

TEST_F(Hours, InsideTheRepeatedHourRunInTheOrderOfTime) {
  typed(kLongDay, clock_time(2, 30), clock_time(2, 30)).offsets(kSummer, kWinter).are(60, 1'500);
  typed(kLongDay, clock_time(2, 30), clock_time(2, 15)).offsets(kSummer, kWinter).are(45, 1'500);
  typed(kLongDay, clock_time(2, 15), clock_time(2, 30)).offsets(kWinter, kWinter).are(15, 1'500);
  typed(kLongDay, clock_time(2, 15), clock_time(2, 30))
      .offsets(kWinter, kSummer)
      .are_refused(RejectionCode::malformed, "recordEntry.worked.endLocal: is not after the start");
}

TEST_F(Hours, FromAfterTheRepeatedHourToATimeInItEndOnTheNextDay) {
  typed(kLongDay, clock_time(4, 0), clock_time(2, 30)).are(1'350, 1'500);
  EXPECT_EQ(end_at(), "2026-10-26T01:30:00.000000Z");
}

TEST_F(Hours, AtATimeThatTheClockSkipsAreRefused) {
  typed(kShortDay, clock_time(2, 30), clock_time(5, 0))
      .are_refused(RejectionCode::no_such_time, "recordEntry.worked.startLocal: 02:30 on 2026-03-29 does not exist");
  typed(kShortDay, clock_time(1, 0), clock_time(2, 30)).are_refused(RejectionCode::no_such_time, "worked.endLocal");
  typed(kShortDay.plus_days(-1), clock_time(22, 0), clock_time(2, 30))
      .are_refused(RejectionCode::no_such_time, "02:30 on 2026-03-29");
}

TEST_F(Hours, WithAnOffsetThatTheirClockNeverShowedAreRefused) {
  typed(kLongDay, clock_time(2, 30), clock_time(5, 0))
      .offsets(0, {})
      .are_refused(RejectionCode::no_such_time, "worked.startOffset: 02:30 on 2026-10-25 is 120 or 60 minutes");
  typed(kPlainDay, clock_time(9, 0), clock_time(17, 0))
      .offsets({}, kWinter)
      .are_refused(RejectionCode::no_such_time, "worked.endOffset: 17:00 on 2026-10-12 is 120 minutes");
  typed(kPlainDay, clock_time(9, 0), clock_time(17, 0)).offsets(kSummer, kSummer).are(480);
}

TEST_F(Hours, WithMinutesThatDifferFromStartToEndAreRefused) {
  typed(kPlainDay, clock_time(9, 0), clock_time(17, 30))
      .pause(30)
      .plain_minutes(510)
      .are_refused(RejectionCode::malformed, "recordEntry.worked.minutes: 510 were given");
  typed(kPlainDay, clock_time(9, 0), clock_time(17, 30)).pause(30).plain_minutes(480).are(480);
}

TEST_F(Hours, WithABreakThatLeavesNothingAreRefused) {
  typed(kPlainDay, clock_time(9, 0), clock_time(10, 0))
      .pause(60)
      .are_refused(RejectionCode::malformed, "worked.breakMinutes: 60 leave nothing of the 60 minutes");
}

TEST_F(Hours, WithHalfOfWhatBelongsTogetherAreRefused) {
  typed(kPlainDay, clock_time(9, 0), {}).are_refused(RejectionCode::malformed, "worked.endLocal: is missing");
  typed(kPlainDay, {}, clock_time(9, 0)).are_refused(RejectionCode::malformed, "worked.startLocal: is missing");
  typed(kPlainDay, {}, {}).offsets({}, kWinter).are_refused(RejectionCode::malformed, "worked.endOffset");
  for (const int minute : {-2, 1'440, 32'767})
    typed(kPlainDay, static_cast<std::int16_t>(minute), clock_time(9, 0))
        .are_refused(RejectionCode::malformed, "worked.startLocal: must be minutes after midnight");
}

}  // namespace
}  // namespace placet::access
