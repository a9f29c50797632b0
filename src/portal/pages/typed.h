#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "portal/form.h"
#include "readside/queries.h"
#include "schema/plain.h"

namespace placet::portal::pages {

/// A line of hours as it stands in the fields of a form: what somebody typed is shown to him again as he typed it.
struct TypedLine {
  EntryId entry;  // nil: a new one
  Date day;
  domain::HourType type = domain::HourType::normal;
  std::string start, end, pause, hours, note;
  std::string fault;  // for him to read

  bool empty() const { return start.empty() && end.empty() && hours.empty() && pause.empty() && note.empty(); }
  bool operator==(const TypedLine&) const = default;
};

TypedLine typed(const readside::Entry& entry);
/// The lines of a form, in its order; what is no line of ours is left out.
std::vector<TypedLine> typed(const Form& form);

/// Why a line cannot be understood: names of texts.
using LineFault = std::string_view;
/// What was worked, by a start and an end less the break, or by hours. The break is in minutes.
std::expected<domain::Worked, LineFault> worked(const TypedLine& line);

/// Minutes after midnight of 7:30, 07:30, 7.30, 0730 or 7; 24:00 is midnight. Nothing for anything else.
std::optional<std::int16_t> clock_time(std::string_view text);
/// Minutes of 8, 7:30, 7,5 or 7.5 hours, at most 24. A quarter of an hour is 0.25; what is no whole minute is nothing.
std::optional<Minutes> duration(std::string_view text);

}  // namespace placet::portal::pages
