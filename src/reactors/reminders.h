#pragma once

#include <optional>
#include <set>
#include <tuple>

#include "access/caller.h"
#include "reactors/services.h"
#include "readside/reading.h"

namespace placet::reactors {

/// Has people reminded of hours, by the deadlines of the payroll calendar, on the employer's clock:
///
///   hours not submitted    from 18:00 on the day by which they are wanted: the worker
///   hours not approved     from 12:00 on the day by which they are to be approved: the approvers in force
///                          from 17:00 on that day: the contacts of the agency, and whoever stands in
///
/// What is more than three days late is left to people. Nothing is remembered: the ledger refuses to remind twice.
class Reminders {
 public:
  explicit Reminders(const Services& services) : services_(services) {}

  /// Looks at most every quarter of an hour of the clock. One thread.
  Result<void> look();

 private:
  using Asked = std::tuple<SheetId, domain::NoticeKind, Timestamp>;

  Result<void> remind_of_missing(const readside::Reading& reading, int minute);
  Result<void> remind_of_waiting(const readside::Reading& reading, int minute);
  /// Does nothing when it was asked for already, for hours that wait since then.
  Result<void> remind(const readside::Parties& parties, const domain::Period& period, SheetId sheet,
                      domain::NoticeKind kind, Timestamp since, std::vector<PersonId> contacts = {});

  const Services& services_;
  std::optional<std::int64_t> looked_at_;  // quarters of an hour since 1970
  std::set<Asked> asked_;                  // so that the ledger need not refuse each anew
};

}  // namespace placet::reactors
