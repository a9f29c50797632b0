#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "tests/property/domain/random.h"
#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

constexpr AccountId kAccount = id<AccountId>(40);

/// A few random acts on one account, and `check` after each.
template <class Check>
void random_account(Check&& check) {
  Story story = people();
  story.done(OpenAccount{kAccount, kApprover, sealed("a@b.example"), id<ReservationId>(43)}, as(kOffice));
  std::uint64_t last_token = 100;
  Date today = kToday;
  const auto some_token = [&] { return id<TokenId>(pick<std::uint64_t>(100, last_token + 1)); };
  for (int step = pick(1, 40); step > 0; --step) {
    switch (pick(0, 10)) {
      case 0: story.when(IssueInvite{kAccount, id<TokenId>(++last_token)}, as(kOffice)); break;
      case 1: {
        const TokenId invite = some_token();
        story.when(RedeemInvite{kAccount, invite, id<TokenId>(++last_token)}, service());
        break;
      }
      case 2: story.when(RevokeToken{kAccount, some_token()}, as(kApprover)); break;
      case 3: story.when(LockAccount{kAccount}, as(kAdministrator)); break;
      case 4: story.when(UnlockAccount{kAccount}, as(kAdministrator)); break;
      case 5:
        story.when(IssueToken{kAccount, TokenKind::personal, {}, id<TokenId>(++last_token)}, as(kApprover));
        break;
      case 6: story.on(today = today.plus_days(pick(0, 5))); break;
      case 7: {
        const TokenId invite = some_token();
        story.when(AcceptInvite{kAccount, kApprover, invite, id<TokenId>(99), id<TokenId>(++last_token)}, service());
        break;
      }
      case 8: {
        const TokenId session = pick(0, 2) == 0 ? TokenId{} : some_token();
        story.when(ChangeKey{kAccount, KeyKind::password, session, id<TokenId>(99)}, service());
        break;
      }
      case 9: {
        const bool remember = pick(0, 2) == 0;
        story.when(SignIn{kAccount, kApprover, Strength::password, remember, id<TokenId>(++last_token)}, service());
        break;
      }
    }
    check(story, last_token);
  }
}

RC_GTEST_PROP(Account, SpentOnce, ()) {
  random_account([](const Story& story, std::uint64_t) {
    std::set<TokenId> gone;
    for (const auto& [meta, event] : story.log()) {
      if (const auto* redeemed = std::get_if<InviteRedeemed>(&event)) RC_ASSERT(gone.insert(redeemed->invite).second);
      if (const auto* revoked = std::get_if<TokenRevoked>(&event)) RC_ASSERT(gone.insert(revoked->token).second);
    }
  });
}

RC_GTEST_PROP(Account, NewKeyEndsSessions, ()) {
  random_account([](Story& story, std::uint64_t) {
    const auto& account = story.state_of<Account>(stream_of(kAccount));
    std::set<TokenId> ended, begun;
    for (const auto& [meta, event] : story.log()) {
      if (const auto* in = std::get_if<SessionBegun>(&event)) begun.insert(in->session);
      const auto* redeemed = std::get_if<InviteRedeemed>(&event);
      if (redeemed != nullptr && redeemed->kind == TokenKind::session) begun.insert(redeemed->token);
      const auto* key = std::get_if<KeyAdded>(&event);
      if (key == nullptr) continue;
      const bool stays = begun.erase(key->session) > 0;
      ended.merge(begun);
      begun.clear();
      if (stays) begun.insert(key->session);
    }
    for (const TokenId session : ended) RC_ASSERT(account.usable(session, {0}) == nullptr);
  });
}

RC_GTEST_PROP(Account, FewSessions, ()) {
  random_account([](Story& story, std::uint64_t) {
    std::size_t usable = 0;
    for (const Token& token : story.state_of<Account>(stream_of(kAccount)).tokens)
      usable += token.kind == TokenKind::session && story.facts(service()).now < token.expires;
    RC_ASSERT(usable <= kSessionsPerAccountMax);
  });
}

RC_GTEST_PROP(Account, LockedMeansNoToken, ()) {
  random_account([](Story& story, std::uint64_t last_token) {
    const auto& account = story.state_of<Account>(stream_of(kAccount));
    if (!account.locked) return;
    for (std::uint64_t token = 100; token <= last_token; ++token)
      RC_ASSERT(account.usable(id<TokenId>(token), kNow) == nullptr);
  });
}

}  // namespace
}  // namespace placet::domain::testing
