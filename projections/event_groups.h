#pragma once

#include "projections/projection.h"
#include "schema/plain.h"

/// Events by the streams on which they stand, for projections that have nothing to do with a whole group. An event type
/// that stands in no group and in no projection does not compile.
namespace placet::projections {

using SystemEvents = Types<domain::LedgerFounded, domain::SystemStarted, domain::SystemStopped, domain::ClockAccepted,
                           domain::WholeLedgerRead>;

using PersonEvents =
    Types<domain::PersonRegistered, domain::PersonVerified, domain::PersonsJoined, domain::RoleGranted,
          domain::RoleRevoked, domain::RoleDelegated, domain::DelegationReceived, domain::DelegationEnded>;

using AccountEvents = Types<domain::AccountOpened, domain::InviteIssued, domain::InviteRedeemed, domain::TokenIssued,
                            domain::TokenRevoked, domain::AccountLocked, domain::AccountUnlocked, domain::KeyAdded,
                            domain::KeyRemoved, domain::SessionBegun>;

using ControlEvents = Types<domain::Reserved, domain::RefusedByControl, domain::RefusalsSummarised>;

using WorkerEvents = Types<domain::WorkerRegistered, domain::WorkerDetailsChanged, domain::CitizenNumberRecorded,
                           domain::IdentityVerified, domain::DocumentExpired, domain::WorkerBankAccountChanged,
                           domain::BankAccountClosed, domain::WageTaxDeclared, domain::WorkerFileCompleted>;

using ClientEvents = Types<domain::ClientRegistered, domain::ContactAdded, domain::ContactRemoved,
                           domain::CreditCheckAsked, domain::CreditCheckAnswered, domain::CreditCheckWithdrawn,
                           domain::ConditionsAccepted, domain::ClientFileCompleted, domain::BillingChanged>;

using AgencyEvents = Types<domain::AgencyRegistered, domain::CooperationSigned, domain::AgencyBankAccountChanged,
                           domain::AdmissionRecorded>;

using EmploymentEvents = Types<domain::ContractDrawnUp, domain::ContractSent, domain::ContractSigned,
                               domain::ContractAmended, domain::ContractRenewed, domain::EmploymentEndAnnounced,
                               domain::EmploymentEnded, domain::PlacementLinked, domain::PlacementSpanChanged>;

using TermsEvents = Types<domain::PayTermsAgreed, domain::ClientTermsAgreed, domain::PurchaseTermsAgreed>;

/// All of a placement but its terms, and that it was proposed, which says who the parties are.
using PlacementPaperEvents =
    Types<domain::AgreementSent, domain::AgreementAccepted, domain::AssignmentConfirmed, domain::GatesOverridden,
          domain::PlacementStarted, domain::ApproverAppointed, domain::ApproverEnded, domain::SubstituteNamed,
          domain::PlacementExtended, domain::PlacementEnded, domain::PeriodKindChanged>;

using PlacementLifeEvents = Join<TermsEvents, PlacementPaperEvents>;

using EntryEvents = Types<domain::EntryRecorded, domain::EntryChanged, domain::EntryRemoved>;

/// What becomes of the entries of a sheet.
using SheetEvents =
    Types<domain::SheetSubmitted, domain::SheetSubmittedEmpty, domain::DaysApproved, domain::DaysRefused,
          domain::HoursObjected, domain::SheetWithdrawn, domain::SheetReopened, domain::AdditionRequested,
          domain::ApprovalTakenBack, domain::DaysAcceptedForPay, domain::HoursReversed>;

/// What the hours of a sheet became in money.
using SettlementEvents = Types<domain::HoursPaid, domain::HoursInvoiced, domain::HoursCredited, domain::MarginBooked>;

using PayAccountEvents = Types<domain::PayslipCalculated, domain::AdvanceGranted, domain::PaymentPrepared,
                               domain::PaymentWithdrawn, domain::PaymentReturned>;

using RunEvents = Types<domain::RunOpened, domain::PayslipAdded, domain::RunApproved, domain::RunClosed>;

using PaymentEvents =
    Types<domain::PaymentsAdded, domain::PaymentTakenOut, domain::PaymentsReleased, domain::PaymentsSettled>;

using InvoiceEvents = Types<domain::InvoiceDrafted, domain::InvoiceLinesAdded, domain::InvoiceIssued,
                            domain::InvoiceCredited, domain::InvoicePaid, domain::CreditSetOff, domain::NumberTaken>;

using BooksEvents = Types<domain::ParametersPublished, domain::PeriodClosed>;

/// All of pay, payments, invoices and books that is not on a sheet.
using MoneyEvents = Join<PayAccountEvents, RunEvents, PaymentEvents, InvoiceEvents, BooksEvents>;

using NoticeEvents = Types<domain::NoticeQueued, domain::NoticeAttempted, domain::NoticeSent, domain::NoticeFailed,
                           domain::NoticeGivenUp>;

using TwoPersonEvents = Types<domain::ActProposed, domain::ActAgreed>;

}  // namespace placet::projections
