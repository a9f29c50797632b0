#include "domain/client/client.h"

#include <algorithm>

#include "domain/states.h"

namespace placet::domain {

namespace {

template <class C>
StreamId stream(const C& command) {
  return stream_of(command.client);
}

Parties parties(ClientId id, AgencyId agency) {
  Parties all{PartyId(id.value)};
  if (!agency.is_nil()) all.push_back(PartyId(agency.value));
  return all;
}

std::unexpected<Rejection> no_client() {
  return refuse(RejectionCode::not_found, "client: no such client; register it first");
}

/// A fact on the client's own stream.
template <class C>
Decision fact(const States& states, const C& command, Event event, const Facts& facts) {
  const Client& client = states.client(command.client);
  if (!client.registered) return no_client();
  return one(stream(command), std::move(event), facts.today, parties(command.client, client.agency));
}

}  // namespace

bool Client::has(PersonId person, ContactKind kind) const {
  return std::find(contacts.begin(), contacts.end(), Contact{person, kind}) != contacts.end();
}

bool Client::has(const Person& person, ContactKind kind) const {
  return std::any_of(contacts.begin(), contacts.end(),
                     [&](const Contact& contact) { return contact.kind == kind && person.is(contact.person); });
}

bool may_bind(const Client& client, const Person& actor, const Facts& facts) {
  return facts.actor.strength == Strength::system || actor.has(Role::back_office, facts.today) ||
         client.has(actor, ContactKind::signatory);
}

Client evolve(Client state, const ClientRegistered& event, const Meta&) {
  state.registered = true;
  state.agency = event.agency;
  state.has_vat_id = !event.company.vat_id.empty();
  return state;
}
Client evolve(Client state, const ContactAdded& event, const Meta&) {
  state.contacts.push_back({event.person, event.kind});
  return state;
}
Client evolve(Client state, const ContactRemoved& event, const Meta&) {
  std::erase(state.contacts, Contact{event.person, event.kind});
  return state;
}
Client evolve(Client state, const CreditCheckAsked&, const Meta&) {
  state.credit_asked = true;
  return state;
}
Client evolve(Client state, const CreditCheckAnswered& event, const Meta&) {
  state.credit_asked = false;
  state.credit = Credit{event.granted, event.limit, event.valid_until};
  return state;
}
Client evolve(Client state, const CreditCheckWithdrawn&, const Meta&) {
  state.credit.reset();
  return state;
}
Client evolve(Client state, const ConditionsAccepted& event, const Meta&) {
  state.conditions = event.text_hash;
  return state;
}
Client evolve(Client state, const ClientFileCompleted&, const Meta&) {
  state.file_complete = true;
  return state;
}
Client evolve(Client state, const BillingChanged&, const Meta&) { return state; }

void needs(const RegisterClient& command, const Facts&, Needs& out) {
  out.states.push_back(stream(command));
  if (!command.agency.is_nil()) out.states.push_back(stream_of(command.agency));
}
void needs(const AddContact& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream(command));
  out.states.push_back(stream_of(command.person));
  out.states.push_back(stream_of(facts.actor.person));
}
void needs(const RemoveContact& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream(command));
  out.states.push_back(stream_of(facts.actor.person));
}
void needs(const AskCreditCheck& command, const Facts&, Needs& out) { out.states.push_back(stream(command)); }
void needs(const AnswerCreditCheck& command, const Facts&, Needs& out) { out.states.push_back(stream(command)); }
void needs(const WithdrawCreditCheck& command, const Facts&, Needs& out) { out.states.push_back(stream(command)); }
void needs(const AcceptConditions& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream(command));
  out.states.push_back(stream_of(facts.actor.person));
}
void needs(const CompleteClientFile& command, const Facts&, Needs& out) { out.states.push_back(stream(command)); }
void needs(const ChangeBilling& command, const Facts&, Needs& out) { out.states.push_back(stream(command)); }

Parties parties_of(const States&, const RegisterClient& command, const Facts&) {
  return command.agency.is_nil() ? Parties{} : Parties{PartyId(command.agency.value)};
}
Parties parties_of(const States&, const AddContact& command, const Facts&) { return {PartyId(command.client.value)}; }
Parties parties_of(const States&, const RemoveContact& command, const Facts&) {
  return {PartyId(command.client.value)};
}
Parties parties_of(const States& states, const AskCreditCheck& command, const Facts&) {
  return parties(command.client, states.client(command.client).agency);
}
Parties parties_of(const States&, const AcceptConditions& command, const Facts&) {
  return {PartyId(command.client.value)};
}
Parties parties_of(const States&, const ChangeBilling& command, const Facts&) {
  return {PartyId(command.client.value)};
}

Decision decide(const States& states, const RegisterClient& command, const Facts& facts) {
  if (states.client(command.client).registered)
    return refuse(RejectionCode::already_exists, "client: this id is registered already");
  if (!command.agency.is_nil() && !states.agency(command.agency).registered)
    return refuse(RejectionCode::not_found, "agency: no such agency; register it first");
  return one(stream(command), ClientRegistered{command.company, command.agency}, facts.today,
             parties(command.client, command.agency));
}

Decision decide(const States& states, const AddContact& command, const Facts& facts) {
  const Client& client = states.client(command.client);
  if (!client.registered) return no_client();
  if (!may_bind(client, states.person(facts.actor.person), facts))
    return refuse_by_control(RejectionCode::not_a_signatory);
  if (!states.person(command.person).registered)
    return refuse(RejectionCode::not_found, "person: no such person; register it first");
  if (client.has(command.person, command.kind))
    return refuse(RejectionCode::already_exists, "person: is such a contact already");
  if (client.contacts.size() >= kContactsPerClientMax)
    return refuse(RejectionCode::too_large, "client: 512 contacts already; remove one first");
  return fact(states, command, ContactAdded{command.person, command.kind}, facts);
}

Decision decide(const States& states, const RemoveContact& command, const Facts& facts) {
  const Client& client = states.client(command.client);
  if (!client.registered) return no_client();
  if (!may_bind(client, states.person(facts.actor.person), facts))
    return refuse_by_control(RejectionCode::not_a_signatory);
  if (!client.has(command.person, command.kind))
    return refuse(RejectionCode::not_found, "person: is no such contact of this client");
  return fact(states, command, ContactRemoved{command.person, command.kind}, facts);
}

Decision decide(const States& states, const AskCreditCheck& command, const Facts& facts) {
  if (states.client(command.client).credit_asked)
    return refuse(RejectionCode::already_exists, "client: a credit check is asked already");
  return fact(states, command, CreditCheckAsked{}, facts);
}

Decision decide(const States& states, const AnswerCreditCheck& command, const Facts& facts) {
  if (!states.client(command.client).credit_asked)
    return refuse(RejectionCode::not_ready, "client: no credit check is asked");
  if (command.granted != (command.limit.count() > 0) || command.granted != command.valid_until.has_value())
    return refuse(RejectionCode::malformed, "limit, validUntil: a granted one has both, a refused one neither");
  if (command.valid_until && *command.valid_until < facts.today)
    return refuse(RejectionCode::malformed, "validUntil: lies in the past");
  return fact(states, command, CreditCheckAnswered{command.granted, command.limit, command.valid_until}, facts);
}

Decision decide(const States& states, const WithdrawCreditCheck& command, const Facts& facts) {
  if (!states.client(command.client).credit)
    return refuse(RejectionCode::not_ready, "client: there is no answer to withdraw");
  return fact(states, command, CreditCheckWithdrawn{}, facts);
}

Decision decide(const States& states, const AcceptConditions& command, const Facts& facts) {
  const Client& client = states.client(command.client);
  if (!client.registered) return no_client();
  if (!client.has(states.person(facts.actor.person), ContactKind::signatory))
    return refuse_by_control(RejectionCode::not_a_signatory);
  if (client.conditions == command.text_hash)
    return refuse(RejectionCode::already_exists, "textHash: accepted already");
  return fact(states, command, ConditionsAccepted{command.text_hash}, facts);
}

Decision decide(const States& states, const CompleteClientFile& command, const Facts& facts) {
  if (states.client(command.client).file_complete)
    return refuse(RejectionCode::already_exists, "client: the file is complete already");
  return fact(states, command, ClientFileCompleted{}, facts);
}

Decision decide(const States& states, const ChangeBilling& command, const Facts& facts) {
  if (command.billing.g_account_percent > 100)
    return refuse(RejectionCode::malformed, "billing.gAccountPercent: must be 0 to 100");
  return fact(states, command, BillingChanged{command.billing}, facts);
}

}  // namespace placet::domain
