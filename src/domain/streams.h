#pragma once

#include <boost/container/small_vector.hpp>

#include "base/stream_id.h"
#include "schema/plain.h"

namespace placet::domain {

constexpr StreamId stream_of(Category category, Uuid id) { return {static_cast<std::uint8_t>(category), id}; }

constexpr StreamId stream_of(PersonId id) { return stream_of(Category::person, id.value); }
constexpr StreamId stream_of(AccountId id) { return stream_of(Category::account, id.value); }
constexpr StreamId stream_of(ReservationId id) { return stream_of(Category::reservation, id.value); }
constexpr StreamId stream_of(WorkerId id) { return stream_of(Category::worker, id.value); }
constexpr StreamId stream_of(ClientId id) { return stream_of(Category::client, id.value); }
constexpr StreamId stream_of(AgencyId id) { return stream_of(Category::agency, id.value); }
constexpr StreamId stream_of(EmploymentId id) { return stream_of(Category::employment, id.value); }
constexpr StreamId stream_of(PlacementId id) { return stream_of(Category::placement, id.value); }
constexpr StreamId stream_of(CalendarId id) { return stream_of(Category::calendar, id.value); }
constexpr StreamId stream_of(NoticeId id) { return stream_of(Category::notice, id.value); }
constexpr StreamId stream_of(SheetId id) { return stream_of(Category::timesheet, id.value); }
constexpr StreamId stream_of(RunId id) { return stream_of(Category::payroll_run, id.value); }
constexpr StreamId stream_of(BatchId id) { return stream_of(Category::payment_batch, id.value); }
constexpr StreamId stream_of(InvoiceId id) { return stream_of(Category::invoice, id.value); }
constexpr StreamId stream_of(SeriesId id) { return stream_of(Category::number_series, id.value); }
/// One per employment, under its id.
constexpr StreamId pay_account_stream_of(EmploymentId id) { return stream_of(Category::pay_account, id.value); }
constexpr StreamId control_stream_of(PersonId id) { return stream_of(Category::control, id.value); }
/// A ledger has one system stream.
constexpr StreamId system_stream() { return stream_of(Category::system, {0, 1}); }
/// And one of each of these.
constexpr StreamId parameters_stream() { return stream_of(Category::parameters, {0, 1}); }
constexpr StreamId books_stream() { return stream_of(Category::books, {0, 1}); }

/// "stream at version v", checked by one point read and no fold. `version` counts events: 0 means "no such stream".
struct Condition {
  StreamId stream;
  std::uint32_t events = 0;
};

/// What a command needs before it can be decided: the streams whose folded states it reads and writes (at most 64), and
/// conditions on others (at most 4,096).
struct Needs {
  boost::container::small_vector<StreamId, 10> states;  // as many as hours need that the office enters
  boost::container::small_vector<Condition, 4> conditions;
};

inline constexpr std::size_t kStatesMax = 64;
inline constexpr std::size_t kConditionsMax = 4'096;
inline constexpr std::size_t kEventsPerCommandMax = 4'096;
inline constexpr std::size_t kBytesPerCommandMax = 1 << 20;

/// The id of a thing that a natural key names: SHA-256 of ("placet-id-v1", ledger, kind, the key's canonical bytes),
/// cut to 16 bytes. Personal keys use a keyed hash instead (access/vault.h).
enum class DerivedKind : std::uint8_t {
  sheet = 1,
  calendar = 2,
  notices = 3,
  worker_of_person = 4,
  employment_of_worker = 5,
  payslip = 6,
  payment = 7,
  number_series = 8
};

SheetId sheet_of(LedgerId ledger, PlacementId placement, const Period& period);
CalendarId calendar_of(LedgerId ledger, PeriodKind kind, std::uint16_t year);
/// All notices about one sheet stand on one stream, and all about one account.
NoticeId notices_of(LedgerId ledger, SheetId sheet);
NoticeId notices_of(LedgerId ledger, AccountId account);
/// Owner of "one worker per person".
ReservationId worker_of(LedgerId ledger, PersonId person);
/// Owner of "one employment per worker": his placements and so his hours are all known in one place.
ReservationId employment_of(LedgerId ledger, WorkerId worker);
/// The nth payslip, or payment, of an employment.
PayslipId payslip_of(LedgerId ledger, EmploymentId employment, std::uint32_t number);
PaymentId payment_of(LedgerId ledger, EmploymentId employment, std::uint32_t number);
/// Owner of the numbers of one kind of invoice and year.
SeriesId series_of(LedgerId ledger, InvoiceKind kind, std::uint16_t year);

}  // namespace placet::domain
