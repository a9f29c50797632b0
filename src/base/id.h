#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace placet {

/// 128 bits, big-endian in `hi` and `lo`; written as a UUID. Nil (all zero) means "none" and never names a thing.
struct Uuid {
  std::uint64_t hi = 0;
  std::uint64_t lo = 0;

  constexpr bool is_nil() const { return hi == 0 && lo == 0; }
  friend constexpr auto operator<=>(const Uuid&, const Uuid&) = default;

  std::array<std::uint8_t, 16> bytes() const;
  static Uuid from_bytes(BytesView sixteen_bytes);
  std::string to_string() const;  // 8-4-4-4-12, lower case
  static std::optional<Uuid> parse(std::string_view text);
};

/// An id that cannot be mistaken for another kind of id. The tag is never defined.
template <class Tag>
struct Id {
  Uuid value;

  constexpr Id() = default;
  constexpr explicit Id(Uuid uuid) : value(uuid) {}
  constexpr bool is_nil() const { return value.is_nil(); }
  std::string to_string() const { return value.to_string(); }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

using LedgerId = Id<struct LedgerTag>;
using CommandId = Id<struct CommandTag>;
using PersonId = Id<struct PersonTag>;
using AccountId = Id<struct AccountTag>;
using TokenId = Id<struct TokenTag>;
using WorkerId = Id<struct WorkerTag>;
using ClientId = Id<struct ClientTag>;
using AgencyId = Id<struct AgencyTag>;
using EmploymentId = Id<struct EmploymentTag>;
using PlacementId = Id<struct PlacementTag>;
using CalendarId = Id<struct CalendarTag>;
using SheetId = Id<struct SheetTag>;
using EntryId = Id<struct EntryTag>;
using NoticeId = Id<struct NoticeTag>;
using ReservationId = Id<struct ReservationTag>;
using RunId = Id<struct RunTag>;
using PayslipId = Id<struct PayslipTag>;
using BatchId = Id<struct BatchTag>;
using PaymentId = Id<struct PaymentTag>;
using InvoiceId = Id<struct InvoiceTag>;
using SeriesId = Id<struct SeriesTag>;
/// Worker, client, agency or placement: whoever a record concerns.
using PartyId = Id<struct PartyTag>;

/// The index of one record in the log, from 0.
struct LogPosition {
  std::uint64_t value = 0;
  friend constexpr auto operator<=>(const LogPosition&, const LogPosition&) = default;
};

/// A count of records: the last position + 1. Basis, as-of, cursors and checkpoints are sizes.
struct LogSize {
  std::uint64_t value = 0;
  friend constexpr auto operator<=>(const LogSize&, const LogSize&) = default;
};

/// The index of an event in its stream, from 0. Where a caller expects one it counts
/// events: 0 means "the stream must not exist".
struct StreamVersion {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(const StreamVersion&, const StreamVersion&) = default;
};

/// Spreads an id over a hash table; ids are random or hashes already.
struct UuidHash {
  std::size_t operator()(const Uuid& uuid) const { return uuid.hi ^ (uuid.lo * 0x9e3779b97f4a7c15ULL); }
  template <class Tag>
  std::size_t operator()(const Id<Tag>& id) const {
    return (*this)(id.value);
  }
};

}  // namespace placet
