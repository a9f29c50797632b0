#pragma once

#include <expected>
#include <string_view>

#include "base/zone.h"
#include "domain/rejection.h"

namespace placet::access {

/// Fills in what the server knows of hours worked: the length of their local day and, where a start and an end were
/// typed, the two instants and the paid minutes between them less the break. The end is on the next day when it is not
/// after the start; after the start is meant in time, so the second 02:15 of the night in which the clock goes back
/// comes after the first 02:30.
///
/// Refuses, naming the field below `path`: `no_such_time` (skipped by the clock, or not at that offset),
/// `ambiguous_time` (occurs twice and no offset was given), `malformed`.
std::expected<void, domain::Rejection> resolve_hours(domain::Worked& worked, const Zone& zone,
                                                     std::string_view command);

}  // namespace placet::access
