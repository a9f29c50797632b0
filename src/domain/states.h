#pragma once

#include <boost/container/small_vector.hpp>
#include <variant>

#include "base/check.h"
#include "domain/account/account.h"
#include "domain/control/control.h"
#include "domain/person/person.h"
#include "domain/reservation/reservation.h"
#include "domain/system/system.h"
#include "domain/timesheet/timesheet.h"

namespace placet::domain {

/// The folded state of one stream; std::monostate while it has no events.
using State = std::variant<std::monostate, System, Person, Account, Reservation, Control, Timesheet>;

struct StreamState {
  std::uint32_t events = 0;  // folded so far: the version of the next one
  State state;
};

/// Folds one more event into the state of its stream.
void fold(StreamState& stream, const Event& event, const Meta& meta);

/// The states that a command named in `needs`, for decide to read. Reading one that was not named is a bug.
class States {
 public:
  void add(StreamId stream, const StreamState* state) { states_.push_back({stream, state}); }

  const System& system() const { return at<System>(system_stream()); }
  const Person& person(PersonId id) const { return at<Person>(stream_of(id)); }
  const Account& account(AccountId id) const { return at<Account>(stream_of(id)); }
  const Reservation& reservation(ReservationId id) const { return at<Reservation>(stream_of(id)); }
  const Control& control(PersonId id) const { return at<Control>(control_stream_of(id)); }
  const Timesheet& timesheet(SheetId id) const { return at<Timesheet>(stream_of(id)); }

 private:
  template <class T>
  const T& at(StreamId stream) const {
    static const T kNoStream{};
    const StreamState& found = find(stream);
    if (found.events == 0) return kNoStream;
    const T* state = std::get_if<T>(&found.state);
    PLACET_CHECK(state != nullptr, "a stream holds events of another category");
    return *state;
  }
  const StreamState& find(StreamId stream) const;

  struct Named {
    StreamId stream;
    const StreamState* state;
  };
  boost::container::small_vector<Named, 8> states_;
};

}  // namespace placet::domain
