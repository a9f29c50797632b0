#pragma once

#include <vector>

#include "domain/decision.h"

namespace placet::domain {

struct Entry {
  EntryId id;
  HourType hour_type = HourType::unspecified;
  Worked worked;
  PersonId entered_by;
};

/// The hours of one placement in one period.
struct Timesheet {
  PlacementId placement;  // nil: no entry yet
  Period period;
  std::vector<Entry> entries;
};

inline constexpr std::size_t kEntriesPerSheetMax = 512;

Timesheet evolve(Timesheet state, const EntryRecorded& event, const Meta& meta);

void needs(const RecordEntry& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const RecordEntry& command, const Facts& facts);

}  // namespace placet::domain
