#include "portal/pages/entries.h"

#include <fmt/format.h>

#include <algorithm>

namespace placet::portal::pages {

std::string name_of_type(const Visit& visit, domain::HourType type) {
  return visit.text(fmt::format("hour_type.{}", name_of(type)));
}

void show_status(Page::Part& part, const Visit& visit, readside::SheetStatus status) {
  const int number = static_cast<int>(status);
  part.set("STATUS", visit.text(fmt::format("status.{}", number)))
      .set("STATUS_CLASS", fmt::format("status-{}", number));
}

void show_line(Page::Part& day, const Visit& visit, const readside::Entry& entry,
               std::span<const readside::Entry> of_sheet) {
  const int phase = static_cast<int>(entry.phase);
  Page::Part line = day.add("LINE");
  line.set("TYPE_NAME", name_of_type(visit, entry.hour_type))
      .set("NOTE", entry.note)
      .set("PHASE", visit.text(fmt::format("phase.{}", phase)))
      .set("PHASE_CLASS", fmt::format("phase-{}", phase));
  if (std::ranges::count(of_sheet, entry.day, &readside::Entry::day) > 1)
    line.add("OF_SEVERAL").set("HOURS", Language::hours(entry.minutes));
  if (!entry.start.empty()) line.add("FROM_TO").set("START", entry.start).set("END", entry.end);
  if (entry.break_minutes.count() > 0) line.add("HAS_PAUSE").set("PAUSE", entry.break_minutes.count());
}

}  // namespace placet::portal::pages
