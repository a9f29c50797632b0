#include "portal/templates.h"

#include <gmock/gmock.h>

#include "portal/embedded.h"

namespace placet::portal {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Templates, AreAllReadInBothLanguages) {
  for (const char* const code : {"nl", "en"})
    for (const Embedded& file : embedded_files()) {
      if (!file.path.starts_with("templates/")) continue;
      const auto name = file.path.substr(10, file.path.size() - 15);
      const std::string html = Page(Language::of(code), name).html();
      EXPECT_THAT(html, Not(HasSubstr("[["))) << file.path;
      EXPECT_THAT(html, Not(HasSubstr("{{"))) << file.path;
    }
}

TEST(Templates, EscapeWhateverIsPutInForThePlaceWhereItStands) {
  Page page(Language::of("en"), "sign_in");
  page.part().set("EMAIL", "\"><script>alert(1)</script>").set("TO", "' onfocus='alert(1)");
  page.part().add("FAULT").set("TEXT", "<img src=x onerror=alert(1)>");
  const std::string html = page.html();
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(html, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(html, Not(HasSubstr("' onfocus='")));
  EXPECT_THAT(html, HasSubstr("&lt;img src=x onerror=alert(1)&gt;"));
}

TEST(Templates, DoNotLinkToScripts) {
  Page page(Language::of("en"), "refused");
  page.part().set("BACK", "javascript:alert(1)");
  EXPECT_THAT(page.html(), Not(HasSubstr("javascript:")));
}

TEST(Templates, HoldNoScriptAndNoStyleOfTheirOwn) {
  for (const Embedded& file : embedded_files()) {
    if (!file.path.starts_with("templates/")) continue;
    EXPECT_THAT(std::string(file.bytes), Not(HasSubstr("<script>"))) << file.path;
    EXPECT_THAT(std::string(file.bytes), Not(HasSubstr("style="))) << file.path;
  }
}

}  // namespace
}  // namespace placet::portal
