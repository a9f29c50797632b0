#pragma once

#include <optional>
#include <vector>

#include "domain/decision.h"
#include "domain/employment/employment.h"

namespace placet::domain {

/// Terms that hold from a day until the next ones do.
template <class T>
struct Dated {
  Date from;
  T terms;
};

/// Somebody who approves the hours of a placement.
struct Appointment {
  PersonId person;
  Date from;
  std::optional<Date> until;  // last day
  bool in_force(Date day) const { return from <= day && (!until || day <= *until); }
};

struct Substitution {
  PersonId approver;
  PersonId substitute;
  Date from;
  Date until;  // last day
  bool in_force(Date day) const { return from <= day && day <= until; }
};

/// A worker at a client: what was agreed with whom, who approves, from when until when.
///
/// Invariants, each with a property test of the same name:
///   NoStartWithoutIdentity   a started placement had identity and right to work verified for its first day.
///   NoStartPastAClosedGate   a started placement had every gate open, or two persons' override of what was closed.
///   DayOnOneSheet            every day of a placement lies in exactly one period.
struct Placement {
  WorkerId worker;  // nil: not proposed
  PersonId person;  // the worker's, as known when it was proposed
  ClientId client;
  AgencyId agency;  // may be nil
  EmploymentId employment;
  Date from;
  std::optional<Date> until;    // last day
  std::vector<KindFrom> kinds;  // of its periods, by day
  std::vector<Dated<PayTerms>> pay;
  std::vector<Dated<ClientTerms>> client_terms;
  std::vector<Dated<PurchaseTerms>> purchase;
  std::optional<Digest> agreement;        // the text sent last
  std::vector<PersonId> first_approvers;  // that it names
  bool agreement_accepted = false;
  bool assignment_confirmed = false;
  std::optional<Date> started;  // first day of work
  bool ended = false;
  std::vector<Appointment> approvers;
  std::vector<Substitution> substitutions;

  /// Hours of that day may be entered: started, and not ended before it.
  bool runs_on(Date day) const { return started && *started <= day && (!until || day <= *until); }
  /// The kind of the period that holds that day.
  PeriodKind kind_on(Date day) const { return domain::kind_on(kinds, day); }
  bool approver_on(PersonId id, Date day) const;
  /// The fact that somebody may approve; it says so when that is the worker, who never can.
  ApproverAppointed appointment_of(PersonId approver, Date first, std::optional<Date> last) const;
  /// Whom its facts concern: worker, client, agency, placement.
  Parties parties(PlacementId id) const;
};

inline constexpr std::size_t kApproversMax = 64;
inline constexpr std::size_t kTermsMax = 256;
/// A placement ends at most this long ago: hours entered for days after that are still compared with the person's
/// others.
inline constexpr std::int32_t kEndedBackDaysMax = 62;

Placement evolve(Placement state, const PlacementProposed& event, const Meta& meta);
Placement evolve(Placement state, const PayTermsAgreed& event, const Meta& meta);
Placement evolve(Placement state, const ClientTermsAgreed& event, const Meta& meta);
Placement evolve(Placement state, const PurchaseTermsAgreed& event, const Meta& meta);
Placement evolve(Placement state, const AgreementSent& event, const Meta& meta);
Placement evolve(Placement state, const AgreementAccepted& event, const Meta& meta);
Placement evolve(Placement state, const AssignmentConfirmed& event, const Meta& meta);
Placement evolve(Placement state, const GatesOverridden& event, const Meta& meta);
Placement evolve(Placement state, const PlacementStarted& event, const Meta& meta);
Placement evolve(Placement state, const ApproverAppointed& event, const Meta& meta);
Placement evolve(Placement state, const ApproverEnded& event, const Meta& meta);
Placement evolve(Placement state, const SubstituteNamed& event, const Meta& meta);
Placement evolve(Placement state, const PlacementExtended& event, const Meta& meta);
Placement evolve(Placement state, const PlacementEnded& event, const Meta& meta);
Placement evolve(Placement state, const PeriodKindChanged& event, const Meta& meta);

void needs(const ProposePlacement& command, const Facts& facts, Needs& out);
void needs(const AgreePayTerms& command, const Facts& facts, Needs& out);
void needs(const AgreeClientTerms& command, const Facts& facts, Needs& out);
void needs(const AgreePurchaseTerms& command, const Facts& facts, Needs& out);
void needs(const SendAgreement& command, const Facts& facts, Needs& out);
void needs(const AcceptAgreement& command, const Facts& facts, Needs& out);
void needs(const ConfirmAssignment& command, const Facts& facts, Needs& out);
void needs(const StartPlacement& command, const Facts& facts, Needs& out);
void needs(const AppointApprover& command, const Facts& facts, Needs& out);
void needs(const ReplaceApprover& command, const Facts& facts, Needs& out);
void needs(const EndApprover& command, const Facts& facts, Needs& out);
void needs(const NameSubstitute& command, const Facts& facts, Needs& out);
void needs(const ExtendPlacement& command, const Facts& facts, Needs& out);
void needs(const EndPlacement& command, const Facts& facts, Needs& out);
void needs(const ChangePeriodKind& command, const Facts& facts, Needs& out);

Parties parties_of(const States& states, const ProposePlacement& command, const Facts& facts);
Parties parties_of(const States& states, const AcceptAgreement& command, const Facts& facts);
Parties parties_of(const States& states, const AppointApprover& command, const Facts& facts);
Parties parties_of(const States& states, const ReplaceApprover& command, const Facts& facts);
Parties parties_of(const States& states, const EndApprover& command, const Facts& facts);
Parties parties_of(const States& states, const NameSubstitute& command, const Facts& facts);
Parties parties_of(const States& states, const ExtendPlacement& command, const Facts& facts);
Parties parties_of(const States& states, const EndPlacement& command, const Facts& facts);

/// A start past a closed gate takes two persons.
bool needs_second(const StartPlacement& command);

Decision decide(const States& states, const ProposePlacement& command, const Facts& facts);
Decision decide(const States& states, const AgreePayTerms& command, const Facts& facts);
Decision decide(const States& states, const AgreeClientTerms& command, const Facts& facts);
Decision decide(const States& states, const AgreePurchaseTerms& command, const Facts& facts);
Decision decide(const States& states, const SendAgreement& command, const Facts& facts);
Decision decide(const States& states, const AcceptAgreement& command, const Facts& facts);
Decision decide(const States& states, const ConfirmAssignment& command, const Facts& facts);
Decision decide(const States& states, const StartPlacement& command, const Facts& facts);
Decision decide(const States& states, const AppointApprover& command, const Facts& facts);
Decision decide(const States& states, const ReplaceApprover& command, const Facts& facts);
Decision decide(const States& states, const EndApprover& command, const Facts& facts);
Decision decide(const States& states, const NameSubstitute& command, const Facts& facts);
Decision decide(const States& states, const ExtendPlacement& command, const Facts& facts);
Decision decide(const States& states, const EndPlacement& command, const Facts& facts);
Decision decide(const States& states, const ChangePeriodKind& command, const Facts& facts);

}  // namespace placet::domain
