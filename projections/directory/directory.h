#pragma once

#include "projections/directory/parties.h"
#include "projections/directory/people.h"
#include "projections/directory/placements.h"
#include "projections/event_groups.h"
#include "projections/projection.h"

namespace placet::projections {

/// Who and what is there, and how they hang together: where adapters look hints up and pages find names.
struct Directory {
  static constexpr std::string_view kName = "directory";
  static constexpr std::uint32_t kVersion = 1;
  using Tables =
      projections::Tables<Persons, Roles, RoleHolders, Delegations, DelegationsReceived, Accounts, AccountsOfPerson,
                          Workers, WorkerOfPerson, WorkerFiles, Clients, Contacts, ClientCredit, ClientBilling,
                          ClientFilesCompleted, Agencies, CooperationTerms, Employments, EmploymentsOfWorker,
                          EmploymentPlacements, Placements, PlacementAgreements, PlacementAssignments, GateOverrides,
                          PayTermsByDay, ClientTermsByDay, PurchaseTermsByDay, Approvers, Substitutes,
                          PlacementsOfApprover, PlacementsOfParty, CalendarPeriods>;
  using Ignores = Join<SystemEvents, ControlEvents, EntryEvents, SheetEvents, SettlementEvents, MoneyEvents,
                       TwoPersonEvents, NoticeEvents, Types<domain::BankAccountClosed>>;

  using Meta = domain::Meta;

  // ---- people.cc
  static void apply(Tables& rows, const domain::PersonRegistered& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PersonVerified& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PersonsJoined& event, const Meta& meta);
  static void apply(Tables& rows, const domain::RoleGranted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::RoleRevoked& event, const Meta& meta);
  static void apply(Tables& rows, const domain::RoleDelegated& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DelegationReceived& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DelegationEnded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AccountOpened& event, const Meta& meta);
  static void apply(Tables& rows, const domain::InviteIssued& event, const Meta& meta);
  static void apply(Tables& rows, const domain::InviteRedeemed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::TokenIssued& event, const Meta& meta);
  static void apply(Tables& rows, const domain::TokenRevoked& event, const Meta& meta);
  static void apply(Tables& rows, const domain::KeyAdded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::KeyRemoved& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SessionBegun& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AccountLocked& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AccountUnlocked& event, const Meta& meta);

  // ---- parties.cc
  static void apply(Tables& rows, const domain::WorkerRegistered& event, const Meta& meta);
  static void apply(Tables& rows, const domain::WorkerDetailsChanged& event, const Meta& meta);
  static void apply(Tables& rows, const domain::CitizenNumberRecorded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::IdentityVerified& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DocumentExpired& event, const Meta& meta);
  static void apply(Tables& rows, const domain::WorkerBankAccountChanged& event, const Meta& meta);
  static void apply(Tables& rows, const domain::WageTaxDeclared& event, const Meta& meta);
  static void apply(Tables& rows, const domain::WorkerFileCompleted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ClientRegistered& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ContactAdded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ContactRemoved& event, const Meta& meta);
  static void apply(Tables& rows, const domain::CreditCheckAsked& event, const Meta& meta);
  static void apply(Tables& rows, const domain::CreditCheckAnswered& event, const Meta& meta);
  static void apply(Tables& rows, const domain::CreditCheckWithdrawn& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ConditionsAccepted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ClientFileCompleted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::BillingChanged& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AgencyRegistered& event, const Meta& meta);
  static void apply(Tables& rows, const domain::CooperationSigned& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AgencyBankAccountChanged& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AdmissionRecorded& event, const Meta& meta);

  // ---- placements.cc
  static void apply(Tables& rows, const domain::ContractDrawnUp& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ContractSent& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ContractSigned& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ContractAmended& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ContractRenewed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::EmploymentEndAnnounced& event, const Meta& meta);
  static void apply(Tables& rows, const domain::EmploymentEnded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PlacementLinked& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PlacementSpanChanged& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PlacementProposed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PayTermsAgreed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ClientTermsAgreed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PurchaseTermsAgreed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AgreementSent& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AgreementAccepted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AssignmentConfirmed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::GatesOverridden& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PlacementStarted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ApproverAppointed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ApproverEnded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SubstituteNamed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PlacementExtended& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PlacementEnded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PeriodKindChanged& event, const Meta& meta);
  static void apply(Tables& rows, const domain::CalendarPublished& event, const Meta& meta);
};

}  // namespace placet::projections
