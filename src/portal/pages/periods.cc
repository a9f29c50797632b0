#include "portal/pages/periods.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "domain/calendar/calendar.h"

namespace placet::portal::pages {

namespace {

using domain::PeriodKind;

constexpr std::array<std::pair<PeriodKind, std::string_view>, 3> kWords = {
    {{PeriodKind::week, "week"}, {PeriodKind::four_weeks, "four-weeks"}, {PeriodKind::month, "month"}}};

}  // namespace

Result<std::optional<PeriodAt>> period_holding(const Reading& reading, PeriodKind kind, Date day) {
  if (kind == PeriodKind::unspecified || !domain::in_reach(day)) return std::nullopt;
  auto queries = reading.ask();
  PLACET_ASSIGN(const auto published, queries.calendar({.kind = kind, .from = day, .until = day}));
  if (!published.rows.empty()) {
    const domain::CalendarPeriod& found = published.rows.front().period;
    return PeriodAt{{kind, found.first}, found.last, found};
  }
  static const domain::Calendar kNone;
  const auto span = domain::period_holding(kind, day, [](Date) -> const domain::Calendar& { return kNone; });
  if (!span) return std::nullopt;
  return PeriodAt{{kind, span->first}, span->last, std::nullopt};
}

std::string_view word_of(PeriodKind kind) {
  for (const auto& [known, word] : kWords)
    if (known == kind) return word;
  return "period";
}

std::optional<PeriodKind> period_kind_of(std::string_view word) {
  for (const auto& [kind, known] : kWords)
    if (known == word) return kind;
  return std::nullopt;
}

std::string heading(const Visit& visit, const PeriodAt& at) {
  const std::string days = visit.language.days(at.first(), at.last);
  if (at.period.kind != PeriodKind::week) return days;
  return fmt::format("{} {}, {}", visit.text("word.week"), iso_week_of(at.first()).week, days);
}

}  // namespace placet::portal::pages
