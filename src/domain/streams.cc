#include "domain/streams.h"

#include <boost/container/static_vector.hpp>

#include "crypto/sha256.h"

namespace placet::domain {

namespace {

/// Canonical bytes of a key: integers big-endian, nothing between them. Every command derives several ids, so they stay
/// off the heap; no key is longer.
class KeyBytes {
 public:
  KeyBytes& add(const Uuid& id) {
    for (const std::uint8_t byte : id.bytes()) bytes_.push_back(static_cast<char>(byte));
    return *this;
  }
  template <class Number>
  KeyBytes& add_number(Number number) {
    for (int shift = 8 * (sizeof number - 1); shift >= 0; shift -= 8)
      bytes_.push_back(static_cast<char>(number >> shift));
    return *this;
  }
  operator BytesView() const { return {bytes_.data(), bytes_.size()}; }

 private:
  boost::container::static_vector<char, 32> bytes_;
};

}  // namespace

Uuid derive_id(LedgerId ledger, DerivedKind kind, BytesView canonical_key) {
  const auto ledger_bytes = ledger.value.bytes();
  const char kind_byte = static_cast<char>(kind);
  crypto::Sha256 hash;
  hash.update("placet-id-v1");
  hash.update({reinterpret_cast<const char*>(ledger_bytes.data()), ledger_bytes.size()});
  hash.update({&kind_byte, 1}).update(canonical_key);
  return Uuid::from_bytes(view_of(hash.finish()).substr(0, 16));
}

SheetId sheet_of(LedgerId ledger, PlacementId placement, const Period& period) {
  // Placement, u16 kind, i32 first day.
  KeyBytes key;
  key.add(placement.value).add_number(static_cast<std::uint16_t>(period.kind));
  key.add_number(static_cast<std::uint32_t>(period.first.days));
  return SheetId(derive_id(ledger, DerivedKind::sheet, key));
}

CalendarId calendar_of(LedgerId ledger, PeriodKind kind, std::uint16_t year) {
  // u16 kind, u16 year.
  return CalendarId(derive_id(ledger, DerivedKind::calendar,
                              KeyBytes().add_number(static_cast<std::uint16_t>(kind)).add_number(year)));
}

NoticeId notices_of(LedgerId ledger, SheetId sheet) {
  return NoticeId(derive_id(ledger, DerivedKind::notices, KeyBytes().add(sheet.value)));
}

ReservationId worker_of(LedgerId ledger, PersonId person) {
  return ReservationId(derive_id(ledger, DerivedKind::worker_of_person, KeyBytes().add(person.value)));
}

ReservationId employment_of(LedgerId ledger, WorkerId worker) {
  return ReservationId(derive_id(ledger, DerivedKind::employment_of_worker, KeyBytes().add(worker.value)));
}

}  // namespace placet::domain
