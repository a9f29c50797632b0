#include "domain/streams.h"

#include "crypto/sha256.h"

namespace placet::domain {

namespace {

void append(Bytes& to, const Uuid& id) {
  const auto bytes = id.bytes();
  to.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void append(Bytes& to, std::uint16_t number) {
  for (const int shift : {8, 0}) to.push_back(static_cast<char>(number >> shift));
}

}  // namespace

Uuid derive_id(LedgerId ledger, DerivedKind kind, BytesView canonical_key) {
  Bytes input = "placet-id-v1";
  append(input, ledger.value);
  input.push_back(static_cast<char>(kind));
  input.append(canonical_key);
  return Uuid::from_bytes(view_of(crypto::sha256(input)).substr(0, 16));
}

SheetId sheet_of(LedgerId ledger, PlacementId placement, const Period& period) {
  // Canonical bytes of the key: placement, u16 kind, i32 first day, big-endian.
  Bytes key;
  append(key, placement.value);
  append(key, static_cast<std::uint16_t>(period.kind));
  const auto first = static_cast<std::uint32_t>(period.first.days);
  for (const int shift : {24, 16, 8, 0}) key.push_back(static_cast<char>(first >> shift));
  return SheetId(derive_id(ledger, DerivedKind::sheet, key));
}

CalendarId calendar_of(LedgerId ledger, PeriodKind kind, std::uint16_t year) {
  // Canonical bytes of the key: u16 kind, u16 year, big-endian.
  Bytes key;
  append(key, static_cast<std::uint16_t>(kind));
  append(key, year);
  return CalendarId(derive_id(ledger, DerivedKind::calendar, key));
}

NoticeId notices_of(LedgerId ledger, SheetId sheet) {
  Bytes key;
  append(key, sheet.value);
  return NoticeId(derive_id(ledger, DerivedKind::notices, key));
}

ReservationId worker_of(LedgerId ledger, PersonId person) {
  Bytes key;
  append(key, person.value);
  return ReservationId(derive_id(ledger, DerivedKind::worker_of_person, key));
}

ReservationId employment_of(LedgerId ledger, WorkerId worker) {
  Bytes key;
  append(key, worker.value);
  return ReservationId(derive_id(ledger, DerivedKind::employment_of_worker, key));
}

}  // namespace placet::domain
