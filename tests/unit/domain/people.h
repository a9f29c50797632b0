#pragma once

// The people of the domain's stories, and how far a placement has come with them.

#include "tests/unit/domain/harness.h"

namespace placet::domain::testing {

inline constexpr PersonId kAdministrator = id<PersonId>(1), kSecondAdministrator = id<PersonId>(2),
                          kOffice = id<PersonId>(3), kSecondOffice = id<PersonId>(4), kAuditor = id<PersonId>(5),
                          kRecruiter = id<PersonId>(6), kWorkerPerson = id<PersonId>(7), kSignatory = id<PersonId>(8),
                          kApprover = id<PersonId>(9), kSubstitute = id<PersonId>(10), kStranger = id<PersonId>(11),
                          kMachine = id<PersonId>(12), kOtherWorkerPerson = id<PersonId>(13);
inline constexpr AgencyId kAgency = id<AgencyId>(20);
inline constexpr ClientId kClient = id<ClientId>(21);
inline constexpr WorkerId kWorker = id<WorkerId>(22);
inline constexpr EmploymentId kEmployment = id<EmploymentId>(23);
inline constexpr PlacementId kPlacement = id<PlacementId>(24);
inline constexpr Date kFirstDay = kToday;

/// Everybody is registered and has his role; agency, client with its contacts and worker are registered; nothing is
/// agreed yet.
Story people();
/// And the worker is identified, a contract drawn up, and a placement proposed by week from kFirstDay.
Story proposed();
/// And every gate is open: contract signed, agreement accepted (kApprover approves), assignment confirmed, files
/// complete.
Story ready();
/// And it started on kFirstDay.
Story started();

/// Commands of these stories, to vary.
ProposePlacement propose_placement();
StartPlacement start_placement();
ContractTerms contract_terms();

}  // namespace placet::domain::testing
