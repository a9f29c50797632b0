#pragma once

#include "projections/projection.h"
#include "schema/plain.h"

/// Events by the streams on which they stand, for projections that have nothing to do with a whole group. An event type
/// that stands in no group and in no projection does not compile.
namespace placet::projections {

using SystemEvents = Types<domain::LedgerFounded, domain::SystemStarted, domain::SystemStopped, domain::ClockAccepted>;

using PersonEvents =
    Types<domain::PersonRegistered, domain::PersonVerified, domain::PersonsJoined, domain::RoleGranted,
          domain::RoleRevoked, domain::RoleDelegated, domain::DelegationReceived, domain::DelegationEnded>;

using AccountEvents = Types<domain::AccountOpened, domain::InviteIssued, domain::InviteRedeemed, domain::TokenIssued,
                            domain::TokenRevoked, domain::AccountLocked, domain::AccountUnlocked>;

using ControlEvents = Types<domain::Reserved, domain::RefusedByControl, domain::RefusalsSummarised>;

using WorkerEvents = Types<domain::WorkerRegistered, domain::WorkerDetailsChanged, domain::CitizenNumberRecorded,
                           domain::IdentityVerified, domain::DocumentExpired, domain::WorkerBankAccountChanged,
                           domain::WageTaxDeclared, domain::WorkerFileCompleted>;

using ClientEvents = Types<domain::ClientRegistered, domain::ContactAdded, domain::ContactRemoved,
                           domain::CreditCheckAsked, domain::CreditCheckAnswered, domain::CreditCheckWithdrawn,
                           domain::ConditionsAccepted, domain::ClientFileCompleted, domain::BillingChanged>;

using AgencyEvents = Types<domain::AgencyRegistered, domain::CooperationSigned, domain::AgencyBankAccountChanged,
                           domain::AdmissionRecorded>;

using EmploymentEvents = Types<domain::ContractDrawnUp, domain::ContractSent, domain::ContractSigned,
                               domain::ContractAmended, domain::ContractRenewed, domain::EmploymentEndAnnounced,
                               domain::EmploymentEnded, domain::PlacementLinked, domain::PlacementSpanChanged>;

/// All of a placement but that it was proposed, which says who the parties are.
using PlacementLifeEvents =
    Types<domain::PayTermsAgreed, domain::ClientTermsAgreed, domain::PurchaseTermsAgreed, domain::AgreementSent,
          domain::AgreementAccepted, domain::AssignmentConfirmed, domain::GatesOverridden, domain::PlacementStarted,
          domain::ApproverAppointed, domain::ApproverEnded, domain::SubstituteNamed, domain::PlacementExtended,
          domain::PlacementEnded, domain::PeriodKindChanged>;

using EntryEvents = Types<domain::EntryRecorded, domain::EntryChanged, domain::EntryRemoved>;

/// What becomes of the entries of a sheet.
using SheetEvents = Types<domain::SheetSubmitted, domain::SheetSubmittedEmpty, domain::DaysApproved,
                          domain::DaysRefused, domain::HoursObjected, domain::SheetWithdrawn, domain::SheetReopened,
                          domain::AdditionRequested, domain::ApprovalTakenBack, domain::DaysAcceptedForPay>;

using TwoPersonEvents = Types<domain::ActProposed, domain::ActAgreed>;

}  // namespace placet::projections
