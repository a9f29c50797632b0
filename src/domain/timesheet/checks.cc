#include "domain/timesheet/checks.h"

#include <algorithm>

namespace placet::domain {

std::expected<void, Rejection> check_days(std::span<const Date> days) {
  for (auto day = days.begin(); day != days.end(); ++day) {
    if (!in_reach(*day)) return refuse(RejectionCode::malformed, "days: must lie from 1970 to 2198");
    if (std::find(days.begin(), day, *day) != day)
      return refuse(RejectionCode::malformed, "days: names " + day->to_string() + " twice");
  }
  return {};
}

}  // namespace placet::domain
