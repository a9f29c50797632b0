#pragma once

#include <fmt/args.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/amount.h"
#include "base/time.h"
#include "base/zone.h"
#include "schema/plain.h"

namespace placet::documents {

/// A language that pages and mails are written in: its texts (texts/*.toml), and how it writes days, times, hours and
/// amounts (ICU). Made once, at start; any thread.
class Language {
 public:
  /// `code` is "nl" or "en"; there is a file of texts for each.
  static const Language& of(std::string_view code);
  /// By what a browser asks for in Accept-Language (RFC 9110, 12.5.4); Dutch where it asks for neither.
  static const Language& asked_for(std::string_view accept_language);

  const std::string& code() const;
  /// The text of that name, such as "week.title". A name without a text is a bug.
  const std::string& text(std::string_view name) const;
  /// The same with {name} replaced by what is given: say("day.too_long", fmt::arg("day", "maandag")).
  template <class... Args>
  std::string say(std::string_view name, const Args&... args) const {
    return fmt::format(fmt::runtime(text(name)), args...);
  }

  /// Of all texts, sorted.
  std::vector<std::string> names() const;

  /// maandag 12 oktober; Monday, 12 October.
  std::string day(Date day) const;
  /// ma 12 okt.
  std::string short_day(Date day) const;
  /// 12 oktober 2026.
  std::string date(Date day) const;
  /// 12 – 18 oktober 2026.
  std::string days(Date first, Date last) const;
  /// Week 42, 12 – 18 oktober 2026; other kinds of periods have their days alone.
  std::string period(const domain::Period& period, Date last) const;
  /// zondag 18 oktober 20:14.
  std::string moment(Timestamp at, const Zone& zone) const;
  /// € 1.234,56; €1,234.56.
  std::string money(Money amount) const;
  /// 7:30, of hours and minutes; that is the same everywhere.
  static std::string hours(Minutes minutes);

  ~Language();

 private:
  struct Parts;
  explicit Language(std::string_view code);

  std::unique_ptr<Parts> parts_;
};

}  // namespace placet::documents
