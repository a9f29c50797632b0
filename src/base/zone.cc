#include "base/zone.h"

#include <date/tz.h>

#include <stdexcept>

namespace placet {

namespace {

const date::time_zone& zone_of(const void* zone) { return *static_cast<const date::time_zone*>(zone); }

date::local_days local_days_of(Date day) { return date::local_days(date::days(day.days)); }

date::local_seconds local_time(Date day, int minute_of_day) {
  return date::local_seconds(local_days_of(day)) + std::chrono::minutes(minute_of_day);
}

std::int64_t start_of(const date::time_zone& zone, Date day) {
  // Where midnight itself is skipped or doubled the day starts at the earliest instant that carries its date.
  return zone.to_sys(local_days_of(day), date::choose::earliest).time_since_epoch().count();
}

}  // namespace

Result<Zone> Zone::find(std::string_view iana_name) {
  try {
    return Zone(std::string(iana_name), date::locate_zone(std::string(iana_name)));
  } catch (const std::runtime_error&) {
    return fail(ErrorCode::invalid, "no time zone is called '" + std::string(iana_name) +
                                        "'; use a name of the IANA database, such as Europe/Amsterdam");
  }
}

Date Zone::local_day(Timestamp instant) const {
  const auto local =
      zone_of(zone_).to_local(date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(instant.micros)));
  return {static_cast<std::int32_t>(date::floor<date::days>(local).time_since_epoch().count())};
}

std::string Zone::local_text(Timestamp instant) const {
  const auto local =
      zone_of(zone_).to_local(date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(instant.micros)));
  return date::format("%F %R", date::floor<std::chrono::minutes>(local));
}

Minutes Zone::length_of(Date day) const {
  const std::int64_t seconds = start_of(zone_of(zone_), day.plus_days(1)) - start_of(zone_of(zone_), day);
  return Minutes::of(seconds / 60);
}

std::variant<Timestamp, Zone::Unresolved> Zone::instant(Date day, int minute_of_day,
                                                        std::optional<int> offset_minutes) const {
  const auto local = local_time(day, minute_of_day);
  const auto info = zone_of(zone_).get_info(local);
  const auto at = [&](std::chrono::seconds offset) {
    return Timestamp{(local.time_since_epoch() - offset).count() * 1'000'000};
  };
  switch (info.result) {
    case date::local_info::unique: return at(info.first.offset);
    case date::local_info::nonexistent: return Unresolved::no_such_time;
    case date::local_info::ambiguous:
      if (!offset_minutes) return Unresolved::ambiguous;
      if (info.first.offset == std::chrono::minutes(*offset_minutes)) return at(info.first.offset);
      if (info.second.offset == std::chrono::minutes(*offset_minutes)) return at(info.second.offset);
      return Unresolved::no_such_time;
  }
  return Unresolved::no_such_time;
}

std::vector<int> Zone::offsets_at(Date day, int minute_of_day) const {
  const auto info = zone_of(zone_).get_info(local_time(day, minute_of_day));
  const auto minutes = [](std::chrono::seconds offset) { return static_cast<int>(offset.count() / 60); };
  switch (info.result) {
    case date::local_info::unique: return {minutes(info.first.offset)};
    case date::local_info::nonexistent: return {};
    case date::local_info::ambiguous: return {minutes(info.first.offset), minutes(info.second.offset)};
  }
  return {};
}

}  // namespace placet
