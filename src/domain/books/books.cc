#include "domain/books/books.h"

#include "domain/calendar/calendar.h"
#include "domain/states.h"

namespace placet::domain {

Books evolve(Books state, const PeriodClosed& event, const Meta&) {
  state.closed_through = event.through;
  return state;
}

void needs(const ClosePeriod&, const Facts&, Needs& out) { out.states.push_back(books_stream()); }

Decision decide(const States& states, const ClosePeriod& command, const Facts& facts) {
  if (!in_reach(command.through)) return refuse(RejectionCode::malformed, "through: must lie from 1970 to 2198");
  if (command.through >= facts.today)
    return refuse(RejectionCode::not_ready, "through: only days that are over can be closed");
  if (states.books().closed_on(command.through))
    return refuse(RejectionCode::already_exists,
                  "through: the books are closed through " + states.books().closed_through->to_string() + " already");
  return one(books_stream(), PeriodClosed{command.through}, command.through);
}

std::expected<void, Rejection> check_open_on(const Books& books, Date day) {
  if (!books.closed_on(day)) return {};
  return refuse(RejectionCode::period_closed, "bookedOn: the books are closed through " +
                                                  books.closed_through->to_string() + "; book it on a later day");
}

}  // namespace placet::domain
