#pragma once

#include <expected>
#include <map>
#include <vector>

#include "domain/calendar/calendar.h"
#include "domain/employment/employment.h"
#include "tools/client/connection.h"
#include "tools/import/hours_row.h"

namespace placet::importing {

/// By which periods a ledger keeps the hours of its placements, as its queries said at one moment.
struct Periods {
  std::map<PlacementId, std::vector<domain::KindFrom>> kinds;  // of each placement that the caller sees, by day
  domain::Calendar four_weeks;                                 // what is published, of all years

  /// The period of the placement's hours of that day. Refuses: `notFound`, `outsidePlacement` before it begins,
  /// `notPublished` where no period of four weeks holds the day.
  std::expected<domain::Period, RowFault> holding(PlacementId placement, Date day) const;
};

/// Asks a ledger. Throws what `Connection` throws.
Periods periods_of(client::Connection& connection);

}  // namespace placet::importing
