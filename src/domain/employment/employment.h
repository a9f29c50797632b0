#pragma once

#include <optional>
#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// From this day on hours are kept by this kind of period.
struct KindFrom {
  Date from;
  PeriodKind kind = PeriodKind::unspecified;
  friend bool operator==(const KindFrom&, const KindFrom&) = default;
};
/// The kind in force on that day; unspecified before the first.
PeriodKind kind_on(const std::vector<KindFrom>& kinds, Date day);

/// A placement of the worker, as far as his other placements need to know it.
struct LinkedPlacement {
  PlacementId id;
  std::vector<KindFrom> kinds;  // by day
  std::optional<Date> until;    // last day

  /// The kind of the sheet that holds that day; unspecified when none does.
  PeriodKind kind_on(Date day) const;
};

/// A worker and the employer: the contract with its text and signatures, and the placements under it.
///
/// Invariants, each with a property test of the same name:
///   SignedIsTheTextSent   both signatures are of the text that was sent last; a new text needs both again.
///   NothingAfterTheEnd    an ended employment takes no placement, and a contract only when it is drawn up anew.
///   OneEmploymentPerWorker  whatever contracts he has one after another.
struct Employment {
  WorkerId worker;  // nil: no contract drawn up
  PersonId person;  // the worker's, as known when it was drawn up
  Digest text{};    // of the latest contract
  ContractTerms terms;
  bool sent = false;
  bool signed_by_worker = false;
  bool signed_by_employer = false;
  std::optional<Date> announced_end;
  std::optional<Date> last_day;  // set: ended
  std::vector<LinkedPlacement> placements;

  bool contract_signed() const { return signed_by_worker && signed_by_employer; }
  const LinkedPlacement* find(PlacementId id) const;
};

inline constexpr std::size_t kPlacementsPerEmploymentMax = 512;

Employment evolve(Employment state, const ContractDrawnUp& event, const Meta& meta);
Employment evolve(Employment state, const ContractSent& event, const Meta& meta);
Employment evolve(Employment state, const ContractSigned& event, const Meta& meta);
Employment evolve(Employment state, const ContractAmended& event, const Meta& meta);
Employment evolve(Employment state, const ContractRenewed& event, const Meta& meta);
Employment evolve(Employment state, const EmploymentEndAnnounced& event, const Meta& meta);
Employment evolve(Employment state, const EmploymentEnded& event, const Meta& meta);
Employment evolve(Employment state, const PlacementLinked& event, const Meta& meta);
Employment evolve(Employment state, const PlacementSpanChanged& event, const Meta& meta);

void needs(const DrawUpContract& command, const Facts& facts, Needs& out);
void needs(const SendContract& command, const Facts& facts, Needs& out);
void needs(const SignContract& command, const Facts& facts, Needs& out);
void needs(const AmendContract& command, const Facts& facts, Needs& out);
void needs(const RenewContract& command, const Facts& facts, Needs& out);
void needs(const AnnounceEmploymentEnd& command, const Facts& facts, Needs& out);
void needs(const EndEmployment& command, const Facts& facts, Needs& out);

Parties parties_of(const States& states, const SignContract& command, const Facts& facts);
Parties parties_of(const States& states, const AnnounceEmploymentEnd& command, const Facts& facts);

Decision decide(const States& states, const DrawUpContract& command, const Facts& facts);
Decision decide(const States& states, const SendContract& command, const Facts& facts);
Decision decide(const States& states, const SignContract& command, const Facts& facts);
Decision decide(const States& states, const AmendContract& command, const Facts& facts);
Decision decide(const States& states, const RenewContract& command, const Facts& facts);
Decision decide(const States& states, const AnnounceEmploymentEnd& command, const Facts& facts);
Decision decide(const States& states, const EndEmployment& command, const Facts& facts);

}  // namespace placet::domain
