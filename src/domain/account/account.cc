#include "domain/account/account.h"

#include <algorithm>

#include "domain/states.h"

namespace placet::domain {

namespace {

constexpr std::int64_t kDayMicros = 86'400'000'000;

Timestamp after_days(Timestamp now, std::int64_t days) { return {now.micros + days * kDayMicros}; }

void end(Account& state, TokenId id) {
  for (Token& token : state.tokens) {
    if (token.id == id) token.ended = true;
  }
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
  const Token* token = find(id);
  return token != nullptr && !token->ended && now < token->expires ? token : nullptr;
}

Account evolve(Account state, const AccountOpened& event, const Meta&) {
  state.person = event.person;
  return state;
}
Account evolve(Account state, const InviteIssued& event, const Meta&) {
  state.tokens.push_back({event.token, TokenKind::unspecified, event.expires});
  return state;
}
Account evolve(Account state, const InviteRedeemed& event, const Meta&) {
  end(state, event.invite);
  state.tokens.push_back({event.token, event.kind, event.expires});
  return state;
}
Account evolve(Account state, const TokenRevoked& event, const Meta&) {
  end(state, event.token);
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
  const auto live =
      std::count_if(account.tokens.begin(), account.tokens.end(), [](const Token& token) { return !token.ended; });
  if (static_cast<std::size_t>(live) >= kTokensPerAccountMax)
    return refuse(RejectionCode::too_large, "account: 32 tokens already; revoke one first");
  return one(stream_of(command.account), InviteIssued{command.token, after_days(facts.now, kInviteDays)}, facts.today);
}

Decision decide(const States& states, const RedeemInvite& command, const Facts& facts) {
  const Account& account = states.account(command.account);
  if (account.person.is_nil()) return no_account();
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

}  // namespace placet::domain
