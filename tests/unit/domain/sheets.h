#pragma once

// Hours in the domain's stories: the sheet of the week from kFirstDay, and commands about it, to vary.

#include "domain/calendar/calendar.h"
#include "domain/timesheet/hours.h"
#include "tests/unit/domain/people.h"

namespace placet::domain::testing {

inline constexpr Date kMonday = kFirstDay, kTuesday = kMonday.plus_days(1), kWednesday = kMonday.plus_days(2),
                      kSunday = kMonday.plus_days(6), kNextMonday = kMonday.plus_days(7);
inline constexpr Period kWeek{PeriodKind::week, kMonday}, kNextWeek{PeriodKind::week, kNextMonday};
inline constexpr EntryId kEntry = id<EntryId>(100), kSecondEntry = id<EntryId>(101), kThirdEntry = id<EntryId>(102);
inline constexpr PlacementId kOtherPlacement = id<PlacementId>(25);

SheetId sheet_id(const Period& period = kWeek, PlacementId placement = kPlacement);
const Timesheet& sheet(Story& story, const Period& period = kWeek, PlacementId placement = kPlacement);

Worked plain(Date day, std::int64_t minutes, std::int64_t day_minutes = 1'440);
/// On a clock without an offset; an end that is not after the start is on the next day.
Worked from_to(Date day, std::int16_t start_minute, std::int16_t end_minute, std::int64_t break_minutes = 0);

/// With every hint that a worker with kPlacement and kOtherPlacement, both by week, can need.
RecordEntry record(EntryId entry, const Worked& worked, PlacementId placement = kPlacement);
ChangeEntry change(EntryId entry, const Worked& worked);
RemoveEntry remove(EntryId entry);
SubmitSheet submit(const Period& period = kWeek);
/// Of what the approver has before him now.
ApproveHours approve(Story& story, std::vector<Date> days = {});
RefuseHours refuse_hours(std::vector<Date> days = {});
TakeApprovalBack take_back(std::vector<Date> days = {});
AcceptForPay accept_for_pay(Story& story, std::vector<Date> days = {});
RequestAddition request_addition(std::vector<Date> days);

/// The placement runs, and eight hours stand on Monday (kEntry) and on Tuesday (kSecondEntry), by the worker.
Story entered();
/// And they are submitted.
Story submitted();
/// And approved by kApprover.
Story approved();
/// kSubstitute may stand in for kApprover from today.
Story with_substitute(Story story);
/// The worker has a second running placement at the same client, also by week.
Story with_other_placement(Story story);

}  // namespace placet::domain::testing
