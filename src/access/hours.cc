#include "access/hours.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace placet::access {

namespace {

using domain::refuse;
using domain::Rejection;
using domain::RejectionCode;

constexpr int kMinutesOfDay = 24 * 60;
constexpr std::int64_t kMinuteMicros = 60'000'000;

/// A time as read off a clock on the wall. `field` is "start" or "end".
struct ClockTime {
  Date day;
  int minute = 0;
  std::optional<int> offset;
  std::string_view field;
};

std::string offset_list(const std::vector<int>& offsets) {
  std::string list;
  for (const int offset : offsets) list += (list.empty() ? "" : " or ") + std::to_string(offset);
  return list;
}

std::expected<Timestamp, Rejection> resolve(const ClockTime& time, const Zone& zone, std::string_view command) {
  const auto instant = zone.instant(time.day, time.minute, time.offset);
  if (const auto* resolved = std::get_if<Timestamp>(&instant); resolved != nullptr && !time.offset) return *resolved;
  const std::string shown = fmt::format("{:02}:{:02} on {}", time.minute / 60, time.minute % 60, time.day.to_string());
  const std::vector<int> offsets = zone.offsets_at(time.day, time.minute);
  if (offsets.empty())
    return refuse(RejectionCode::no_such_time,
                  fmt::format("{}.worked.{}Local: {} does not exist in {}, where the clock was set forward over it",
                              command, time.field, shown, zone.name()));
  if (offsets.size() > 1 && !time.offset)
    return refuse(
        RejectionCode::ambiguous_time,
        fmt::format("{0}.worked.{1}Local: {2} occurs twice in {3}; give {1}Offset, in minutes east of UTC: {4}",
                    command, time.field, shown, zone.name(), offset_list(offsets)));
  const bool offset_fits = !time.offset || std::ranges::find(offsets, *time.offset) != offsets.end();
  if (const auto* resolved = std::get_if<Timestamp>(&instant); resolved != nullptr && offset_fits) return *resolved;
  return refuse(RejectionCode::no_such_time,
                fmt::format("{}.worked.{}Offset: {} is {} minutes east of UTC in {}, not {}", command, time.field,
                            shown, offset_list(offsets), zone.name(), time.offset.value_or(0)));
}

std::expected<void, Rejection> check_shape(const domain::Worked& worked, std::string_view command) {
  const auto malformed = [&](std::string_view field, std::string_view what) {
    return refuse(RejectionCode::malformed, fmt::format("{}.worked.{}: {}", command, field, what));
  };
  if (worked.start_local.has_value() != worked.end_local.has_value())
    return malformed(worked.start_local ? "endLocal" : "startLocal", "is missing; give start and end, or neither");
  if (!worked.start_local && (worked.start_offset || worked.end_offset))
    return malformed(worked.start_offset ? "startOffset" : "endOffset", "means nothing without start and end");
  for (const auto& [minute, field] : {std::pair(worked.start_local, "startLocal"), {worked.end_local, "endLocal"}}) {
    if (minute && (*minute < 0 || *minute >= kMinutesOfDay))
      return malformed(field, "must be minutes after midnight, from 0 to 1439");
  }
  return {};
}

bool is_repeated_hour(const ClockTime& time, const Zone& zone) {
  return zone.offsets_at(time.day, time.minute).size() > 1;
}

std::expected<Timestamp, Rejection> resolve_end(const domain::Worked& worked, Timestamp start, const Zone& zone,
                                                std::string_view command) {
  const ClockTime same_day{worked.day, *worked.end_local, worked.end_offset, "end"};
  if (*worked.end_local > *worked.start_local) return resolve(same_day, zone, command);
  if (worked.end_offset && is_repeated_hour(same_day, zone)) {
    const auto end = resolve(same_day, zone, command);
    if (end && *end > start) return end;
  }
  return resolve({worked.day.plus_days(1), *worked.end_local, worked.end_offset, "end"}, zone, command);
}

std::expected<void, Rejection> fill_in_clock_times(domain::Worked& worked, const Zone& zone, std::string_view command) {
  const auto start = resolve({worked.day, *worked.start_local, worked.start_offset, "start"}, zone, command);
  if (!start) return std::unexpected(start.error());
  const auto end = resolve_end(worked, *start, zone, command);
  if (!end) return std::unexpected(end.error());
  const std::int64_t between = (end->micros - start->micros) / kMinuteMicros;
  if (between <= 0)
    return refuse(RejectionCode::malformed,
                  fmt::format("{}.worked.endLocal: is not after the start at these offsets", command));
  const std::int64_t paid = between - worked.break_minutes.count();
  if (paid <= 0)
    return refuse(RejectionCode::malformed,
                  fmt::format("{}.worked.breakMinutes: {} leave nothing of the {} minutes from start to end", command,
                              worked.break_minutes.count(), between));
  if (worked.minutes.count() != 0 && worked.minutes.count() != paid)
    return refuse(
        RejectionCode::malformed,
        fmt::format("{}.worked.minutes: {} were given, but start to end less the break is {}; leave one of the two out",
                    command, worked.minutes.count(), paid));
  worked.start_at = *start;
  worked.end_at = *end;
  worked.minutes = Minutes::of(paid);
  return {};
}

}  // namespace

std::expected<void, Rejection> resolve_hours(domain::Worked& worked, const Zone& zone, std::string_view command) {
  if (auto checked = check_shape(worked, command); !checked) return checked;
  worked.day_minutes = zone.length_of(worked.day);
  if (!worked.start_local) return {};
  return fill_in_clock_times(worked, zone, command);
}

}  // namespace placet::access
