#include "tools/import/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace placet::importing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

CsvTable table_of(std::string_view text, char separator = ',') {
  auto table = read_csv(text, separator);
  EXPECT_TRUE(table) << table.error().what;
  return table.value_or(CsvTable{});
}

void expect_bad(std::string_view text, unsigned line, unsigned column, const std::string& words) {
  const auto table = read_csv(text, ',');
  ASSERT_FALSE(table) << text;
  EXPECT_EQ(table.error().line, line) << text;
  EXPECT_EQ(table.error().column, column) << text;
  EXPECT_THAT(table.error().what, HasSubstr(words));
}

TEST(Csv, NamesItsColumnsInTheFirstRow) {
  const CsvTable table = table_of("a,b\n1,2\n");
  EXPECT_EQ(table.column("b"), 1U);
  EXPECT_EQ(table.column("c"), std::nullopt);
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_THAT(table.rows[0].fields, ElementsAre("1", "2"));
}

TEST(Csv, TakesAnySeparatorAndLineEnd) {
  const CsvTable table = table_of("a;b\r\n1;2,5\r\n3;4", ';');
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0].fields, ElementsAre("1", "2,5"));
  EXPECT_THAT(table.rows[1].fields, ElementsAre("3", "4"));
}

TEST(Csv, HasSeparatorsQuotesAndLineEndsInsideQuotes) {
  const CsvTable table = table_of("a,b\n\"1,5\",\"he said \"\"no\"\"\nand left\"\n3,4\n");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0].fields, ElementsAre("1,5", "he said \"no\"\nand left"));
}

TEST(Csv, KnowsTheLineOnWhichARowBegins) {
  const CsvTable table = table_of("a,b\n\n\"1\n\n\",2\n \n3,4\n");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].line, 3U);
  EXPECT_EQ(table.rows[1].line, 7U);
}

TEST(Csv, IsRefusedWithLineAndColumnOfAStrayQuote) {
  expect_bad("a,b\n1,2\n3,x\"y\n", 3, 2, "a quote must stand at the start");
  expect_bad("a,b\n\"1\"x,2\n", 2, 1, "a quote must stand at the start");
}

TEST(Csv, IsRefusedWhenAQuoteStaysOpen) { expect_bad("a,b\n1,2\n3,\"4\n5,6\n", 3, 2, "never closed"); }

TEST(Csv, IsRefusedWhenItIsEmpty) { expect_bad("", 1, 1, "is empty"); }

TEST(Text, OfWindows1252BecomesUtf8) { EXPECT_EQ(to_utf8("Caf\xe9 \x80", "windows-1252"), "Caf\xc3\xa9 \xe2\x82\xac"); }

TEST(Text, LosesItsByteOrderMark) {
  EXPECT_EQ(to_utf8("\xef\xbb\xbf"
                    "a,b",
                    "utf-8"),
            "a,b");
}

TEST(Text, IsRefusedWithLineAndColumnWhenItIsNotOfItsEncoding) {
  const auto text = to_utf8("a,b\n1,Caf\xe9\n", "utf-8");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().line, 2U);
  EXPECT_EQ(text.error().column, 2U);
  EXPECT_THAT(text.error().what, HasSubstr("is not utf-8"));
}

TEST(Text, NeedsAnEncodingThatThereIs) {
  EXPECT_THAT(to_utf8("a", "klingon").error().what, HasSubstr("no such encoding"));
}

}  // namespace
}  // namespace placet::importing
