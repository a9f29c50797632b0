#pragma once

#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "domain/meta.h"
#include "domain/rejection.h"
#include "domain/streams.h"
#include "schema/plain.h"

namespace placet::domain {

/// Version of what records hold; stands in `ledgerFounded`. How rows lie on disk has one of its own
/// (store/log_format.h).
inline constexpr std::uint32_t kRecordFormat = 1;

class States;

/// What a decision knows of the world beside the states: all of it passed in, so that decide stays pure.
struct Facts {
  LedgerId ledger;
  Timestamp now;  // recordedAt of the commit group
  Date today;     // the employer's local day of `now`
  Actor actor;
  PersonId second;                  // who agreed to the actor's proposal; nil: nobody
  std::optional<Command> proposed;  // with `AgreeToAct`: the command that the proposal at its position holds
};

/// An event that decide wants written. `effective_on` is the first local day on which the fact bears.
struct NewEvent {
  StreamId stream;
  Event event;
  Date effective_on;
  Parties parties;
};

using Events = std::vector<NewEvent>;
using Decision = std::expected<Events, Rejection>;

inline Events one(StreamId stream, Event event, Date effective_on, Parties parties = {}) {
  Events events;
  events.push_back({stream, std::move(event), effective_on, std::move(parties)});
  return events;
}

/// Behind those that are there.
inline void append(Events& events, Events more) {
  events.insert(events.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace placet::domain
