#pragma once

#include <vector>

#include "domain/decision.h"

namespace placet::domain {

struct Token {
  TokenId id;
  TokenKind kind = TokenKind::unspecified;  // unspecified: an invite
  Timestamp expires;
  bool ended = false;                         // spent or revoked
  PersonId client_system{};                   // of a delegated one: the system that holds it
  Strength strength = Strength::unspecified;  // of a session: how its browser signed in
};

/// A way for a person to sign in. A person may have several; no rule but signing in looks at accounts.
///
/// Invariants, each with a property test of the same name:
///   SpentOnce            an invite is redeemed at most once, and not after it was revoked.
///   LockedMeansNoToken   while an account is locked, no token of it is usable.
///   NewKeyEndsSessions   once a key was added, no session from before is usable but the one in which it was.
///   FewSessions          at most kSessionsPerAccountMax are usable.
struct Account {
  PersonId person;            // nil: not opened
  std::vector<Token> tokens;  // of sessions only those that may still be used
  TokenId password;           // names what is kept of it; nil: none was chosen
  TokenId totp;               // the same of his second factor
  bool locked = false;

  const Token* find(TokenId id) const;
  /// A token that may be used at `now`, or nullptr.
  const Token* usable(TokenId id, Timestamp now) const;
};

inline constexpr std::int64_t kInviteDays = 14;
inline constexpr std::int64_t kBriefInviteHours = 2;
/// Whoever forgot his password gets another mail only after so long.
inline constexpr std::int64_t kForgottenPauseMinutes = 5;
inline constexpr std::int64_t kTokenDays = 365;
inline constexpr std::size_t kTokensPerAccountMax = 32;  // sessions aside
/// One more ends the one that began first.
inline constexpr std::size_t kSessionsPerAccountMax = 8;
/// A browser that is remembered stays signed in for so long; another one, and any browser of staff, for hours.
inline constexpr std::int64_t kRememberedDays = 30;
inline constexpr std::int64_t kSessionHours = 8;

Account evolve(Account state, const AccountOpened& event, const Meta& meta);
Account evolve(Account state, const InviteIssued& event, const Meta& meta);
Account evolve(Account state, const InviteRedeemed& event, const Meta& meta);
Account evolve(Account state, const TokenRevoked& event, const Meta& meta);
Account evolve(Account state, const TokenIssued& event, const Meta& meta);
Account evolve(Account state, const AccountLocked& event, const Meta& meta);
Account evolve(Account state, const AccountUnlocked& event, const Meta& meta);
Account evolve(Account state, const KeyAdded& event, const Meta& meta);
Account evolve(Account state, const KeyRemoved& event, const Meta& meta);
Account evolve(Account state, const SessionBegun& event, const Meta& meta);

void needs(const OpenAccount& command, const Facts& facts, Needs& out);
void needs(const IssueInvite& command, const Facts& facts, Needs& out);
void needs(const RedeemInvite& command, const Facts& facts, Needs& out);
void needs(const RevokeToken& command, const Facts& facts, Needs& out);
void needs(const IssueToken& command, const Facts& facts, Needs& out);
void needs(const LockAccount& command, const Facts& facts, Needs& out);
void needs(const UnlockAccount& command, const Facts& facts, Needs& out);
void needs(const AcceptInvite& command, const Facts& facts, Needs& out);
void needs(const SignIn& command, const Facts& facts, Needs& out);
void needs(const ChangeKey& command, const Facts& facts, Needs& out);
void needs(const RemoveKey& command, const Facts& facts, Needs& out);
void needs(const SendInvite& command, const Facts& facts, Needs& out);
void needs(const ForgetPassword& command, const Facts& facts, Needs& out);

Parties parties_of(const States& states, const RevokeToken& command, const Facts& facts);
Parties parties_of(const States& states, const IssueToken& command, const Facts& facts);

Decision decide(const States& states, const OpenAccount& command, const Facts& facts);
Decision decide(const States& states, const IssueInvite& command, const Facts& facts);
Decision decide(const States& states, const RedeemInvite& command, const Facts& facts);
Decision decide(const States& states, const RevokeToken& command, const Facts& facts);
Decision decide(const States& states, const IssueToken& command, const Facts& facts);
Decision decide(const States& states, const LockAccount& command, const Facts& facts);
Decision decide(const States& states, const UnlockAccount& command, const Facts& facts);
Decision decide(const States& states, const AcceptInvite& command, const Facts& facts);
Decision decide(const States& states, const SignIn& command, const Facts& facts);
Decision decide(const States& states, const ChangeKey& command, const Facts& facts);
Decision decide(const States& states, const RemoveKey& command, const Facts& facts);
Decision decide(const States& states, const SendInvite& command, const Facts& facts);
Decision decide(const States& states, const ForgetPassword& command, const Facts& facts);

}  // namespace placet::domain
