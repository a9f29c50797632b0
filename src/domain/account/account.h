#pragma once

#include <vector>

#include "domain/decision.h"

namespace placet::domain {

struct Token {
  TokenId id;
  TokenKind kind = TokenKind::unspecified;  // unspecified: an invite
  Timestamp expires;
  bool ended = false;        // spent or revoked
  PersonId client_system{};  // of a delegated one: the system that holds it
};

/// A way for a person to sign in. A person may have several; no rule but signing in looks at accounts.
///
/// Invariants, each with a property test of the same name:
///   SpentOnce            an invite is redeemed at most once, and not after it was revoked.
///   LockedMeansNoToken   while an account is locked, no token of it is usable.
struct Account {
  PersonId person;  // nil: not opened
  std::vector<Token> tokens;
  bool locked = false;

  const Token* find(TokenId id) const;
  /// A token that may be used at `now`, or nullptr.
  const Token* usable(TokenId id, Timestamp now) const;
};

inline constexpr std::int64_t kInviteDays = 14;
inline constexpr std::int64_t kTokenDays = 365;
inline constexpr std::size_t kTokensPerAccountMax = 32;

Account evolve(Account state, const AccountOpened& event, const Meta& meta);
Account evolve(Account state, const InviteIssued& event, const Meta& meta);
Account evolve(Account state, const InviteRedeemed& event, const Meta& meta);
Account evolve(Account state, const TokenRevoked& event, const Meta& meta);
Account evolve(Account state, const TokenIssued& event, const Meta& meta);
Account evolve(Account state, const AccountLocked& event, const Meta& meta);
Account evolve(Account state, const AccountUnlocked& event, const Meta& meta);

void needs(const OpenAccount& command, const Facts& facts, Needs& out);
void needs(const IssueInvite& command, const Facts& facts, Needs& out);
void needs(const RedeemInvite& command, const Facts& facts, Needs& out);
void needs(const RevokeToken& command, const Facts& facts, Needs& out);
void needs(const IssueToken& command, const Facts& facts, Needs& out);
void needs(const LockAccount& command, const Facts& facts, Needs& out);
void needs(const UnlockAccount& command, const Facts& facts, Needs& out);

Parties parties_of(const States& states, const RevokeToken& command, const Facts& facts);
Parties parties_of(const States& states, const IssueToken& command, const Facts& facts);

Decision decide(const States& states, const OpenAccount& command, const Facts& facts);
Decision decide(const States& states, const IssueInvite& command, const Facts& facts);
Decision decide(const States& states, const RedeemInvite& command, const Facts& facts);
Decision decide(const States& states, const RevokeToken& command, const Facts& facts);
Decision decide(const States& states, const IssueToken& command, const Facts& facts);
Decision decide(const States& states, const LockAccount& command, const Facts& facts);
Decision decide(const States& states, const UnlockAccount& command, const Facts& facts);

}  // namespace placet::domain
