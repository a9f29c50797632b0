#pragma once

#include <span>
#include <string>

#include "portal/visit.h"

namespace placet::portal::pages {

std::string name_of_type(const Visit& visit, domain::HourType type);

/// How far a sheet is, in words and as a class of the style sheet: {{STATUS}}, {{STATUS_CLASS}}.
void show_status(Page::Part& part, const Visit& visit, readside::SheetStatus status);
/// One more {{#LINE}} of a day, for line.html: hours of a sheet that are only looked at. How many they are stands in
/// the day's sum, unless it has others.
void show_line(Page::Part& day, const Visit& visit, const readside::Entry& entry,
               std::span<const readside::Entry> of_sheet);

}  // namespace placet::portal::pages
