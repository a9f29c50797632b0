#include "domain/agency/agency.h"

#include "domain/states.h"

namespace placet::domain {

namespace {

template <class C>
Decision fact(const States& states, const C& command, Event event, Date day) {
  if (!states.agency(command.agency).registered)
    return refuse(RejectionCode::not_found, "agency: no such agency; register it first");
  return one(stream_of(command.agency), std::move(event), day, {PartyId(command.agency.value)});
}

}  // namespace

Agency evolve(Agency state, const AgencyRegistered&, const Meta&) {
  state.registered = true;
  return state;
}
Agency evolve(Agency state, const CooperationSigned&, const Meta&) {
  state.cooperating = true;
  return state;
}
Agency evolve(Agency state, const AgencyBankAccountChanged&, const Meta&) { return state; }
Agency evolve(Agency state, const AdmissionRecorded&, const Meta&) { return state; }

void needs(const RegisterAgency& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.agency)); }
void needs(const SignCooperation& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.agency));
}
void needs(const ChangeAgencyBankAccount& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.agency));
}
void needs(const RecordAdmission& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.agency));
}

Decision decide(const States& states, const RegisterAgency& command, const Facts& facts) {
  if (states.agency(command.agency).registered)
    return refuse(RejectionCode::already_exists, "agency: this id is registered already");
  return one(stream_of(command.agency), AgencyRegistered{command.company}, facts.today,
             {PartyId(command.agency.value)});
}

Decision decide(const States& states, const SignCooperation& command, const Facts&) {
  if (command.terms.purchase_factor < 10'000)
    return refuse(RejectionCode::malformed, "terms.purchaseFactor: must be at least 10,000, which is 1.00");
  if (command.terms.fee_per_hour.count() < 0)
    return refuse(RejectionCode::malformed, "terms.feePerHour: must not be negative");
  return fact(states, command, CooperationSigned{command.text_hash, command.terms, command.from}, command.from);
}

Decision decide(const States& states, const ChangeAgencyBankAccount& command, const Facts& facts) {
  if (command.iban.empty()) return refuse(RejectionCode::malformed, "iban: is missing");
  return fact(states, command, AgencyBankAccountChanged{command.iban}, facts.today);
}

Decision decide(const States& states, const RecordAdmission& command, const Facts& facts) {
  return fact(states, command, AdmissionRecorded{command.scheme, command.number, command.valid_until}, facts.today);
}

}  // namespace placet::domain
