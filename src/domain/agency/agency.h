#pragma once

#include "domain/decision.h"

namespace placet::domain {

/// Who finds workers for clients and earns the margin.
struct Agency {
  bool registered = false;
  bool cooperating = false;  // a cooperation agreement was signed
};

Agency evolve(Agency state, const AgencyRegistered& event, const Meta& meta);
Agency evolve(Agency state, const CooperationSigned& event, const Meta& meta);
Agency evolve(Agency state, const AgencyBankAccountChanged& event, const Meta& meta);
Agency evolve(Agency state, const AdmissionRecorded& event, const Meta& meta);

void needs(const RegisterAgency& command, const Facts& facts, Needs& out);
void needs(const SignCooperation& command, const Facts& facts, Needs& out);
void needs(const ChangeAgencyBankAccount& command, const Facts& facts, Needs& out);
void needs(const RecordAdmission& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const RegisterAgency& command, const Facts& facts);
Decision decide(const States& states, const SignCooperation& command, const Facts& facts);
Decision decide(const States& states, const ChangeAgencyBankAccount& command, const Facts& facts);
Decision decide(const States& states, const RecordAdmission& command, const Facts& facts);

}  // namespace placet::domain
