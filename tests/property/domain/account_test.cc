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
    switch (pick(0, 7)) {
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
