#include "tools/import/hours_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace placet::importing {
namespace {

using ::testing::HasSubstr;

const PlacementId kPlacement(Uuid{1, 2});
const Date kMonday = *Date::of(2026, 10, 12);

domain::RecordEntry entry(Date day, std::int64_t minutes) {
  domain::RecordEntry one;
  one.placement = kPlacement;
  one.hour_type = domain::HourType::normal;
  one.worked.day = day;
  one.worked.minutes = Minutes::of(minutes);
  return one;
}

domain::RecordEntry from_to(Date day, std::int16_t start, std::int16_t end) {
  domain::RecordEntry one = entry(day, 0);
  one.worked.start_local = start;
  one.worked.end_local = end;
  return one;
}

/// Of a file for a ledger in which the placement has run by week since 1970.
HoursImport hours_import() {
  return {Digest{}, *Zone::find("Europe/Amsterdam"), {{{kPlacement, {{Date{}, domain::PeriodKind::week}}}}, {}}};
}

std::vector<RowResult> check(const std::vector<domain::RecordEntry>& entries) {
  HoursImport hours = hours_import();
  unsigned line = 2;
  for (const auto& one : entries) hours.add(line++, one);
  return hours.rows();
}

void expect_last_refused(const std::vector<domain::RecordEntry>& entries, const std::string& code,
                         const std::string& words) {
  const auto rows = check(entries);
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) EXPECT_EQ(rows[i].outcome, RowOutcome::valid);
  EXPECT_EQ(rows.back().outcome, RowOutcome::refused);
  EXPECT_EQ(rows.back().line, rows.size() + 1);
  EXPECT_EQ(rows.back().code, code);
  EXPECT_THAT(rows.back().message, HasSubstr(words));
}

TEST(HoursImport, FindsHoursThatCannotBeHours) {
  expect_last_refused({entry(kMonday, 0)}, "malformed", "worked.minutes: must be above 0");
  expect_last_refused({from_to(kMonday, 540, 540 + 1'440)}, "malformed", "endLocal");
}

TEST(HoursImport, FindsADayThatIsTooFull) {
  expect_last_refused({entry(kMonday, 960), entry(kMonday.plus_days(1), 960), entry(kMonday, 481)}, "hoursOverDay",
                      "2026-10-12");
}

TEST(HoursImport, FindsHoursThatRunIntoEachOther) {
  expect_last_refused({from_to(kMonday, 540, 600), from_to(kMonday, 599, 660)}, "hoursOverlap", "2026-10-12");
}

TEST(HoursImport, FindsTimesThatTheClockSkipsOrRepeats) {
  expect_last_refused({from_to(*Date::of(2026, 3, 29), 150, 300)}, "noSuchTime", "02:30");
  expect_last_refused({from_to(*Date::of(2026, 10, 25), 150, 300)}, "ambiguousTime", "02:30");
}

TEST(HoursImport, FindsATextThatIsTooLongOrNoText) {
  domain::RecordEntry too_long = entry(kMonday, 60), control = entry(kMonday, 60);
  too_long.note = Box::plain(std::string(100'000, 'x'));
  control.note = Box::plain("a\x07");
  expect_last_refused({too_long}, "malformed", "note");
  expect_last_refused({control}, "malformed", "note");
}

TEST(HoursImport, FindsASheetWithTooManyEntries) {
  std::vector<domain::RecordEntry> entries(domain::kEntriesPerSheetMax + 1, entry(kMonday, 1));
  expect_last_refused(entries, "tooLarge", "512");
}

TEST(HoursImport, FindsAPlacementThatTheLedgerDoesNotHave) {
  domain::RecordEntry of_nobody = entry(kMonday, 60);
  of_nobody.placement = PlacementId(Uuid{9, 9});
  expect_last_refused({entry(kMonday, 60), of_nobody}, "notFound", of_nobody.placement.to_string());
}

TEST(HoursImport, TakesTheSameHoursTwiceFromOneFile) {
  for (const RowResult& row : check({entry(kMonday, 60), entry(kMonday, 60)}))
    EXPECT_EQ(row.outcome, RowOutcome::valid);
}

TEST(HoursImport, KeepsWhatWasWrongWithTheRowItself) {
  HoursImport hours = hours_import();
  hours.add(7, std::unexpected(RowFault{"noDate", "day: is empty"}));
  EXPECT_TRUE(hours.has_refused());
  EXPECT_EQ(hours.rows()[0].line, 7U);
  EXPECT_EQ(hours.rows()[0].code, "noDate");
}

}  // namespace
}  // namespace placet::importing
