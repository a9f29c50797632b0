#pragma once

#include <span>
#include <vector>

#include "domain/calendar/calendar.h"
#include "domain/employment/employment.h"
#include "domain/timesheet/timesheet.h"

namespace placet::domain {

/// Whether hours can be hours at all: positive, whole minutes, with both of start and end or neither.
std::expected<void, Rejection> check_worked(const Worked& worked);

/// Whether they fit beside the person's other hours: together no more than that local day is long, and no two with
/// start and end at the same time. `sheets` are all that may hold hours of that time, the one that they go on first;
/// on that one, `replaced` is the entry whose place they take, nil for a new one.
std::expected<void, Rejection> check_fit(std::span<const Timesheet* const> sheets, const Worked& worked,
                                         EntryId replaced);

/// The days whose sheets may hold hours at the same time: of plain minutes the day itself; of a start and an end also
/// the day before, whose night shift may run into them, and the day after if they end there.
std::vector<Date> days_touched(const Worked& worked);

/// Adds the sheets of an employment that may hold hours of that time, all but the one of `placement` and `period` that
/// they go on: over all employments of the person what `otherSheets` of a command must name.
void add_other_sheets(const Employment& employment, LedgerId ledger, PlacementId placement, const Period& period,
                      const Worked& worked, const FourWeeksOn& four_weeks_on, std::vector<SheetId>& sheets);

}  // namespace placet::domain
