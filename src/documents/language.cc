#include "documents/language.h"

#include <fmt/format.h>
#include <unicode/dtitvfmt.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>
#include <unicode/uloc.h>

#include <toml++/toml.h>
#include <array>
#include <map>
#include <ranges>

#include "base/check.h"
#include "documents/files.h"

namespace placet::documents {

namespace {

constexpr std::array<const char*, 2> kCodes = {"nl", "en"};
constexpr std::string_view kSection = ".";

UDate noon_of(Date day) { return static_cast<UDate>(day.days * INT64_C(86'400'000) + INT64_C(43'200'000)); }

std::string utf8(const icu::UnicodeString& text) {
  std::string bytes;
  return text.toUTF8String(bytes);
}

std::string written(Date day, const icu::DateFormat& pattern) {
  icu::UnicodeString text;
  // Formatting changes nothing that counts, but ICU does not say so: each thread has its own.
  const std::unique_ptr<icu::DateFormat> own(pattern.clone());
  return utf8(own->format(noon_of(day), text));
}

/// [week] title = "..." is "week.title".
void collect(const toml::table& table, const std::string& prefix, std::map<std::string, std::string, std::less<>>& to) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (const auto* inner = node.as_table()) collect(*inner, name + std::string(kSection), to);
    if (const auto* text = node.as_string()) to.emplace(name, text->get());
  }
}

std::map<std::string, std::string, std::less<>> texts_of(const std::string& code) {
  std::map<std::string, std::string, std::less<>> texts;
  for (const Embedded& file : embedded_files()) {
    if (file.path != "texts/" + code + ".toml") continue;
    const auto parsed = toml::parse(file.bytes);
    PLACET_CHECK(parsed.succeeded(), std::string(parsed.error().description()));
    collect(parsed.table(), "", texts);
  }
  PLACET_CHECK(!texts.empty(), "a language without texts");
  return texts;
}

}  // namespace

struct Language::Parts {
  explicit Parts(std::string_view its_code) : code(its_code), locale(code == "en" ? "en_GB" : "nl_NL") {
    UErrorCode failed = U_ZERO_ERROR;
    const auto pattern = [&](const char* skeleton) {
      std::unique_ptr<icu::DateFormat> made(icu::DateFormat::createInstanceForSkeleton(skeleton, locale, failed));
      if (made) made->setTimeZone(*icu::TimeZone::getGMT());
      return made;
    };
    day = pattern("EEEEdMMMM");
    short_day = pattern("EEdMMM");
    date = pattern("dMMMMy");
    days.reset(icu::DateIntervalFormat::createInstance("dMMMMy", locale, failed));
    if (days) days->setTimeZone(*icu::TimeZone::getGMT());
    PLACET_CHECK(U_SUCCESS(failed), "the formats of a language");
    money = icu::number::NumberFormatter::withLocale(locale).unit(icu::CurrencyUnit(u"EUR", failed));
  }

  const std::string code;
  const icu::Locale locale;
  std::unique_ptr<icu::DateFormat> day, short_day, date;
  std::unique_ptr<icu::DateIntervalFormat> days;
  icu::number::LocalizedNumberFormatter money;
  const std::map<std::string, std::string, std::less<>> texts = texts_of(code);
};

Language::Language(std::string_view code) : parts_(std::make_unique<Parts>(code)) {}
Language::~Language() = default;

const Language& Language::of(std::string_view code) {
  static const Language kDutch("nl");
  static const Language kEnglish("en");
  return code == "en" ? kEnglish : kDutch;
}

const Language& Language::asked_for(std::string_view accept_language) {
  UErrorCode failed = U_ZERO_ERROR;
  std::array<char, ULOC_FULLNAME_CAPACITY> chosen{};
  UAcceptResult how = ULOC_ACCEPT_FAILED;
  UEnumeration* const ours = uenum_openCharStringsEnumeration(kCodes.data(), kCodes.size(), &failed);
  uloc_acceptLanguageFromHTTP(chosen.data(), chosen.size(), &how, std::string(accept_language).c_str(), ours, &failed);
  uenum_close(ours);
  const bool found = U_SUCCESS(failed) && how != ULOC_ACCEPT_FAILED;
  return of(found ? std::string_view(chosen.data()).substr(0, 2) : "nl");
}

const std::string& Language::code() const { return parts_->code; }

const std::string& Language::text(std::string_view name) const {
  const auto found = parts_->texts.find(name);
  PLACET_CHECK(found != parts_->texts.end(), fmt::format("no text {} in {}", name, parts_->code));
  return found->second;
}

std::vector<std::string> Language::names() const {
  const auto names = std::views::keys(parts_->texts);
  return {names.begin(), names.end()};
}

std::string Language::day(Date day) const { return written(day, *parts_->day); }
std::string Language::short_day(Date day) const { return written(day, *parts_->short_day); }
std::string Language::date(Date day) const { return written(day, *parts_->date); }

std::string Language::days(Date first, Date last) const {
  UErrorCode failed = U_ZERO_ERROR;
  icu::UnicodeString text;
  icu::FieldPosition ignored(icu::FieldPosition::DONT_CARE);
  const std::unique_ptr<icu::DateIntervalFormat> own(parts_->days->clone());
  const icu::DateInterval interval(noon_of(first), noon_of(last));
  own->format(&interval, text, ignored, failed);
  PLACET_CHECK(U_SUCCESS(failed), "an interval of days");
  return utf8(text);
}

std::string Language::period(const domain::Period& period, Date last) const {
  const std::string its_days = days(period.first, last);
  if (period.kind != domain::PeriodKind::week) return its_days;
  return fmt::format("{} {}, {}", text("word.week"), iso_week_of(period.first).week, its_days);
}

std::string Language::moment(Timestamp at, const Zone& zone) const {
  return fmt::format("{} {}", day(zone.local_day(at)), zone.local_text(at).substr(11));
}

std::string Language::money(Money amount) const {
  UErrorCode failed = U_ZERO_ERROR;
  const std::string cents = fmt::format("{}e-2", amount.count());
  const auto text = parts_->money.formatDecimal(cents, failed).toString(failed);
  PLACET_CHECK(U_SUCCESS(failed), "an amount of money");
  return utf8(text);
}

std::string Language::hours(Minutes minutes) {
  const auto count = minutes.count();
  const auto whole = count < 0 ? -count : count;
  return fmt::format("{}{}:{:02}", count < 0 ? "-" : "", whole / 60, whole % 60);
}

}  // namespace placet::documents
