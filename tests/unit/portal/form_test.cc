#include "portal/form.h"

#include <gmock/gmock.h>

namespace placet::portal {
namespace {

using ::testing::ElementsAre;

TEST(Form, HoldsWhatABrowserSends) {
  const Form form = Form::parse("name=Anna+de+Wit&note=%E2%82%AC+5%26more&empty=&flag").value();
  EXPECT_EQ(form.text("name"), "Anna de Wit");
  EXPECT_EQ(form.text("note"), "€ 5&more");
  EXPECT_EQ(form.text("empty"), "");
  EXPECT_TRUE(form.has("flag"));
  EXPECT_FALSE(form.has("other"));
}

TEST(Form, TakesWhiteSpaceOffTextsButNotOffPasswords) {
  const Form form = Form::parse("word=++two++words+").value();
  EXPECT_EQ(form.text("word"), "two  words");
  EXPECT_EQ(form.untrimmed("word"), "  two  words ");
}

TEST(Form, HasAllFieldsOfAName) {
  EXPECT_THAT(Form::parse("day=1&day=2&other=3").value().all("day"), ElementsAre("1", "2"));
}

TEST(Form, RefusesWhatIsNoEncoding) {
  for (const char* const body : {"a=%", "a=%2", "a=%zz", "%=1"})
    EXPECT_EQ(Form::parse(body).error().code, ErrorCode::invalid) << body;
}

TEST(Form, RefusesMoreFieldsThanAnyPageOfOursHas) {
  std::string body;
  for (std::size_t i = 0; i <= Form::kFieldsMax; ++i) body += "a=1&";
  EXPECT_FALSE(Form::parse(body));
}

TEST(PercentEncoded, LeavesNothingThatMeansSomethingInAnAddress) {
  EXPECT_EQ(percent_encoded("/hours?a=b&c#d é"), "%2Fhours%3Fa%3Db%26c%23d%20%C3%A9");
}

TEST(Cookie, IsFoundByItsWholeName) {
  Request request;
  request.headers = {{"cookie", "xsession=no; session=yes; sessions=no"}};
  EXPECT_EQ(cookie(request, "session"), "yes");
  EXPECT_EQ(cookie(request, "sess"), "");
  EXPECT_EQ(cookie(Request(), "session"), "");
}

}  // namespace
}  // namespace placet::portal
