#include "domain/streams.h"

#include <boost/container/static_vector.hpp>

#include "crypto/sha256.h"

namespace placet::domain {

namespace {

/// What the id of a derived thing is the hash of (see DerivedKind): the parts of its key are added in order, integers
/// big-endian, nothing between them. Every command derives several ids, so this stays off the heap and is hashed in
/// one go, nearly always as a single block.
class Derivation {
 public:
  Derivation(LedgerId ledger, DerivedKind kind) {
    for (const char letter : BytesView("placet-id-v1")) bytes_.push_back(letter);
    add(ledger.value).add_number(static_cast<std::uint8_t>(kind));
  }
  Derivation& add(const Uuid& id) { return add_number(id.hi).add_number(id.lo); }
  template <class Number>
  Derivation& add_number(Number number) {
    for (int shift = 8 * (sizeof number - 1); shift >= 0; shift -= 8)
      bytes_.push_back(static_cast<char>(number >> shift));
    return *this;
  }
  Uuid id() const { return Uuid::from_bytes(view_of(crypto::sha256({bytes_.data(), bytes_.size()})).substr(0, 16)); }

 private:
  boost::container::static_vector<char, 64> bytes_;  // no key is longer
};

}  // namespace

SheetId sheet_of(LedgerId ledger, PlacementId placement, const Period& period) {
  // Placement, u16 kind, i32 first day.
  return SheetId(Derivation(ledger, DerivedKind::sheet)
                     .add(placement.value)
                     .add_number(static_cast<std::uint16_t>(period.kind))
                     .add_number(static_cast<std::uint32_t>(period.first.days))
                     .id());
}

CalendarId calendar_of(LedgerId ledger, PeriodKind kind, std::uint16_t year) {
  // u16 kind, u16 year.
  return CalendarId(
      Derivation(ledger, DerivedKind::calendar).add_number(static_cast<std::uint16_t>(kind)).add_number(year).id());
}

NoticeId notices_of(LedgerId ledger, SheetId sheet) {
  return NoticeId(Derivation(ledger, DerivedKind::notices).add(sheet.value).id());
}
NoticeId notices_of(LedgerId ledger, AccountId account) {
  return NoticeId(Derivation(ledger, DerivedKind::notices).add(account.value).id());
}

ReservationId worker_of(LedgerId ledger, PersonId person) {
  return ReservationId(Derivation(ledger, DerivedKind::worker_of_person).add(person.value).id());
}

ReservationId employment_of(LedgerId ledger, WorkerId worker) {
  return ReservationId(Derivation(ledger, DerivedKind::employment_of_worker).add(worker.value).id());
}

PayslipId payslip_of(LedgerId ledger, EmploymentId employment, std::uint32_t number) {
  return PayslipId(Derivation(ledger, DerivedKind::payslip).add(employment.value).add_number(number).id());
}

PaymentId payment_of(LedgerId ledger, EmploymentId employment, std::uint32_t number) {
  return PaymentId(Derivation(ledger, DerivedKind::payment).add(employment.value).add_number(number).id());
}

SeriesId series_of(LedgerId ledger, InvoiceKind kind, std::uint16_t year) {
  // u16 kind, u16 year.
  return SeriesId(Derivation(ledger, DerivedKind::number_series)
                      .add_number(static_cast<std::uint16_t>(kind))
                      .add_number(year)
                      .id());
}

}  // namespace placet::domain
