#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// Who identified himself: with what document, and until when he may work.
struct Identity {
  Date document_until;                      // last day
  std::optional<Date> right_to_work_until;  // last day; empty: without end
};

/// Where he is paid; the number itself is sealed in the fact.
struct BankAccount {
  LogPosition fact;
  std::vector<AccountChange> changes;  // who changed it in the days before this fact, and by it: two persons each
  bool closed = false;
};

/// Somebody who works for clients and is employed by the employer.
///
/// Invariants, each with a property test of the same name:
///   NoWorkWithoutIdentity  `may_work_on` holds on no day before an identity was verified or after it ran out.
struct Worker {
  PersonId person;  // nil: not registered
  AgencyId agency;  // who recruited him; may be nil
  std::optional<Identity> identity;
  bool expired = false;  // the document's end is noted
  bool has_citizen_number = false;
  bool file_complete = false;
  std::optional<BankAccount> account;

  /// Himself and the agency that recruited him.
  Parties parties(WorkerId id) const;
  /// Identity and right to work hold on that day.
  bool may_work_on(Date day) const;
};

Worker evolve(Worker state, const WorkerRegistered& event, const Meta& meta);
Worker evolve(Worker state, const WorkerDetailsChanged& event, const Meta& meta);
Worker evolve(Worker state, const CitizenNumberRecorded& event, const Meta& meta);
Worker evolve(Worker state, const IdentityVerified& event, const Meta& meta);
Worker evolve(Worker state, const DocumentExpired& event, const Meta& meta);
Worker evolve(Worker state, const WorkerBankAccountChanged& event, const Meta& meta);
Worker evolve(Worker state, const BankAccountClosed& event, const Meta& meta);
Worker evolve(Worker state, const WageTaxDeclared& event, const Meta& meta);
Worker evolve(Worker state, const WorkerFileCompleted& event, const Meta& meta);

void needs(const RegisterWorker& command, const Facts& facts, Needs& out);
void needs(const ChangeWorkerDetails& command, const Facts& facts, Needs& out);
void needs(const RecordCitizenNumber& command, const Facts& facts, Needs& out);
void needs(const VerifyIdentity& command, const Facts& facts, Needs& out);
void needs(const ExpireDocument& command, const Facts& facts, Needs& out);
void needs(const ChangeWorkerBankAccount& command, const Facts& facts, Needs& out);
void needs(const DeclareWageTax& command, const Facts& facts, Needs& out);
void needs(const CompleteWorkerFile& command, const Facts& facts, Needs& out);

Parties parties_of(const States& states, const RegisterWorker& command, const Facts& facts);
Parties parties_of(const States& states, const ChangeWorkerDetails& command, const Facts& facts);
Parties parties_of(const States& states, const DeclareWageTax& command, const Facts& facts);

Decision decide(const States& states, const RegisterWorker& command, const Facts& facts);
Decision decide(const States& states, const ChangeWorkerDetails& command, const Facts& facts);
Decision decide(const States& states, const RecordCitizenNumber& command, const Facts& facts);
Decision decide(const States& states, const VerifyIdentity& command, const Facts& facts);
Decision decide(const States& states, const ExpireDocument& command, const Facts& facts);
Decision decide(const States& states, const ChangeWorkerBankAccount& command, const Facts& facts);
Decision decide(const States& states, const DeclareWageTax& command, const Facts& facts);
Decision decide(const States& states, const CompleteWorkerFile& command, const Facts& facts);

/// Nine digits that pass the citizen number's check: the sum of (9 - i) x digit i for i = 0..7, less digit 8, is
/// divisible by 11. For adapters, who see the number before it is sealed.
bool valid_bsn(std::string_view number);

}  // namespace placet::domain
