#include "readside/reading.h"

#include "domain/calendar/calendar.h"

namespace placet::readside {

Queries Reading::ask(Asked asked) const {
  return Queries({.view = view_,
                  .caller = caller_,
                  .vault = &surroundings_.vault,
                  .log = surroundings_.log,
                  .now = surroundings_.now,
                  .today = surroundings_.today,
                  .asked = std::move(asked)});
}

Result<std::optional<PeriodAt>> Reading::period_holding(domain::PeriodKind kind, Date day) const {
  if (kind == domain::PeriodKind::unspecified || !domain::in_reach(day)) return std::nullopt;
  if (!calendar_) {
    PLACET_ASSIGN(calendar_, all(&Queries::calendar, CalendarFilter{}));
  }
  for (const CalendarLine& line : *calendar_)
    if (line.kind == kind && line.period.first <= day && day <= line.period.last)
      return PeriodAt{{kind, line.period.first}, line.period.last, line.period};
  static const domain::Calendar kNone;
  const auto span = domain::period_holding(kind, day, [](Date) -> const domain::Calendar& { return kNone; });
  if (!span) return std::nullopt;
  return PeriodAt{{kind, span->first}, span->last, std::nullopt};
}

}  // namespace placet::readside
