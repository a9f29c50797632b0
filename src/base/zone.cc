#include "base/zone.h"

#include <date/tz.h>

#include <algorithm>
#include <iterator>
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

const date::sys_days kFirstStretch = date::sys_days(date::year(1970) / 1 / 1);
const date::sys_days kLastStretch = date::sys_days(date::year(2200) / 1 / 1);

}  // namespace

/// The database is asked for the days on which a clock is set; the others are looked up here, several per command.
Zone::Zone(std::string name, const void* zone) : name_(std::move(name)), zone_(zone) {
  for (date::sys_seconds at = kFirstStretch; at < kLastStretch;) {
    const date::sys_info info = zone_of(zone_).get_info(at);
    const date::sys_seconds end = std::min<date::sys_seconds>(info.end, kLastStretch);
    const auto day_at = [&](date::sys_seconds instant) {
      return static_cast<std::int32_t>(date::floor<date::days>(instant + info.offset).time_since_epoch().count());
    };
    // Whole days only, and none beside a change.
    const Stretch stretch{{day_at(at) + 2}, {day_at(end) - 2}, info.offset.count()};
    if (stretch.first < stretch.last) stretches_.push_back(stretch);
    at = end;
  }
}

const Zone::Stretch* Zone::stretch_of(Date day) const {
  const auto after = std::ranges::upper_bound(stretches_, day, {}, &Stretch::first);
  if (after == stretches_.begin()) return nullptr;
  const Stretch& stretch = *std::prev(after);
  return day < stretch.last ? &stretch : nullptr;
}

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
  if (stretch_of(day) != nullptr) return Minutes::of(24 * 60);
  const std::int64_t seconds = start_of(zone_of(zone_), day.plus_days(1)) - start_of(zone_of(zone_), day);
  return Minutes::of(seconds / 60);
}

std::variant<Timestamp, Zone::Unresolved> Zone::instant(Date day, int minute_of_day,
                                                        std::optional<int> offset_minutes) const {
  const auto local = local_time(day, minute_of_day);
  const auto at = [&](std::chrono::seconds offset) {
    return Timestamp{(local.time_since_epoch() - offset).count() * 1'000'000};
  };
  if (const Stretch* stretch = stretch_of(day)) return at(std::chrono::seconds(stretch->offset_seconds));
  const auto info = zone_of(zone_).get_info(local);
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
