#include "tests/unit/domain/people.h"

namespace placet::domain::testing {

namespace {

Fact registered(PersonId person) { return {stream_of(person), PersonRegistered{sealed("name")}}; }

template <class Scope>
Fact granted(PersonId person, Role role, Scope scope) {
  return {stream_of(person), RoleGranted{role, PartyId(scope.value), {}, {}}};
}
Fact granted(PersonId person, Role role) { return granted(person, role, PartyId()); }

Fact contact(PersonId person, ContactKind kind) { return {stream_of(kClient), ContactAdded{person, kind}}; }

}  // namespace

Story people() {
  Story story;
  for (const PersonId person :
       {kAdministrator, kSecondAdministrator, kOffice, kSecondOffice, kAuditor, kRecruiter, kWorkerPerson, kSignatory,
        kApprover, kSubstitute, kStranger, kMachine, kOtherWorkerPerson})
    story.given({registered(person)});
  return story.given({
      granted(kAdministrator, Role::administrator),
      granted(kSecondAdministrator, Role::administrator),
      granted(kOffice, Role::back_office),
      granted(kSecondOffice, Role::back_office),
      granted(kAuditor, Role::auditor),
      granted(kRecruiter, Role::agency, kAgency),
      granted(kWorkerPerson, Role::worker, kWorker),
      granted(kSignatory, Role::client_contact, kClient),
      granted(kApprover, Role::client_contact, kClient),
      granted(kSubstitute, Role::client_contact, kClient),
      granted(kMachine, Role::client_system, kClient),
      {stream_of(kAgency), AgencyRegistered{Company{"Uitzendbureau De Brug", "12345678", {}}}},
      {stream_of(kClient), ClientRegistered{Company{"Kade Logistics", "87654321", {}}, kAgency}},
      contact(kSignatory, ContactKind::signatory),
      contact(kApprover, ContactKind::approver),
      contact(kSubstitute, ContactKind::approver),
      {stream_of(kWorker), WorkerRegistered{kWorkerPerson, kAgency}},
      {stream_of(worker_of(kLedger, kWorkerPerson)), Reserved{ReservationKind::worker_of_person, kWorker.value}},
  });
}

ContractTerms contract_terms() {
  return {.regime = ContractRegime::agency_work,
          .phase = ContractPhase::a,
          .hours = ContractHours::fixed,
          .minutes_per_week = Minutes::of(2'400),
          .from = kFirstDay,
          .until = {}};
}

ProposePlacement propose_placement() {
  return {kPlacement, kWorker, kClient, kAgency, kEmployment, PeriodKind::week, kFirstDay, {}};
}

StartPlacement start_placement() {
  return {.placement = kPlacement,
          .first_day = kFirstDay,
          .worker = kWorker,
          .client = kClient,
          .employment = kEmployment,
          .override_ = {},
          .reason = {}};
}

Story proposed() {
  Story story = people();
  return story
      .done(VerifyIdentity{kWorker,
                           VerificationMethod::in_person,
                           DocumentKind::passport,
                           sealed("NX1"),
                           kToday.plus_days(1'000),
                           RightToWork::unrestricted,
                           {}},
            as(kOffice))
      .done(DrawUpContract{kEmployment, kWorker, digest(1), contract_terms()}, as(kOffice))
      .done(propose_placement(), as(kRecruiter));
}

Story ready() {
  Story story = proposed();
  return story.done(SendContract{kEmployment}, as(kOffice))
      .done(SignContract{kEmployment, ContractParty::worker, digest(1)}, as(kWorkerPerson))
      .done(SignContract{kEmployment, ContractParty::employer, digest(1)}, as(kOffice))
      .done(SendAgreement{kPlacement, kClient, digest(2), {kApprover}}, as(kOffice))
      .done(AcceptAgreement{kPlacement, kClient, digest(2)}, as(kSignatory))
      .done(ConfirmAssignment{kPlacement, digest(3)}, as(kOffice))
      .done(CompleteWorkerFile{kWorker}, as(kOffice))
      .done(CompleteClientFile{kClient}, as(kOffice));
}

Story started() {
  Story story = ready();
  return story.done(start_placement(), as(kOffice));
}

}  // namespace placet::domain::testing
