#include "base/time.h"

#include <fmt/format.h>

#include <chrono>

namespace placet {

namespace {

std::chrono::year_month_day civil(Date date) { return std::chrono::sys_days(std::chrono::days(date.days)); }

Date from_civil(std::chrono::year_month_day ymd) {
  return {static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count())};
}

}  // namespace

std::string Timestamp::to_string() const {
  const auto since = std::chrono::microseconds(micros);
  const auto day = std::chrono::floor<std::chrono::days>(since);
  const std::chrono::hh_mm_ss clock(since - day);
  return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", Date{static_cast<std::int32_t>(day.count())}.to_string(),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::optional<Timestamp> Timestamp::parse(std::string_view iso) {
  constexpr std::size_t kDay = 10, kSecond = 19, kDecimals = 6;
  if (iso.size() < kSecond + 1 || iso.back() != 'Z' || iso[kDay] != 'T' || iso[13] != ':' || iso[16] != ':') return {};
  const auto day = Date::parse(iso.substr(0, kDay));
  const auto number = [&](std::size_t from, std::size_t size) -> std::optional<std::int64_t> {
    std::int64_t value = 0;
    for (const char c : iso.substr(from, size)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const auto hour = number(11, 2), minute = number(14, 2), second = number(17, 2);
  if (!day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return {};
  std::int64_t micros = 0;
  if (iso[kSecond] == '.') {
    const std::size_t decimals = iso.size() - kSecond - 2;
    const auto fraction = number(kSecond + 1, decimals);
    if (!fraction || decimals == 0 || decimals > kDecimals) return {};
    micros = *fraction;
    for (std::size_t i = decimals; i < kDecimals; ++i) micros *= 10;
  } else if (iso.size() != kSecond + 1) {
    return {};
  }
  const std::int64_t seconds = ((std::int64_t{day->days} * 24 + *hour) * 60 + *minute) * 60 + *second;
  return Timestamp{seconds * 1'000'000 + micros};
}

Weekday Date::weekday() const {
  return static_cast<Weekday>(std::chrono::weekday(std::chrono::sys_days(std::chrono::days(days))).iso_encoding());
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }

Date Date::first_of_month() const {
  const auto ymd = civil(*this);
  return from_civil(ymd.year() / ymd.month() / 1);
}

Date Date::last_of_month() const {
  const auto ymd = civil(*this);
  return from_civil(ymd.year() / ymd.month() / std::chrono::last);
}

std::optional<Date> Date::of(int year, int month, int day) {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const auto ymd = std::chrono::year(year) / month / day;
  if (!ymd.ok()) return std::nullopt;
  return from_civil(ymd);
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  int number[3] = {0, 0, 0};
  int part = 0;
  for (const char c : iso) {
    if (c == '-') {
      ++part;
    } else if (c >= '0' && c <= '9' && part < 3) {
      number[part] = number[part] * 10 + (c - '0');
    } else {
      return std::nullopt;
    }
  }
  return of(number[0], number[1], number[2]);
}

std::string Date::to_string() const { return fmt::format("{:04}-{:02}-{:02}", year(), month(), day()); }

IsoWeek iso_week_of(Date date) {
  const Date thursday = date.monday_of_week().plus_days(3);
  const Date first = *Date::of(thursday.year(), 1, 1);
  return {thursday.year(), (thursday.days - first.days) / 7 + 1};
}

}  // namespace placet
