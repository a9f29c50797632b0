#include "base/zone.h"

#include <gtest/gtest.h>

namespace placet {
namespace {

constexpr int kNoon = 12 * 60;
const Date kFirst = *Date::of(1969, 6, 1);
const Date kLast = *Date::of(2037, 12, 31);

/// The instant at noon, which every day of these zones has.
std::int64_t noon_micros(const Zone& zone, Date day) {
  return std::get<Timestamp>(zone.instant(day, kNoon, std::nullopt)).micros;
}

TEST(Zone, TellsTheTimeAsItsClocksDo) {
  const Zone zone = *Zone::find("Europe/Amsterdam");
  const auto text = [&](const char* utc) { return zone.local_text(*Timestamp::parse(utc)); };
  EXPECT_EQ(text("2026-07-01T22:30:59.999999Z"), "2026-07-02 00:30");
  EXPECT_EQ(text("2026-12-31T22:59:59Z"), "2026-12-31 23:59");
  EXPECT_EQ(text("2026-10-25T00:30:00Z"), "2026-10-25 02:30");
  EXPECT_EQ(text("2026-10-25T01:30:00Z"), "2026-10-25 02:30");
}

/// Clocks set at midnight, by half an hour, by two hours, never, and twice within a month.
class EveryDay : public testing::TestWithParam<const char*> {};

TEST_P(EveryDay, HasTheInstantsThatTheDatabaseHas) {
  const Zone zone = *Zone::find(GetParam());
  for (Date day = kFirst; day < kLast; day = day.plus_days(1)) {
    for (const int minute : {0, 30, 150, kNoon, 24 * 60 - 1}) {
      const auto offsets = zone.offsets_at(day, minute);
      const auto instant = zone.instant(day, minute, std::nullopt);
      ASSERT_EQ(std::holds_alternative<Timestamp>(instant), offsets.size() == 1) << day.to_string() << " " << minute;
      if (offsets.size() != 1) continue;
      const std::int64_t local_minutes = std::int64_t{day.days} * 24 * 60 + minute;
      ASSERT_EQ(std::get<Timestamp>(instant).micros, (local_minutes - offsets.front()) * 60'000'000)
          << day.to_string() << " " << minute;
    }
  }
}

TEST_P(EveryDay, IsAsLongAsFromItsMidnightToTheNext) {
  const Zone zone = *Zone::find(GetParam());
  std::int64_t minutes = 0;
  std::int64_t of_noons = 0;
  for (Date day = kFirst; day < kLast; day = day.plus_days(1)) {
    const std::int64_t length = zone.length_of(day).count();
    ASSERT_TRUE(length >= 22 * 60 && length <= 26 * 60) << day.to_string() << " has " << length;
    minutes += length;
    of_noons += (noon_micros(zone, day.plus_days(1)) - noon_micros(zone, day)) / 60'000'000;
  }
  EXPECT_EQ(minutes, of_noons);
}

INSTANTIATE_TEST_SUITE_P(Zones, EveryDay,
                         testing::Values("Europe/Amsterdam", "America/Sao_Paulo", "Australia/Lord_Howe",
                                         "Antarctica/Troll", "Asia/Kolkata", "Africa/Casablanca"));

}  // namespace
}  // namespace placet
