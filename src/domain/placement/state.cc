#include <algorithm>

#include "domain/placement/placement.h"

namespace placet::domain {

bool Placement::approver_on(PersonId id, Date day) const {
  return std::any_of(approvers.begin(), approvers.end(),
                     [&](const Appointment& held) { return held.person == id && held.in_force(day); });
}

ApproverAppointed Placement::appointment_of(PersonId approver, Date first, std::optional<Date> last) const {
  return {approver, first, last, approver == person};
}

Parties Placement::parties(PlacementId id) const {
  Parties all;
  for (const Uuid party : {worker.value, client.value, agency.value, id.value}) {
    if (!party.is_nil()) all.push_back(PartyId(party));
  }
  return all;
}

Placement evolve(Placement state, const PlacementProposed& event, const Meta&) {
  state.worker = event.worker;
  state.person = event.person;
  state.client = event.client;
  state.agency = event.agency;
  state.employment = event.employment;
  state.from = event.from;
  state.until = event.until;
  state.kinds = {{event.from, event.kind}};
  return state;
}
Placement evolve(Placement state, const PayTermsAgreed& event, const Meta&) {
  state.pay.push_back({event.from, event.terms});
  return state;
}
Placement evolve(Placement state, const ClientTermsAgreed& event, const Meta&) {
  state.client_terms.push_back({event.from, event.terms});
  return state;
}
Placement evolve(Placement state, const PurchaseTermsAgreed& event, const Meta&) {
  state.purchase.push_back({event.from, event.terms});
  return state;
}
Placement evolve(Placement state, const AgreementSent& event, const Meta&) {
  state.agreement = event.text_hash;
  state.first_approvers = event.approvers;
  state.agreement_accepted = false;
  return state;
}
Placement evolve(Placement state, const AgreementAccepted&, const Meta&) {
  state.agreement_accepted = true;
  return state;
}
Placement evolve(Placement state, const AssignmentConfirmed&, const Meta&) {
  state.assignment_confirmed = true;
  return state;
}
Placement evolve(Placement state, const GatesOverridden&, const Meta&) { return state; }
Placement evolve(Placement state, const PlacementStarted& event, const Meta&) {
  state.started = event.first_day;
  return state;
}
Placement evolve(Placement state, const ApproverAppointed& event, const Meta&) {
  state.approvers.push_back({event.person, event.from, event.until});
  return state;
}
Placement evolve(Placement state, const ApproverEnded& event, const Meta&) {
  for (Appointment& held : state.approvers) {
    if (held.person == event.person && (!held.until || event.last_day < *held.until)) held.until = event.last_day;
  }
  return state;
}
Placement evolve(Placement state, const SubstituteNamed& event, const Meta&) {
  state.substitutions.push_back({event.approver, event.substitute, event.from, event.until});
  return state;
}
Placement evolve(Placement state, const PlacementExtended& event, const Meta&) {
  state.until = event.until;
  return state;
}
Placement evolve(Placement state, const PlacementEnded& event, const Meta&) {
  state.until = event.last_day;
  state.ended = true;
  return state;
}
Placement evolve(Placement state, const PeriodKindChanged& event, const Meta&) {
  state.kinds.push_back({event.from, event.kind});
  return state;
}

}  // namespace placet::domain
