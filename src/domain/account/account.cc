#include "domain/account/account.h"

#include <algorithm>

#include "domain/authority.h"
#include "domain/states.h"

namespace placet::domain {

namespace {

Timestamp after_days(Timestamp now, std::int64_t days) { return {now.micros + days * kMicrosPerDay}; }
Timestamp after_hours(Timestamp now, std::int64_t hours) { return {now.micros + hours * (kMicrosPerDay / 24)}; }

void end(Account& state, TokenId id) {
  for (Token& token : state.tokens) {
    if (token.id == id) token.ended = true;
  }
}

bool has_room(const Account& account) {
  const auto live = std::ranges::count_if(
      account.tokens, [](const Token& token) { return !token.ended && token.kind != TokenKind::session; });
  return static_cast<std::size_t>(live) < kTokensPerAccountMax;
}

std::unexpected<Rejection> no_room() {
  return refuse(RejectionCode::too_large, "account: 32 tokens already; revoke one first");
}
std::unexpected<Rejection> no_account() {
  return refuse(RejectionCode::not_found, "account: no such account; open it first");
}

bool is_session(const Token& token) { return token.kind == TokenKind::session; }

/// Its invite, if that may be redeemed.
std::expected<const Token*, Rejection> redeemable(const Account& account, TokenId id, Timestamp now) {
  if (account.locked) return refuse(RejectionCode::locked, "account: locked; ask an administrator");
  const Token* invite = account.find(id);
  if (invite == nullptr || invite->kind != TokenKind::unspecified)
    return refuse(RejectionCode::not_found, "invite: no such invite");
  if (invite->ended) return refuse(RejectionCode::token_spent, "invite: used already; ask for a new one");
  if (now >= invite->expires) return refuse(RejectionCode::token_expired, "invite: expired; ask for a new one");
  return invite;
}

/// Whether that person may be signed in to the account.
std::expected<void, Rejection> admit(const States& states, AccountId id, PersonId person) {
  const Account& account = states.account(id);
  if (account.person.is_nil()) return no_account();
  if (account.person != person) return refuse(RejectionCode::stale, "person: it is somebody else's account");
  if (account.locked) return refuse(RejectionCode::locked, "account: locked; ask an administrator");
  return {};
}

bool is_nil(const Account& account, KeyKind kind) {
  return kind == KeyKind::totp ? account.totp.is_nil() : account.password.is_nil();
}

void set(Account& account, KeyKind kind, TokenId key) {
  (kind == KeyKind::totp ? account.totp : account.password) = key;
}

/// Adds to `events` that a browser is signed in, and that the one that was first is not any longer, if they get many.
void sign_in(Events& events, const Account& account, const SessionBegun& event, AccountId id, const Facts& facts) {
  const auto alive = [&](const Token& token) { return is_session(token) && facts.now < token.expires; };
  if (static_cast<std::size_t>(std::ranges::count_if(account.tokens, alive)) >= kSessionsPerAccountMax) {
    const auto first = std::ranges::find_if(account.tokens, alive);
    events.push_back({stream_of(id), TokenRevoked{first->id}, facts.today, {}});
  }
  events.push_back({stream_of(id), event, facts.today, {}});
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
  // Into a session it is redeemed together with a new password.
  const auto strength = event.kind == TokenKind::session ? Strength::password : Strength::unspecified;
  state.tokens.push_back({.id = event.token, .kind = event.kind, .expires = event.expires, .strength = strength});
  return state;
}
Account evolve(Account state, const TokenRevoked& event, const Meta&) {
  end(state, event.token);
  std::erase_if(state.tokens, [](const Token& token) { return is_session(token) && token.ended; });
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
Account evolve(Account state, const KeyAdded& event, const Meta&) {
  std::erase_if(state.tokens, [&](const Token& token) { return is_session(token) && token.id != event.session; });
  set(state, event.kind, event.key);
  return state;
}
Account evolve(Account state, const KeyRemoved& event, const Meta&) {
  std::erase_if(state.tokens, is_session);
  set(state, event.kind, {});
  return state;
}
Account evolve(Account state, const SessionBegun& event, const Meta& meta) {
  std::erase_if(state.tokens,
                [&](const Token& token) { return is_session(token) && token.expires <= meta.recorded_at; });
  state.tokens.push_back(
      {.id = event.session, .kind = TokenKind::session, .expires = event.expires, .strength = event.strength});
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
void needs(const AcceptInvite& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.account));
  out.states.push_back(stream_of(command.person));
}
void needs(const SignIn& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.account));
  out.states.push_back(stream_of(command.person));
}
void needs(const ChangeKey& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.account)); }
void needs(const RemoveKey& command, const Facts&, Needs& out) { out.states.push_back(stream_of(command.account)); }
void needs(const SendInvite& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.account));
  out.states.push_back(stream_of(notices_of(facts.ledger, command.account)));
}
void needs(const ForgetPassword& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.account));
  out.states.push_back(stream_of(notices_of(facts.ledger, command.account)));
}

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
  const Timestamp expires =
      command.brief ? after_hours(facts.now, kBriefInviteHours) : after_days(facts.now, kInviteDays);
  return one(stream_of(command.account), InviteIssued{command.token, expires}, facts.today);
}

Decision decide(const States& states, const RedeemInvite& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
  if (auto invite = redeemable(account, command.invite, facts.now); !invite)
    return std::unexpected(std::move(invite).error());
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
  if (command.kind == TokenKind::session)
    return refuse(RejectionCode::malformed, "kind: a session begins when somebody signs in");
  // What acts as a person is handed out by that person alone; a machine's token by an administrator.
  const bool for_machine = command.kind == TokenKind::system;
  const bool administers =
      !by_one_factor(facts.actor.strength) && states.person(facts.actor.person).has(Role::administrator, facts.today);
  const bool allowed =
      facts.actor.strength == Strength::system || (for_machine ? administers : facts.actor.person == account.person);
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

Decision decide(const States& states, const AcceptInvite& command, const Facts& facts) {
  if (auto admitted = admit(states, command.account, command.person); !admitted)
    return std::unexpected(std::move(admitted).error());
  const Account& account = states.account(command.account);
  if (auto invite = redeemable(account, command.invite, facts.now); !invite)
    return std::unexpected(std::move(invite).error());
  const Timestamp expires = after_hours(facts.now, kSessionHours);
  Events events = one(stream_of(command.account), KeyAdded{KeyKind::password, command.key, {}}, facts.today);
  events.push_back({stream_of(command.account),
                    InviteRedeemed{command.invite, command.session, TokenKind::session, expires},
                    facts.today,
                    {}});
  return events;
}

Decision decide(const States& states, const SignIn& command, const Facts& facts) {
  if (auto admitted = admit(states, command.account, command.person); !admitted)
    return std::unexpected(std::move(admitted).error());
  const bool long_lived = command.remember && !states.person(command.person).sees_the_whole_ledger(facts.today);
  const Timestamp expires = long_lived ? after_days(facts.now, kRememberedDays) : after_hours(facts.now, kSessionHours);
  Events events;
  sign_in(events, states.account(command.account), {command.session, command.strength, expires}, command.account,
          facts);
  return events;
}

Decision decide(const States& states, const ChangeKey& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
  if (account.locked) return refuse(RejectionCode::locked, "account: locked; ask an administrator");
  if (!command.session.is_nil() && account.usable(command.session, facts.now) == nullptr)
    return refuse(RejectionCode::token_expired, "session: ended; sign in again");
  // Else whoever has the password could put his own second factor in the place of the owner's.
  if (command.kind == KeyKind::totp && !account.totp.is_nil()) {
    const Token* session = account.find(command.session);
    if (session == nullptr || session->strength != Strength::totp)
      return refuse(RejectionCode::not_ready, "kind: the account has a second factor; sign in with it first");
  }
  return one(stream_of(command.account), KeyAdded{command.kind, command.key, command.session}, facts.today);
}

Decision decide(const States& states, const RemoveKey& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
  if (command.kind == KeyKind::unspecified) return refuse(RejectionCode::malformed, "kind: is missing");
  if (is_nil(account, command.kind)) return refuse(RejectionCode::not_found, "kind: the account has no such key");
  return one(stream_of(command.account), KeyRemoved{command.kind}, facts.today);
}

Decision decide(const States& states, const SendInvite& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
  if (account.locked) return refuse(RejectionCode::locked, "account: locked; unlock it first");
  if (!has_room(account)) return no_room();
  Events events;
  queue_notice(events, facts.ledger, command.account, NoticeKind::invited, account.person, facts.today);
  return events;
}

Decision decide(const States& states, const ForgetPassword& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
  if (account.locked) return refuse(RejectionCode::locked, "account: locked; ask an administrator");
  if (!has_room(account)) return no_room();
  for (const Letter& letter : states.notice(notices_of(facts.ledger, command.account)).letters) {
    const std::int64_t since = facts.now.micros - letter.queued_at.micros;
    if (letter.kind == NoticeKind::password_forgotten && since < kForgottenPauseMinutes * 60'000'000)
      return refuse(RejectionCode::already_exists, "account: a mail is on its way; wait a few minutes");
  }
  Events events;
  queue_notice(events, facts.ledger, command.account, NoticeKind::password_forgotten, account.person, facts.today);
  return events;
}

}  // namespace placet::domain
