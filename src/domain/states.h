#pragma once

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <variant>

#include "base/check.h"
#include "domain/account/account.h"
#include "domain/agency/agency.h"
#include "domain/books/books.h"
#include "domain/calendar/calendar.h"
#include "domain/client/client.h"
#include "domain/control/control.h"
#include "domain/employment/employment.h"
#include "domain/invoice/invoice.h"
#include "domain/notice/notice.h"
#include "domain/parameters/parameters.h"
#include "domain/pay_account/pay_account.h"
#include "domain/payment/payment_batch.h"
#include "domain/payroll_run/payroll_run.h"
#include "domain/person/person.h"
#include "domain/placement/placement.h"
#include "domain/proposal/proposal.h"
#include "domain/reservation/reservation.h"
#include "domain/system/system.h"
#include "domain/timesheet/timesheet.h"
#include "domain/worker/worker.h"

namespace placet::domain {

/// The folded state of one stream; std::monostate while it has no events but proposals.
using State = std::variant<std::monostate, System, Person, Account, Reservation, Control, Worker, Client, Agency,
                           Employment, Placement, Calendar, Timesheet, Notice, PayAccount, PayrollRun, PaymentBatch,
                           Invoice, NumberSeries, Parameters, Books>;

struct StreamState {
  std::uint32_t events = 0;  // folded so far: the version of the next one
  State state;
  Proposals proposals;  // that wait for a second person, on any stream
};

/// The memory that it takes, about.
std::size_t bytes_of(const StreamState& stream);

/// Folds one more event into the state of its stream.
void fold(StreamState& stream, const Event& event, const Meta& meta);

/// The states that a command named in `needs`, for decide to read. Reading one that was not named is a bug.
class States {
 public:
  void add(StreamId stream, const StreamState* state) { states_.push_back({stream, state}); }
  /// Another state of a stream that was added: how it is after a part of the command.
  void replace(StreamId stream, const StreamState* state);
  const StreamState& stream(StreamId stream) const { return find(stream); }

  const System& system() const { return at<System>(system_stream()); }
  const Person& person(PersonId id) const { return at<Person>(stream_of(id)); }
  const Account& account(AccountId id) const { return at<Account>(stream_of(id)); }
  const Reservation& reservation(ReservationId id) const { return at<Reservation>(stream_of(id)); }
  const Control& control(PersonId id) const { return at<Control>(control_stream_of(id)); }
  const Worker& worker(WorkerId id) const { return at<Worker>(stream_of(id)); }
  const Client& client(ClientId id) const { return at<Client>(stream_of(id)); }
  const Agency& agency(AgencyId id) const { return at<Agency>(stream_of(id)); }
  const Employment& employment(EmploymentId id) const { return at<Employment>(stream_of(id)); }
  const Placement& placement(PlacementId id) const { return at<Placement>(stream_of(id)); }
  const Calendar& calendar(CalendarId id) const { return at<Calendar>(stream_of(id)); }
  const Notice& notice(NoticeId id) const { return at<Notice>(stream_of(id)); }
  const Proposals& proposals(StreamId stream) const { return find(stream).proposals; }
  const Timesheet& timesheet(SheetId id) const { return at<Timesheet>(stream_of(id)); }
  const PayAccount& pay_account(EmploymentId id) const { return at<PayAccount>(pay_account_stream_of(id)); }
  const PayrollRun& payroll_run(RunId id) const { return at<PayrollRun>(stream_of(id)); }
  const PaymentBatch& payment_batch(BatchId id) const { return at<PaymentBatch>(stream_of(id)); }
  const Invoice& invoice(InvoiceId id) const { return at<Invoice>(stream_of(id)); }
  const NumberSeries& number_series(SeriesId id) const { return at<NumberSeries>(stream_of(id)); }
  const Parameters& parameters() const { return at<Parameters>(parameters_stream()); }
  const Books& books() const { return at<Books>(books_stream()); }

 private:
  template <class T>
  const T& at(StreamId stream) const {
    static const T kNoStream{};
    const StreamState& found = find(stream);
    if (std::holds_alternative<std::monostate>(found.state)) return kNoStream;
    const T* state = std::get_if<T>(&found.state);
    PLACET_CHECK(state != nullptr, "a stream holds events of another category");
    return *state;
  }
  const StreamState& find(StreamId stream) const;

  struct Named {
    StreamId stream;
    const StreamState* state;
  };
  boost::container::small_vector<Named, 10> states_;
};

}  // namespace placet::domain
