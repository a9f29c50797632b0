#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "access/stream_cache.h"
#include "domain/rejection.h"
#include "schema/plain.h"
#include "store/event_log.h"

namespace placet::access {

/// Fills in what a command may leave out because the ledger knows it: whose placement it is, who else the worker is,
/// which other sheets hold that day, by whose delegation somebody approves. Decide checks every hint against the states
/// and answers `stale` where it no longer holds. What is not there is left out: decide says so. For the commands of one
/// call: what it read for one of them it need not read again for the next.
class Hints {
 public:
  Hints(const store::EventLog& log, StreamCache& streams, LedgerId ledger)
      : log_(log), streams_(streams), ledger_(ledger) {}

  /// Before the command is sealed: worker, client and employment of its placement.
  Result<void> fill_optional(domain::Command& command);
  /// After its hours are resolved: the $server fields that are hints, for a command that this person sends on this
  /// local day.
  Result<void> fill_server(domain::Command& command, PersonId actor, Date today);
  /// The command that a proposal holds, for whoever agrees to it; nothing when there is none at that position.
  Result<std::optional<domain::Command>> proposed(domain::AgreeToAct& agree);

 private:
  template <class State>
  Result<std::shared_ptr<const State>> state_at(StreamId stream);
  template <class State, class Id>
  Result<std::shared_ptr<const State>> state_of(Id id);
  Result<void> fill_batches(EmploymentId employment, std::vector<BatchId>& batches);
  Result<void> fill_credit_notes(std::vector<domain::SheetSeen>& sheets);
  Result<domain::JoinedPerson> joined_person(PersonId person);
  template <class C>
  Result<void> add_other_sheets(C& command, const domain::Employment& employment);
  template <class C>
  Result<void> fill_from_placement(C& command);
  template <class C>
  Result<void> fill_hours(C& command);
  Result<void> fill_lender(domain::ApproveHours& command, PersonId actor, Date today);

  using Known = std::pair<StreamId, std::shared_ptr<const domain::StreamState>>;

  const store::EventLog& log_;
  StreamCache& streams_;
  const LedgerId ledger_;
  std::array<Known, 8> known_;  // read last; neighbours in a call are about the same people
  std::size_t next_known_ = 0;
};

}  // namespace placet::access
