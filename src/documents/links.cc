#include "documents/links.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace placet::documents {

namespace {

using domain::PeriodKind;

constexpr std::array<std::pair<PeriodKind, std::string_view>, 3> kWords = {
    {{PeriodKind::week, "week"}, {PeriodKind::four_weeks, "four-weeks"}, {PeriodKind::month, "month"}}};

}  // namespace

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

std::string hours_path(PlacementId placement, const domain::Period& period) {
  return fmt::format("/hours/{}/{}/{}", placement.value.to_string(), word_of(period.kind), period.first.to_string());
}
std::string sheet_path(SheetId sheet) { return fmt::format("/sheets/{}", sheet.value.to_string()); }
std::string welcome_path(std::string_view invite) { return fmt::format("/welcome#{}", invite); }

}  // namespace placet::documents
