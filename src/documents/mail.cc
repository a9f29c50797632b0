#include "documents/mail.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <string_view>

#include "documents/files.h"
#include "documents/language.h"
#include "documents/templates.h"

namespace placet::documents {

namespace {

using domain::NoticeKind;

const Templates& templates() {
  static const Templates kMails(embedded_files());
  return kMails;
}

/// The texts of a kind stand under "mail.KIND".
std::string text_of(const Language& language, NoticeKind kind, std::string_view part) {
  return language.text(fmt::format("mail.{}.{}", domain::name_of(kind), part));
}

/// In both languages, in both forms: `fill` puts in what differs.
Mail in_both(NoticeKind kind, const std::string& link, std::string_view subject_end,
             const std::function<void(Page::Part&, const Language&)>& fill) {
  const std::array languages = {&Language::of("nl"), &Language::of("en")};
  const auto body = [&](std::string_view ending) {
    const auto piece = [&](std::string_view name) {
      return Page(templates(), *languages.front(), fmt::format("{}.{}", name, ending)).text();
    };
    std::string whole = piece("mail_head");
    for (const Language* const language : languages) {
      Page page(templates(), *language, fmt::format("mail.{}", ending));
      Page::Part& part = page.part();
      part.set("LANGUAGE", language->code())
          .set("TITLE", text_of(*language, kind, "title"))
          .set("LEAD", text_of(*language, kind, "lead"))
          .set("GO", text_of(*language, kind, "go"))
          .set("LINK", link);
      fill(part, *language);
      whole += page.text();
    }
    return whole + piece("mail_foot");
  };
  return {fmt::format("{} / {}{}", text_of(*languages[0], kind, "title"), text_of(*languages[1], kind, "title"),
                      subject_end),
          body("txt"), body("html")};
}

}  // namespace

Mail write(const AboutHours& about) {
  const auto period = [&](const Language& language) { return language.period(about.period, about.last); };
  const auto fill = [&](Page::Part& part, const Language& language) {
    const auto fact = [&](std::string_view label, const std::string& value) {
      part.add("FACT").set("LABEL", language.text(fmt::format("mail.{}", label))).set("VALUE", value);
    };
    fact("worker", about.worker);
    fact("client", about.client);
    fact("period", period(language));
    for (const DayOfHours& day : about.digest.days)
      part.add("DAY").set("NAME", language.day(day.day)).set("HOURS", Language::hours(day.minutes));
    if (about.digest.total.count() != 0) part.add("TOTAL").set("HOURS", Language::hours(about.digest.total));
    for (const std::string_view odd : about.digest.odd) part.add("ODD").set("TEXT", language.text(odd));
    if (!about.reason.empty()) part.add("REASON").set("TEXT", about.reason);
    if (!about.calendar) return;
    if (about.kind == NoticeKind::hours_missing || about.kind == NoticeKind::hours_refused)
      fact("submit_by", language.day(about.calendar->submit_by));
    fact("approve_by", language.day(about.calendar->approve_by));
    fact("pay_day", language.day(about.calendar->pay_day));
  };
  return in_both(about.kind, about.link, fmt::format(": {}, {}", about.worker, period(Language::of("nl"))), fill);
}

Mail write(const AboutAccount& about) {
  return in_both(about.kind, about.link, "", [](Page::Part&, const Language&) {});
}

}  // namespace placet::documents
