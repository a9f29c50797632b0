#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace placet {

/// An instant: UTC microseconds since 1970.
struct Timestamp {
  std::int64_t micros = 0;
  friend constexpr auto operator<=>(const Timestamp&, const Timestamp&) = default;
  static std::optional<Timestamp> parse(std::string_view iso);  // 2026-10-12T07:00:00Z, with up to six decimals
  std::string to_string() const;                                // 2026-10-12T07:00:00.000000Z
};

/// Of 24 hours; a local day can have 23 or 25.
inline constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

enum class Weekday : std::uint8_t { monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday };

/// A local calendar day: days since 1970-01-01. The year runs from 1900 to 2199 when parsed.
struct Date {
  std::int32_t days = 0;

  friend constexpr auto operator<=>(const Date&, const Date&) = default;
  constexpr Date plus_days(std::int32_t count) const { return {days + count}; }
  Weekday weekday() const;
  int year() const;
  int month() const;  // 1 to 12
  int day() const;    // 1 to 31
  Date monday_of_week() const { return plus_days(1 - static_cast<int>(weekday())); }
  Date first_of_month() const;
  Date last_of_month() const;

  static std::optional<Date> of(int year, int month, int day);
  static std::optional<Date> parse(std::string_view iso);  // YYYY-MM-DD
  std::string to_string() const;
};

/// The year and number of an ISO 8601 week (1 to 53).
struct IsoWeek {
  int year = 0;
  int week = 0;
  friend constexpr auto operator<=>(const IsoWeek&, const IsoWeek&) = default;
};
IsoWeek iso_week_of(Date date);

}  // namespace placet
