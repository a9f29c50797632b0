#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/amount.h"
#include "base/check.h"
#include "base/id.h"
#include "domain/meta.h"
#include "projections/projection.h"
#include "projections/rows.h"
#include "schema/plain.h"

/// What events do to the lines (entries) of a sheet: shared by the projections that follow hours, each with lines of
/// its own. After an approval a day can have approved lines beside added ones that are open, so the phase belongs to
/// the line and an event moves those lines of its days that are in the right one.
namespace placet::projections {

enum class Phase : std::uint8_t {
  open,                 // entered
  submitted,            // waits for an approver
  approved,             // payable and invoiceable
  refused,              // waits to be corrected and submitted again
  accepted,             // for pay, by two persons of the employer: not invoiceable, the client may still approve
  approved_afterwards,  // accepted for pay first, then approved
};

struct PhaseMove {
  Phase from;
  Phase to;
};

/// What an event does to the lines of the days that it names; those in another phase stay.
template <class Event>
inline constexpr std::array<PhaseMove, 0> kPhaseMoves{};
template <>
inline constexpr std::array kPhaseMoves<domain::SheetSubmitted>{PhaseMove{Phase::open, Phase::submitted},
                                                                PhaseMove{Phase::refused, Phase::submitted}};
template <>
inline constexpr std::array kPhaseMoves<domain::DaysApproved>{PhaseMove{Phase::submitted, Phase::approved},
                                                              PhaseMove{Phase::accepted, Phase::approved_afterwards}};
template <>
inline constexpr std::array kPhaseMoves<domain::DaysRefused>{PhaseMove{Phase::submitted, Phase::refused}};
template <>
inline constexpr std::array kPhaseMoves<domain::SheetWithdrawn>{PhaseMove{Phase::submitted, Phase::open}};
template <>
inline constexpr std::array kPhaseMoves<domain::SheetReopened>{PhaseMove{Phase::submitted, Phase::open}};
template <>
inline constexpr std::array kPhaseMoves<domain::ApprovalTakenBack>{
    PhaseMove{Phase::approved, Phase::submitted}, PhaseMove{Phase::approved_afterwards, Phase::accepted}};
template <>
inline constexpr std::array kPhaseMoves<domain::HoursReversed>{PhaseMove{Phase::approved, Phase::submitted},
                                                               PhaseMove{Phase::approved_afterwards, Phase::submitted},
                                                               PhaseMove{Phase::accepted, Phase::submitted}};
template <>
inline constexpr std::array kPhaseMoves<domain::DaysAcceptedForPay>{PhaseMove{Phase::submitted, Phase::accepted}};

template <class Event>
concept MovesLines = kPhaseMoves<Event>.size() != 0;

/// Carries the event out on the lines of its sheet, which have `day` and `phase`. Calls `moved(line, before)` for each
/// that moves, which is in its new phase then.
template <MovesLines Event, class Line, class Moved>
void move_lines(std::vector<Line>& lines, const Event& event, Moved&& moved) {
  for (Line& line : lines) {
    const auto move = std::ranges::find(kPhaseMoves<Event>, line.phase, &PhaseMove::from);
    if (move == kPhaseMoves<Event>.end() || std::ranges::find(event.days, line.day) == event.days.end()) continue;
    const Phase before = std::exchange(line.phase, move->to);
    moved(std::as_const(line), before);
  }
}

/// The line of that entry, which must be there.
template <class Line>
Line& line_of(std::vector<Line>& lines, EntryId entry) {
  const auto found = std::ranges::find(lines, entry, &Line::entry);
  PLACET_CHECK(found != lines.end(), "an event is about an entry that is not on its sheet");
  return *found;
}
template <class Line>
void erase_line(std::vector<Line>& lines, EntryId entry) {
  lines.erase(lines.begin() + (&line_of(lines, entry) - lines.data()));
}

/// `to` += `amount`, which may be negative.
template <class Unit>
void add(Amount<Unit>& to, Amount<Unit> amount) {
  const auto sum = to.plus(amount);
  PLACET_CHECK(sum.has_value(), "an amount overflows");
  to = *sum;
}

/// Approved, or accepted for pay.
constexpr bool is_payable(Phase phase) {
  return phase == Phase::approved || phase == Phase::approved_afterwards || phase == Phase::accepted;
}
constexpr bool is_approved(Phase phase) { return phase == Phase::approved || phase == Phase::approved_afterwards; }

/// Who a sheet concerns. Of a sheet without a known placement all but the placement may be nil.
struct SheetParties {
  PlacementId placement;
  WorkerId worker;
  ClientId client;
  AgencyId agency;
  template <class A>
  void serialize(A& archive) {
    archive(placement, worker, client, agency);
  }
};

inline SheetParties parties_of(const domain::PlacementProposed& event, const domain::Meta& meta) {
  return {PlacementId(meta.stream.id), event.worker, event.client, event.agency};
}
/// Those of a placement, from the rows in which a projection keeps them.
inline SheetParties parties_of(Rows<PlacementId, SheetParties>& placements, PlacementId placement) {
  const SheetParties* known = placements.find(placement);
  return known != nullptr ? *known : SheetParties{placement, {}, {}, {}};
}

/// Those by whom lists are kept. What a placement has stands among what its worker has.
template <class Use>
void for_each_party(const SheetParties& parties, Use&& use) {
  for (const Uuid party : {parties.worker.value, parties.client.value, parties.agency.value})
    if (!party.is_nil()) use(PartyId(party));
}

/// The sheet on whose stream an event stands.
inline SheetId sheet_id(const domain::Meta& meta) { return SheetId(meta.stream.id); }

}  // namespace placet::projections
