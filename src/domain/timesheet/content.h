#pragma once

#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// What an approver sees of one entry.
struct Line {
  EntryId id;
  HourType hour_type = HourType::unspecified;
  Worked worked;
  Digest note{};  // SHA-256 of the note's sealed box; zero: no note
};

/// SHA-256 of the box as it is stored, zero where there is none: the hash needs no key and survives erasure.
Digest digest_of_note(const Box& note);

/// What somebody saw: SHA-256 of
///
///   "placet-content-v1"
///   sheet id    16 bytes
///   period      u16 kind, i32 first day
///   then every line, ordered by day, start, entry id:
///     entry id  16 bytes
///     day       i32
///     start     i64, UTC microseconds; -1 for plain minutes
///     end       i64, as start
///     break     i32, minutes
///     minutes   i32
///     hour type u16
///     note      32 bytes, SHA-256 of the sealed box; zero where there is none
///
/// every number big-endian. Whoever has the records can compute it again.
Digest content_hash(SheetId sheet, const Period& period, std::vector<const Line*> lines);

}  // namespace placet::domain
