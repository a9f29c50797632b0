#include "domain/calendar/calendar.h"

#include <algorithm>

namespace placet::domain {

const CalendarPeriod* Calendar::starting(Date first) const {
  const auto found =
      std::find_if(periods.begin(), periods.end(), [&](const CalendarPeriod& period) { return period.first == first; });
  return found == periods.end() ? nullptr : &*found;
}

Calendar evolve(Calendar state, const CalendarPublished& event, const Meta&) {
  state.kind = event.kind;
  state.year = event.year;
  state.periods = event.periods;
  return state;
}

}  // namespace placet::domain
