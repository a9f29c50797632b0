#include "documents/mail.h"

#include <gmock/gmock.h>

namespace placet::documents {
namespace {

using domain::NoticeKind;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

const Date kMonday = Date::of(2026, 10, 12).value();

AboutHours about(NoticeKind kind) {
  AboutHours about;
  about.kind = kind;
  about.worker = "Sam Peeters";
  about.client = "Bakkerij Öz & Zonen";
  about.period = {domain::PeriodKind::week, kMonday};
  about.last = kMonday.plus_days(6);
  about.digest.days = {{kMonday, Minutes::of(480)}, {kMonday.plus_days(1), Minutes::of(450)}};
  about.digest.total = Minutes::of(930);
  about.digest.odd = {"odd.weekend"};
  about.calendar = {.first = kMonday,
                    .last = kMonday.plus_days(6),
                    .submit_by = kMonday.plus_days(6),
                    .approve_by = kMonday.plus_days(7),
                    .run = kMonday.plus_days(8),
                    .pay_day = kMonday.plus_days(10),
                    .invoice_day = kMonday.plus_days(8)};
  about.link = "https://placet.example/sheets/0191";
  return about;
}

TEST(Mail, SaysWhoWhichDaysHowMuchUntilWhenAndWhereInBothLanguages) {
  const Mail mail = write(about(NoticeKind::hours_submitted));
  EXPECT_THAT(mail.subject, HasSubstr("Uren om goed te keuren / Hours to approve: Sam Peeters, Week 42, "));
  for (const char* const said :
       {"Sam Peeters", "maandag 12 oktober", "Monday, 12 October", "8:00", "7:30", "15:30", "Uren in het weekend",
        "maandag 19 oktober", "donderdag 22 oktober", "https://placet.example/sheets/0191"}) {
    EXPECT_THAT(mail.text, HasSubstr(said));
    EXPECT_THAT(mail.html, HasSubstr(said));
  }
}

TEST(Mail, HasATextForEveryKind) {
  for (std::uint16_t kind = 1; kind < domain::kNoticeKindCount; ++kind) {
    const auto which = static_cast<NoticeKind>(kind);
    const bool of_account = which == NoticeKind::invited || which == NoticeKind::password_forgotten;
    const Mail mail = of_account ? write(AboutAccount{which, "https://placet.example/welcome#x"}) : write(about(which));
    EXPECT_FALSE(mail.subject.empty());
    EXPECT_THAT(mail.text, Not(HasSubstr("{{"))) << kind;
    EXPECT_THAT(mail.html, Not(HasSubstr("{{"))) << kind;
  }
}

TEST(Mail, EscapesInHtmlWhatPeopleTyped) {
  AboutHours refused = about(NoticeKind::hours_refused);
  refused.reason = "<b>Tuesday</b> was a holiday";
  const Mail mail = write(refused);
  EXPECT_THAT(mail.html, HasSubstr("&lt;b&gt;Tuesday&lt;/b&gt;"));
  EXPECT_THAT(mail.html, HasSubstr("Bakkerij Öz &amp; Zonen"));
  EXPECT_THAT(mail.text, HasSubstr("<b>Tuesday</b> was a holiday"));
}

TEST(Mail, AsTextHasAFactALine) {
  const Mail mail = write(about(NoticeKind::approval_due));
  EXPECT_THAT(mail.text, HasSubstr("\nMedewerker: Sam Peeters\n"));
  EXPECT_THAT(mail.text, HasSubstr("\n8:00  maandag 12 oktober\n"));
}

}  // namespace
}  // namespace placet::documents
