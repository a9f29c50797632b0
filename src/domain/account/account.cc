#include "domain/account/account.h"

#include <algorithm>

#include "domain/states.h"

namespace placet::domain {

namespace {

Timestamp after_days(Timestamp now, std::int64_t days) { return {now.micros + days * kMicrosPerDay}; }

void end(Account& state, TokenId id) {
  for (Token& token : state.tokens) {
    if (token.id == id) token.ended = true;
  }
}

bool has_room(const Account& account) {
  const auto live =
      std::count_if(account.tokens.begin(), account.tokens.end(), [](const Token& token) { return !token.ended; });
  return static_cast<std::size_t>(live) < kTokensPerAccountMax;
}

std::unexpected<Rejection> no_room() {
  return refuse(RejectionCode::too_large, "account: 32 tokens already; revoke one first");
}
std::unexpected<Rejection> no_account() {
  return refuse(RejectionCode::not_found, "account: no such account; open it first");
}

}  // namespace

const Token* Account::find(TokenId id) const {
  const auto found = std::find_if(tokens.begin(), tokens.end(), [&](const Token& token) { return token.id == id; });
  return found == tokens.end() ? nullptr : &*found;
}

const Token* Account::usable(TokenId id, Timestamp now) const {
  if (locked) return nullptr;
  const Token* token = find(id);
  return token != nullptr && !token->ended && now < token->expires ? token : nullptr;
}

Account evolve(Account state, const AccountOpened& event, const Meta&) {
  state.person = event.person;
  return state;
}
Account evolve(Account state, const InviteIssued& event, const Meta&) {
  state.tokens.push_back({.id = event.token, .expires = event.expires});
  return state;
}
Account evolve(Account state, const InviteRedeemed& event, const Meta&) {
  end(state, event.invite);
  state.tokens.push_back({.id = event.token, .kind = event.kind, .expires = event.expires});
  return state;
}
Account evolve(Account state, const TokenRevoked& event, const Meta&) {
  end(state, event.token);
  return state;
}

Account evolve(Account state, const TokenIssued& event, const Meta&) {
  state.tokens.push_back(
      {.id = event.token, .kind = event.kind, .expires = event.expires, .client_system = event.client_system});
  return state;
}
Account evolve(Account state, const AccountLocked&, const Meta&) {
  state.locked = true;
  return state;
}
Account evolve(Account state, const AccountUnlocked&, const Meta&) {
  state.locked = false;
  return state;
}

void needs(const OpenAccount& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.account));
  out.states.push_back(stream_of(command.person));
  out.states.push_back(stream_of(command.email_key));
}
void needs(const IssueInvite& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.account)); }
void needs(const RedeemInvite& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.account)); }
void needs(const RevokeToken& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.account)); }

void needs(const IssueToken& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.account));
  out.states.push_back(stream_of(facts.actor.person));
  if (!command.client_system.is_nil()) out.states.push_back(stream_of(command.client_system));
}
void needs(const LockAccount& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.account)); }
void needs(const UnlockAccount& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.account)); }

Parties parties_of(const States& states, const RevokeToken& command, const Facts&) {
  return {PartyId(states.account(command.account).person.value)};
}
Parties parties_of(const States& states, const IssueToken& command, const Facts&) {
  return {PartyId(states.account(command.account).person.value)};
}

Decision decide(const States& states, const OpenAccount& command, const Facts& facts) {
  if (!states.account(command.account).person.is_nil())
    return refuse(RejectionCode::already_exists, "account: this id is in use already");
  if (!states.person(command.person).registered)
    return refuse(RejectionCode::not_found, "person: no such person; register it first");
  if (command.email_key.is_nil()) return refuse(RejectionCode::malformed, "email: is missing");
  if (!states.reservation(command.email_key).owner.is_nil())
    return refuse(RejectionCode::already_exists, "email: another account has this address; one account per address");
  Events events =
      one(stream_of(command.email_key), Reserved{ReservationKind::account_email, command.account.value}, facts.today);
  events.push_back({stream_of(command.account), AccountOpened{command.person, command.email}, facts.today, {}});
  return events;
}

Decision decide(const States& states, const IssueInvite& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
  if (!has_room(account)) return no_room();
  return one(stream_of(command.account), InviteIssued{command.token, after_days(facts.now, kInviteDays)}, facts.today);
}

Decision decide(const States& states, const RedeemInvite& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
  if (account.locked) return refuse(RejectionCode::locked, "account: locked; ask an administrator");
  const Token* invite = account.find(command.invite);
  if (invite == nullptr || invite->kind != TokenKind::unspecified)
    return refuse(RejectionCode::not_found, "invite: no such invite");
  if (invite->ended) return refuse(RejectionCode::token_spent, "invite: used already; ask for a new one");
  if (facts.now >= invite->expires) return refuse(RejectionCode::token_expired, "invite: expired; ask for a new one");
  return one(stream_of(command.account),
             InviteRedeemed{command.invite, command.token, TokenKind::personal, after_days(facts.now, kTokenDays)},
             facts.today);
}

Decision decide(const States& states, const RevokeToken& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  const Token* token = account.find(command.token);
  if (token == nullptr) return refuse(RejectionCode::not_found, "token: this account has no such token");
  if (token->ended) return refuse(RejectionCode::token_spent, "token: ended already");
  return one(stream_of(command.account), TokenRevoked{command.token}, facts.today);
}

Decision decide(const States& states, const IssueToken& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
  if (account.locked) return refuse(RejectionCode::locked, "account: locked; unlock it first");
  // What acts as a person is handed out by that person alone; a machine's token by an administrator.
  const bool for_machine = command.kind == TokenKind::system;
  const bool allowed = facts.actor.strength == Strength::system ||
                       (for_machine ? states.person(facts.actor.person).has(Role::administrator, facts.today)
                                    : facts.actor.person == account.person);
  if (!allowed) return refuse_by_control(RejectionCode::not_allowed);
  if ((command.kind == TokenKind::delegated) == command.client_system.is_nil())
    return refuse(RejectionCode::malformed, "clientSystem: a delegated token names one, no other token does");
  if (!command.client_system.is_nil() && !states.person(command.client_system).has(Role::client_system, facts.today))
    return refuse(RejectionCode::not_found, "clientSystem: no such client system");
  if (!has_room(account)) return no_room();
  return one(stream_of(command.account),
             TokenIssued{command.token, command.kind, after_days(facts.now, kTokenDays), command.client_system},
             facts.today);
}

Decision decide(const States& states, const LockAccount& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
  if (account.locked) return refuse(RejectionCode::locked, "account: locked already");
  return one(stream_of(command.account), AccountLocked{}, facts.today);
}

Decision decide(const States& states, const UnlockAccount& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
  if (!account.locked) return refuse(RejectionCode::already_exists, "account: is not locked");
  return one(stream_of(command.account), AccountUnlocked{}, facts.today);
}

}  // namespace placet::domain
