#include <gtest/gtest.h>

#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

constexpr AccountId kAccount = id<AccountId>(40);
constexpr TokenId kInvite = id<TokenId>(41), kToken = id<TokenId>(42), kKey = id<TokenId>(47);
constexpr ReservationId kEmailKey = id<ReservationId>(43);

Story with_account() {
  Story story = people();
  return story.done(OpenAccount{kAccount, kApprover, sealed("a@b.example"), kEmailKey}, as(kOffice));
}

Story with_invite() {
  Story story = with_account();
  return story.done(IssueInvite{kAccount, kInvite}, as(kOffice));
}

TEST(OpenAccount, IsRefusedWhenAnotherAccountHasTheAddress) {
  with_account()
      .when(OpenAccount{id<AccountId>(44), kStranger, sealed("a@b.example"), kEmailKey}, as(kOffice))
      .then_refused(RejectionCode::already_exists, "one account per address");
}

TEST(RedeemInvite, GivesAPersonalTokenOnce) {
  Story story = with_invite();
  story.done(RedeemInvite{kAccount, kInvite, kToken}, service());
  const auto* token = story.state_of<Account>(stream_of(kAccount)).usable(kToken, kNow);
  ASSERT_NE(token, nullptr);
  EXPECT_EQ(token->kind, TokenKind::personal);
  story.when(RedeemInvite{kAccount, kInvite, id<TokenId>(45)}, service()).then_refused(RejectionCode::token_spent);
}

TEST(RedeemInvite, IsRefusedAfterTwoWeeks) {
  with_invite()
      .on(kToday.plus_days(14))
      .when(RedeemInvite{kAccount, kInvite, kToken}, service())
      .then_refused(RejectionCode::token_expired);
}

TEST(RedeemInvite, IsForTheServiceAlone) {
  with_invite()
      .when(RedeemInvite{kAccount, kInvite, kToken}, as(kAdministrator))
      .then_refused(RejectionCode::not_allowed);
}

TEST(IssueToken, OfADelegatedKindNamesItsClientSystem) {
  with_account()
      .when(IssueToken{kAccount, TokenKind::delegated, {}, kToken}, as(kApprover))
      .then_refused(RejectionCode::malformed, "clientSystem");
  with_account()
      .when(IssueToken{kAccount, TokenKind::delegated, kStranger, kToken}, as(kApprover))
      .then_refused(RejectionCode::not_found, "clientSystem");
  with_account().done(IssueToken{kAccount, TokenKind::delegated, kMachine, kToken}, as(kApprover));
}

TEST(IssueToken, ThatActsAsAPersonIsForThatPersonAlone) {
  with_account()
      .when(IssueToken{kAccount, TokenKind::personal, {}, kToken}, as(kAdministrator))
      .then_refused(RejectionCode::not_allowed);
  with_account().done(IssueToken{kAccount, TokenKind::personal, {}, kToken}, as(kApprover));
}

TEST(IssueToken, OfAMachineIsForAdministrators) {
  with_account()
      .when(IssueToken{kAccount, TokenKind::system, {}, kToken}, as(kApprover))
      .then_refused(RejectionCode::not_allowed);
  with_account().done(IssueToken{kAccount, TokenKind::system, {}, kToken}, as(kAdministrator));
}

TEST(RevokeToken, IsForItsOwnerAndTheOffice) {
  with_invite().when(RevokeToken{kAccount, kInvite}, as(kStranger)).then_refused(RejectionCode::not_found);
  with_invite().done(RevokeToken{kAccount, kInvite}, as(kApprover));
  with_invite().done(RevokeToken{kAccount, kInvite}, as(kOffice));
}

TEST(LockAccount, MakesEveryTokenUselessUntilItIsUnlocked) {
  Story story = with_account();
  story.done(IssueToken{kAccount, TokenKind::personal, {}, kToken}, as(kApprover))
      .done(LockAccount{kAccount}, as(kAdministrator));
  EXPECT_EQ(story.state_of<Account>(stream_of(kAccount)).usable(kToken, kNow), nullptr);
  story.when(IssueToken{kAccount, TokenKind::personal, {}, id<TokenId>(46)}, as(kApprover))
      .then_refused(RejectionCode::locked);
  story.done(UnlockAccount{kAccount}, as(kAdministrator));
  EXPECT_NE(story.state_of<Account>(stream_of(kAccount)).usable(kToken, kNow), nullptr);
}

TEST(AcceptInvite, SpendsItAndSignsIn) {
  Story story = with_invite();
  story.done(AcceptInvite{kAccount, kApprover, kInvite, kKey, kToken}, service());
  const auto* session = story.state_of<Account>(stream_of(kAccount)).usable(kToken, kNow);
  ASSERT_NE(session, nullptr);
  EXPECT_EQ(session->kind, TokenKind::session);
  EXPECT_EQ(session->strength, Strength::password);
  EXPECT_EQ(story.state_of<Account>(stream_of(kAccount)).password, kKey);
  story.when(AcceptInvite{kAccount, kApprover, kInvite, kKey, id<TokenId>(45)}, service())
      .then_refused(RejectionCode::token_spent);
}

TEST(AcceptInvite, IsForTheServiceAlone) {
  with_invite()
      .when(AcceptInvite{kAccount, kApprover, kInvite, kKey, kToken}, as(kAdministrator))
      .then_refused(RejectionCode::not_allowed);
}

TEST(SignIn, OfWhoSeesTheWholeLedgerIsNeverRemembered) {
  Story story = people();
  story.done(OpenAccount{kAccount, kOffice, sealed("o@b.example"), kEmailKey}, as(kAdministrator));
  story.done(SignIn{kAccount, kOffice, Strength::totp, true, kToken}, service());
  const auto* session = story.state_of<Account>(stream_of(kAccount)).usable(kToken, kNow);
  ASSERT_NE(session, nullptr);
  EXPECT_EQ(session->expires.micros - kNow.micros, kSessionHours * kMicrosPerDay / 24);
}

TEST(OneFactor, LeavesRolesThatSeeTheWholeLedgerUncounted) {
  for (const Strength strength : {Strength::password, Strength::mail_link})
    people()
        .when(OpenAccount{kAccount, kApprover, sealed("a@b.example"), kEmailKey}, as(kOffice, strength))
        .then_refused(RejectionCode::not_found);
  people().done(OpenAccount{kAccount, kApprover, sealed("a@b.example"), kEmailKey}, as(kOffice, Strength::totp));
}

TEST(OneFactor, IsEnoughForWhatConcernsOneself) {
  Story story = with_account();
  story.done(SignIn{kAccount, kApprover, Strength::password, true, kToken}, service())
      .done(RevokeToken{kAccount, kToken}, as(kApprover, Strength::password));
}

TEST(SignIn, OfARememberedBrowserLastsThirtyDays) {
  Story story = with_account();
  story.done(SignIn{kAccount, kApprover, Strength::password, true, kToken}, service());
  const auto& account = story.state_of<Account>(stream_of(kAccount));
  EXPECT_NE(account.usable(kToken, {kNow.micros + kRememberedDays * kMicrosPerDay - 1}), nullptr);
  EXPECT_EQ(account.usable(kToken, {kNow.micros + kRememberedDays * kMicrosPerDay}), nullptr);
}

TEST(SignIn, IsRefusedForSomebodyElsesAccountAndForALockedOne) {
  Story story = with_account();
  story.when(SignIn{kAccount, kStranger, Strength::password, false, kToken}, service())
      .then_refused(RejectionCode::stale);
  story.done(LockAccount{kAccount}, as(kAdministrator));
  story.when(SignIn{kAccount, kApprover, Strength::password, false, kToken}, service())
      .then_refused(RejectionCode::locked);
}

TEST(SignIn, OfANinthBrowserEndsTheFirst) {
  Story story = with_account();
  for (std::uint64_t browser = 0; browser <= kSessionsPerAccountMax; ++browser)
    story.done(SignIn{kAccount, kApprover, Strength::password, true, id<TokenId>(50 + browser)}, service());
  const auto& account = story.state_of<Account>(stream_of(kAccount));
  EXPECT_EQ(account.usable(id<TokenId>(50), kNow), nullptr);
  EXPECT_NE(account.usable(id<TokenId>(51), kNow), nullptr);
}

TEST(ChangeKey, EndsAllSessionsButTheOneInWhichItIsDone) {
  Story story = with_account();
  for (const TokenId session : {kInvite, kToken})
    story.done(SignIn{kAccount, kApprover, Strength::password, true, session}, service());
  story.done(ChangeKey{kAccount, KeyKind::password, kToken, kKey}, service());
  const auto& account = story.state_of<Account>(stream_of(kAccount));
  EXPECT_EQ(account.usable(kInvite, kNow), nullptr);
  EXPECT_NE(account.usable(kToken, kNow), nullptr);
}

TEST(ChangeKey, PutsNoSecondFactorInThePlaceOfAnotherForWhoHasThePasswordAlone) {
  Story story = with_account();
  story.done(SignIn{kAccount, kApprover, Strength::password, true, kInvite}, service())
      .done(ChangeKey{kAccount, KeyKind::totp, kInvite, kKey}, service());
  EXPECT_EQ(story.state_of<Account>(stream_of(kAccount)).totp, kKey);
  const TokenId other = id<TokenId>(60);
  story.when(ChangeKey{kAccount, KeyKind::totp, kInvite, other}, service())
      .then_refused(RejectionCode::not_ready, "sign in with it first");
  story.when(ChangeKey{kAccount, KeyKind::totp, {}, other}, service()).then_refused(RejectionCode::not_ready);
  story.done(SignIn{kAccount, kApprover, Strength::totp, true, kToken}, service())
      .done(ChangeKey{kAccount, KeyKind::totp, kToken, other}, service());
  EXPECT_EQ(story.state_of<Account>(stream_of(kAccount)).totp, other);
}

TEST(RemoveKey, OfALostTelephoneEndsSessionsAndLetsAnotherOneCome) {
  Story story = with_account();
  story.done(SignIn{kAccount, kApprover, Strength::password, true, kInvite}, service())
      .done(ChangeKey{kAccount, KeyKind::totp, kInvite, kKey}, service())
      .done(RemoveKey{kAccount, KeyKind::totp}, as(kAdministrator));
  const auto& account = story.state_of<Account>(stream_of(kAccount));
  EXPECT_TRUE(account.totp.is_nil());
  EXPECT_EQ(account.usable(kInvite, kNow), nullptr);
  story.when(RemoveKey{kAccount, KeyKind::totp}, as(kAdministrator)).then_refused(RejectionCode::not_found);
}

TEST(SendInvite, QueuesAMailAndMakesNoInvite) {
  Story story = with_account();
  story.when(SendInvite{kAccount}, as(kOffice))
      .then({NoticeQueued{NoticeKind::invited, kApprover, {}, {}, kAccount, {}}});
  EXPECT_TRUE(story.state_of<Account>(stream_of(kAccount)).tokens.empty());
}

TEST(ForgetPassword, SendsOneMailInFiveMinutes) {
  Story story = with_account();
  story.when(ForgetPassword{kAccount}, service())
      .then({NoticeQueued{NoticeKind::password_forgotten, kApprover, {}, {}, kAccount, {}}});
  story.when(ForgetPassword{kAccount}, service()).then_refused(RejectionCode::already_exists, "wait a few minutes");
  story.on(kToday.plus_days(1)).done(ForgetPassword{kAccount}, service());
}

TEST(IssueInvite, InBriefIsGoodForTwoHours) {
  Story story = with_account();
  story.done(IssueInvite{kAccount, kInvite, true}, as(kOffice));
  const auto& account = story.state_of<Account>(stream_of(kAccount));
  EXPECT_EQ(account.find(kInvite)->expires.micros - kNow.micros, kBriefInviteHours * kMicrosPerDay / 24);
}

TEST(RevokeToken, SignsABrowserOut) {
  Story story = with_account();
  story.done(SignIn{kAccount, kApprover, Strength::password, true, kToken}, service())
      .done(RevokeToken{kAccount, kToken}, as(kApprover));
  EXPECT_EQ(story.state_of<Account>(stream_of(kAccount)).usable(kToken, kNow), nullptr);
}

}  // namespace
}  // namespace placet::domain::testing
