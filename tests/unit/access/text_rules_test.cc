#include "access/text_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace placet::access {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

TEST(TextRules, AllowTextOfAnyLanguageWithNewlinesAndTabs) {
  for (const char* text : {"", "Anna de Vries", "line\nline\tcolumn", "Zoë Łukasz 王 \xf0\x9f\x91\xb7", "\xc2\xa0",
                           "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf"})
    EXPECT_EQ(fault_of(text), std::nullopt) << text;
}

TEST(TextRules, RefuseControlCharactersAndNameThem) {
  using namespace std::string_view_literals;
  EXPECT_THAT(fault_of("ab\0c"sv), Optional(HasSubstr("U+0000 at byte 2")));
  EXPECT_THAT(fault_of("\r\n"), Optional(HasSubstr("U+000D at byte 0")));
  EXPECT_THAT(fault_of("é\x1b[2J"), Optional(HasSubstr("U+001B at byte 2")));
  EXPECT_THAT(fault_of("\x7f"), Optional(HasSubstr("U+007F")));
  EXPECT_THAT(fault_of("\xc2\x9b"), Optional(HasSubstr("U+009B")));
}

TEST(TextRules, RefuseWhatIsNotUtf8) {
  for (const char* text :
       {"\x80", "\xff", "a\xc3", "\xc3(", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xe2\x82", "\xed\xa0\x80",
        "\xed\xbf\xbf", "\xf0\x80\x80\xaf", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80"})
    EXPECT_THAT(fault_of(text), Optional(HasSubstr("not UTF-8"))) << ::testing::PrintToString(text);
}

}  // namespace
}  // namespace placet::access
