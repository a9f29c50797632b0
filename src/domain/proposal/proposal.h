#pragma once

#include <optional>
#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// A command that waits for a second person. It may stand on a stream of any category: the one that it would change.
///
/// Invariant, with a property test of the same name:
///   NothingByOnePerson  what takes two persons follows, in the same command, the agreement of another person than its
///                       proposer, at most 7 days after the proposal.
struct Proposal {
  LogPosition position;
  Actor proposer;
  Digest hash{};  // of the sealed command
  Timestamp recorded_at;
};
using Proposals = std::vector<Proposal>;

inline constexpr std::int64_t kProposalDays = 7;
inline constexpr std::size_t kProposalsPerStreamMax = 32;
inline constexpr std::size_t kProposedBytesMax = 60'000;

Proposals evolve(Proposals state, const ActProposed& event, const Meta& meta);
Proposals evolve(Proposals state, const ActAgreed& event, const Meta& meta);

/// Whether the command takes effect only when a second person agrees. May depend on its content: a command whose header
/// declares `needs_second` says so itself.
bool takes_two_persons(const Command& command);

void needs(const AgreeToAct& command, const Facts& facts, Needs& out);

/// The proposed command, carried out by its proposer with this actor as the second person, on the states of now.
Decision decide(const States& states, const AgreeToAct& command, const Facts& facts);

/// Writes the command down for a second person, unless it would be refused. `act` is its canonical bytes, sealed.
Decision propose(const States& states, const Command& command, const Facts& facts, Bytes act);

}  // namespace placet::domain
