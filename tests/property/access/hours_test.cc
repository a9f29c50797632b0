#include "access/hours.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace placet::access {
namespace {

/// Days around the changes of the clock as often as all others together.
Date some_day() {
  const Date days[] = {*Date::of(2026, 3, 28), *Date::of(2026, 10, 24), *Date::of(2026, 1, 1)};
  const auto which = *rc::gen::inRange(0, 3);
  return days[which].plus_days(*rc::gen::inRange(0, which == 2 ? 365 : 3));
}

RC_GTEST_PROP(HoursProperty, AreTheTimeBetweenTheirInstantsAndStartOnTheirDay, ()) {
  static const Zone zone = Zone::find("Europe/Amsterdam").value();
  domain::Worked worked;
  worked.day = some_day();
  worked.start_local = *rc::gen::inRange<std::int16_t>(0, 1'440);
  worked.end_local = *rc::gen::inRange<std::int16_t>(0, 1'440);
  worked.break_minutes = Minutes::of(*rc::gen::inRange(0, 90));
  const auto offset = [] {
    return *rc::gen::element<std::optional<std::int16_t>>(std::nullopt, std::nullopt, std::int16_t{60},
                                                          std::int16_t{120});
  };
  worked.start_offset = offset();
  worked.end_offset = offset();

  const auto resolved = resolve_hours(worked, zone, "recordEntry");

  RC_CLASSIFY(resolved.has_value());
  if (!resolved) {
    RC_ASSERT(!worked.start_at);
    return;
  }
  const std::int64_t micros = worked.end_at->micros - worked.start_at->micros;
  RC_ASSERT(micros > 0);
  RC_ASSERT(micros <= 25 * 3'600'000'000LL);
  RC_ASSERT(worked.minutes.count() * 60'000'000 == micros - worked.break_minutes.count() * 60'000'000);
  RC_ASSERT(worked.minutes.count() > 0);
  RC_ASSERT(zone.local_day(*worked.start_at) == worked.day);
  RC_ASSERT(zone.local_day(*worked.end_at) <= worked.day.plus_days(1));
}

}  // namespace
}  // namespace placet::access
