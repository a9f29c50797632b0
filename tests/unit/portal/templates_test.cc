#include "documents/templates.h"

#include <gmock/gmock.h>

#include "portal/files.h"

namespace placet::portal {
namespace {

using documents::Embedded;
using documents::Language;
using documents::Page;
using ::testing::HasSubstr;
using ::testing::Not;

const documents::Templates& pages() {
  static const documents::Templates kPages(embedded_files());
  return kPages;
}

TEST(Templates, AreAllReadInBothLanguages) {
  for (const char* const code : {"nl", "en"})
    for (const Embedded& file : embedded_files()) {
      if (!file.path.starts_with("templates/")) continue;
      const std::string html = Page(pages(), Language::of(code), file.path.substr(10)).text();
      EXPECT_THAT(html, Not(HasSubstr("[["))) << file.path;
      EXPECT_THAT(html, Not(HasSubstr("{{"))) << file.path;
    }
}

TEST(Templates, EscapeWhateverIsPutInForThePlaceWhereItStands) {
  Page page(pages(), Language::of("en"), "sign_in.html");
  page.part().set("EMAIL", "\"><script>alert(1)</script>").set("TO", "' onfocus='alert(1)");
  page.part().add("FAULT").set("TEXT", "<img src=x onerror=alert(1)>");
  const std::string html = page.text();
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(html, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(html, Not(HasSubstr("' onfocus='")));
  EXPECT_THAT(html, HasSubstr("&lt;img src=x onerror=alert(1)&gt;"));
}

TEST(Templates, DoNotLinkToScripts) {
  Page page(pages(), Language::of("en"), "refused.html");
  page.part().set("BACK", "javascript:alert(1)");
  EXPECT_THAT(page.text(), Not(HasSubstr("javascript:")));
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
