#pragma once

#include <vector>

#include "domain/decision.h"

namespace placet::domain {

struct Token {
  TokenId id;
  TokenKind kind = TokenKind::unspecified;  // unspecified: an invite
  Timestamp expires;
  bool ended = false;  // spent or revoked
};

/// A way for a person to sign in. A person may have several; no rule but signing in looks at accounts.
struct Account {
  PersonId person;  // nil: not opened
  std::vector<Token> tokens;

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

void needs(const OpenAccount& command, const Facts& facts, Needs& out);
void needs(const IssueInvite& command, const Facts& facts, Needs& out);
void needs(const RedeemInvite& command, const Facts& facts, Needs& out);
void needs(const RevokeToken& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const OpenAccount& command, const Facts& facts);
Decision decide(const States& states, const IssueInvite& command, const Facts& facts);
Decision decide(const States& states, const RedeemInvite& command, const Facts& facts);
Decision decide(const States& states, const RevokeToken& command, const Facts& facts);

}  // namespace placet::domain
