#include "documents/language.h"

#include <gtest/gtest.h>

namespace placet::documents {
namespace {

const Language& dutch = Language::of("nl");
const Language& english = Language::of("en");
const Date kMonday = Date::of(2026, 10, 12).value();

TEST(Language, WritesDaysAsPeopleDo) {
  EXPECT_EQ(dutch.day(kMonday), "maandag 12 oktober");
  EXPECT_EQ(english.day(kMonday), "Monday, 12 October");
  EXPECT_EQ(dutch.short_day(kMonday), "ma 12 okt");
  EXPECT_EQ(dutch.date(kMonday), "12 oktober 2026");
}

TEST(Language, WritesSpansWithoutSayingThingsTwice) {
  const auto plain = [](std::string text) {
    for (const std::string odd : {"\u2009", "\u00A0", "\u202F"})
      for (auto at = text.find(odd); at != std::string::npos; at = text.find(odd)) text.replace(at, odd.size(), " ");
    return text;
  };
  EXPECT_EQ(plain(dutch.days(kMonday, kMonday.plus_days(6))), "12–18 oktober 2026");
  EXPECT_EQ(plain(english.days(kMonday, kMonday.plus_days(6))), "12–18 October 2026");
}

TEST(Language, WritesAmountsAndHours) {
  EXPECT_EQ(english.money(Money::of(123'456)), "€1,234.56");
  EXPECT_EQ(dutch.money(Money::of(123'456)), "€\u00A01.234,56");
  EXPECT_EQ(Language::hours(Minutes::of(450)), "7:30");
  EXPECT_EQ(Language::hours(Minutes::of(-30)), "-0:30");
}

TEST(Language, IsTheOneThatTheBrowserPrefers) {
  EXPECT_EQ(Language::asked_for("en-GB,en;q=0.9,nl;q=0.8").code(), "en");
  EXPECT_EQ(Language::asked_for("nl-NL,nl;q=0.9,en;q=0.8").code(), "nl");
  EXPECT_EQ(Language::asked_for("de,en;q=0.5").code(), "en");
  EXPECT_EQ(Language::asked_for("pl").code(), "nl");
  EXPECT_EQ(Language::asked_for("").code(), "nl");
  EXPECT_EQ(Language::asked_for(std::string(5'000, ';')).code(), "nl");
}

TEST(Language, HasTheSameTextsInBoth) { EXPECT_EQ(dutch.names(), english.names()); }

}  // namespace
}  // namespace placet::documents
