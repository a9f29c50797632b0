#include "tools/import/hours_row.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace placet::importing {
namespace {

using ::testing::HasSubstr;
using ::testing::Throws;

constexpr const char* kPlacement = "0190163d-8694-739b-aea5-966c26f8ad91";

/// The first row of a file with those columns.
std::expected<domain::RecordEntry, RowFault> read_row(const std::string& columns, const std::string& row,
                                                      HoursFormat format = {}) {
  const CsvTable table = read_csv(columns + "\n" + row + "\n", ';').value();
  return HoursReader(table, std::move(format)).read(table.rows.at(0));
}

void expect_refused(const std::string& columns, const std::string& row, const std::string& code,
                    const std::string& words) {
  const auto entry = read_row(columns, row);
  ASSERT_FALSE(entry) << row;
  EXPECT_EQ(entry.error().code, code);
  EXPECT_THAT(entry.error().message, HasSubstr(words));
}

const std::string kId = kPlacement;

TEST(MinutesOfHours, AreWrittenInThreeWays) {
  EXPECT_EQ(minutes_of_hours("7"), Minutes::of(420));
  EXPECT_EQ(minutes_of_hours("7.25"), Minutes::of(435));
  EXPECT_EQ(minutes_of_hours("7,25"), Minutes::of(435));
  EXPECT_EQ(minutes_of_hours("7:15"), Minutes::of(435));
}

TEST(MinutesOfHours, AreRoundedHalfUp) {
  EXPECT_EQ(minutes_of_hours("0.0083"), Minutes::of(0));
  EXPECT_EQ(minutes_of_hours("0.0084"), Minutes::of(1));
  EXPECT_EQ(minutes_of_hours("0.025"), Minutes::of(2));
}

TEST(MinutesOfHours, AreNothingElse) {
  for (const char* text : {"", ".", "7.", "-7", "7h", "7:60", "7:5", "1e3", "7.25.1", "99999", "0.00000001", " 7"})
    EXPECT_EQ(minutes_of_hours(text), std::nullopt) << text;
}

TEST(ParseDate, TakesTheWholeTextAndAnExistingDay) {
  EXPECT_EQ(parse_date("02-Nov-04", "%d-%b-%y"), Date::of(2004, 11, 2));
  EXPECT_EQ(parse_date("31-02-2026", "%d-%m-%Y"), std::nullopt);
  EXPECT_EQ(parse_date("2026-10-12x", "%Y-%m-%d"), std::nullopt);
  EXPECT_EQ(parse_date("NA", "%d-%b-%y"), std::nullopt);
}

TEST(HoursRow, IsAnEntryOfItsDay) {
  const auto entry = read_row("placement;day;hours;note", kId + ";2026-10-14;7.5;inventory");
  ASSERT_TRUE(entry) << entry.error().message;
  EXPECT_EQ(entry->placement.to_string(), kPlacement);
  EXPECT_EQ(entry->worked.day, Date::of(2026, 10, 14));
  EXPECT_EQ(entry->worked.minutes, Minutes::of(450));
  EXPECT_EQ(entry->hour_type, domain::HourType::normal);
  EXPECT_EQ(entry->note, Box::plain("inventory"));
}

TEST(HoursRow, HasStartEndAndBreakAsTheyStandOnTheClock) {
  const auto entry = read_row("placement;day;start;end;break;type", kId + ";2026-10-14;22:00;6:30;45;irregular");
  ASSERT_TRUE(entry) << entry.error().message;
  EXPECT_EQ(entry->worked.start_local, 22 * 60);
  EXPECT_EQ(entry->worked.end_local, 6 * 60 + 30);
  EXPECT_EQ(entry->worked.break_minutes, Minutes::of(45));
  EXPECT_EQ(entry->hour_type, domain::HourType::irregular);
}

TEST(HoursRow, MayHaveOtherColumnsDatesAndNames) {
  HoursFormat format;
  format.columns = {{"placement", "Opdracht"}, {"day", "Datum"}, {"hours", "Uren"}};
  format.date_format = "%d-%m-%Y";
  format.placements = {{"Kade 7", PlacementId(*Uuid::parse(kPlacement))}};
  const auto entry = read_row("Uren;Opdracht;Datum;Rest", "7,5;Kade 7;14-10-2026;?", format);
  ASSERT_TRUE(entry) << entry.error().message;
  EXPECT_EQ(entry->placement.to_string(), kPlacement);
  EXPECT_EQ(entry->worked.day, Date::of(2026, 10, 14));
  const auto unknown = read_row("Uren;Opdracht;Datum", "7,5;Kade 8;14-10-2026", format);
  EXPECT_EQ(unknown.error().code, "notFound");
}

TEST(HoursRow, IsRefusedWithItsColumn) {
  const std::string columns = "placement;day;start;end;break;minutes;hours;type";
  expect_refused(columns, "P-1042;2026-10-14;;;;60;;", "malformed", "column 1 (placement): must be the placement's id");
  expect_refused(columns, kId + ";14-10-2026;;;;60;;", "malformed", "column 2 (day): '14-10-2026' is no day");
  expect_refused(columns, kId + ";2026-10-14;25:00;8:00;;;;", "malformed", "column 3 (start)");
  expect_refused(columns, kId + ";2026-10-14;8:00;8;;;;", "malformed", "column 4 (end)");
  expect_refused(columns, kId + ";2026-10-14;8:00;9:00;half;;;", "malformed", "column 5 (break)");
  expect_refused(columns, kId + ";2026-10-14;;;;-60;;", "malformed", "column 6 (minutes)");
  expect_refused(columns, kId + ";2026-10-14;;;;;eight;", "malformed", "column 7 (hours)");
  expect_refused(columns, kId + ";2026-10-14;;;;60;;holiday", "malformed", "column 8 (type): 'holiday' is none of");
  expect_refused(columns, kId + ";2026-10-14;;;", "malformed", "the row has 5 fields, but 8 columns are named");
}

TEST(HoursRow, IsRefusedWithoutADay) { expect_refused("placement;day;hours", kId + ";;8", "noDate", "day: is empty"); }

TEST(HoursReader, NamesTheColumnThatIsMissing) {
  const CsvTable table = read_csv("placement,hours\n", ',').value();
  HoursFormat renamed;
  renamed.columns = {{"hours", "Uren"}};
  EXPECT_THAT(([&] { HoursReader(table, {}); }), Throws<std::invalid_argument>());
  EXPECT_THAT(([&] { HoursReader(table, renamed); }), Throws<std::invalid_argument>());
}

}  // namespace
}  // namespace placet::importing
