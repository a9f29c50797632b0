#pragma once

#include <optional>
#include <vector>

#include "domain/decision.h"
#include "domain/person/person.h"

namespace placet::domain {

struct Contact {
  PersonId person;
  ContactKind kind = ContactKind::unspecified;
  friend bool operator==(const Contact&, const Contact&) = default;
};

struct Credit {
  bool granted = false;
  Money limit;
  std::optional<Date> valid_until;  // last day
};

/// A company that hires workers, and the persons who act for it.
///
/// Invariants, each with a property test of the same name:
///   OneAnswerPerQuestion  a credit check is answered only while one is asked.
struct Client {
  bool registered = false;
  AgencyId agency;  // whose client it is; may be nil
  std::vector<Contact> contacts;
  bool credit_asked = false;
  std::optional<Credit> credit;      // the last answer, unless withdrawn
  std::optional<Digest> conditions;  // accepted last
  bool file_complete = false;
  bool has_vat_id = false;

  bool has(PersonId person, ContactKind kind) const;
  bool has(const Person& person, ContactKind kind) const;
};

/// Whether the actor may bind the client: one of its signatories, or the employer's back office on its behalf.
bool may_bind(const Client& client, const Person& actor, const Facts& facts);

inline constexpr std::size_t kContactsPerClientMax = 512;

Client evolve(Client state, const ClientRegistered& event, const Meta& meta);
Client evolve(Client state, const ContactAdded& event, const Meta& meta);
Client evolve(Client state, const ContactRemoved& event, const Meta& meta);
Client evolve(Client state, const CreditCheckAsked& event, const Meta& meta);
Client evolve(Client state, const CreditCheckAnswered& event, const Meta& meta);
Client evolve(Client state, const CreditCheckWithdrawn& event, const Meta& meta);
Client evolve(Client state, const ConditionsAccepted& event, const Meta& meta);
Client evolve(Client state, const ClientFileCompleted& event, const Meta& meta);
Client evolve(Client state, const BillingChanged& event, const Meta& meta);

void needs(const RegisterClient& command, const Facts& facts, Needs& out);
void needs(const AddContact& command, const Facts& facts, Needs& out);
void needs(const RemoveContact& command, const Facts& facts, Needs& out);
void needs(const AskCreditCheck& command, const Facts& facts, Needs& out);
void needs(const AnswerCreditCheck& command, const Facts& facts, Needs& out);
void needs(const WithdrawCreditCheck& command, const Facts& facts, Needs& out);
void needs(const AcceptConditions& command, const Facts& facts, Needs& out);
void needs(const CompleteClientFile& command, const Facts& facts, Needs& out);
void needs(const ChangeBilling& command, const Facts& facts, Needs& out);

Parties parties_of(const States& states, const RegisterClient& command, const Facts& facts);
Parties parties_of(const States& states, const AddContact& command, const Facts& facts);
Parties parties_of(const States& states, const RemoveContact& command, const Facts& facts);
Parties parties_of(const States& states, const AskCreditCheck& command, const Facts& facts);
Parties parties_of(const States& states, const AcceptConditions& command, const Facts& facts);
Parties parties_of(const States& states, const ChangeBilling& command, const Facts& facts);

Decision decide(const States& states, const RegisterClient& command, const Facts& facts);
Decision decide(const States& states, const AddContact& command, const Facts& facts);
Decision decide(const States& states, const RemoveContact& command, const Facts& facts);
Decision decide(const States& states, const AskCreditCheck& command, const Facts& facts);
Decision decide(const States& states, const AnswerCreditCheck& command, const Facts& facts);
Decision decide(const States& states, const WithdrawCreditCheck& command, const Facts& facts);
Decision decide(const States& states, const AcceptConditions& command, const Facts& facts);
Decision decide(const States& states, const CompleteClientFile& command, const Facts& facts);
Decision decide(const States& states, const ChangeBilling& command, const Facts& facts);

}  // namespace placet::domain
