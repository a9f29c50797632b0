#include <gtest/gtest.h>

#include "tests/unit/domain/sheets.h"

namespace placet::domain::testing {
namespace {

const NoticeId kNotices = notices_of(kLedger, sheet_id());
constexpr StreamVersion kFirst{0};

RecordDelivery delivery(DeliveryFault fault, std::uint16_t reply = 0) { return {kNotices, kFirst, fault, reply}; }
RemindOfHours remind(NoticeKind kind) { return {kPlacement, kWeek, kind, {}}; }

const Letter& letter(Story& story) { return story.state_of<Notice>(stream_of(kNotices)).letters.front(); }

/// The mail to the approver is with the mail server.
Story attempted() {
  Story story = submitted();
  return story.done(AttemptNotice{kNotices, kFirst}, service());
}

TEST(Mail, IsAttemptedThenSent) {
  Story story = attempted();
  EXPECT_EQ(letter(story).delivery, Delivery::attempted);
  story.when(delivery(DeliveryFault::unspecified), service()).then({NoticeSent{kFirst}});
  story.when(AttemptNotice{kNotices, kFirst}, service()).then_refused(RejectionCode::already_exists);
}

TEST(Mail, ThatWasNotAttemptedIsNotSent) {
  submitted()
      .when(delivery(DeliveryFault::unspecified), service())
      .then_refused(RejectionCode::not_ready, "was not attempted");
}

TEST(Mail, ThatNobodyWantsIsGivenUpAtOnce) {
  attempted()
      .when(delivery(DeliveryFault::refused, 550), service())
      .then({NoticeGivenUp{kFirst, DeliveryFault::refused, 550}});
}

TEST(Mail, ThatHasNowhereToGoIsGivenUpWithoutAnAttempt) {
  submitted()
      .when(delivery(DeliveryFault::no_address), service())
      .then({NoticeGivenUp{kFirst, DeliveryFault::no_address, 0}});
}

TEST(Mail, IsTriedAgainAfterGrowingPauses) {
  Story story = submitted();
  std::vector<std::int64_t> minutes;
  for (int attempt = 0; attempt < 11; ++attempt) {
    story.done(AttemptNotice{kNotices, kFirst}, service())
        .done(delivery(DeliveryFault::refused_for_now, 451), service());
    const auto& failed = std::get<NoticeFailed>(story.last()->front().event);
    minutes.push_back((failed.again.micros - story.facts(service()).now.micros) / 60'000'000);
  }
  EXPECT_EQ(minutes, (std::vector<std::int64_t>{1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240}));
}

TEST(Mail, IsGivenUpWhenTheNextTryWouldBeMoreThanThreeDaysLate) {
  Story story = submitted();
  const Date queued = story.today();
  story.on(queued.plus_days(2)).done(AttemptNotice{kNotices, kFirst}, service());
  story.done(delivery(DeliveryFault::unreachable), service());
  story.on(queued.plus_days(4)).done(AttemptNotice{kNotices, kFirst}, service());
  story.when(delivery(DeliveryFault::unreachable), service())
      .then({NoticeGivenUp{kFirst, DeliveryFault::unreachable, 0}});
}

TEST(Mail, ThatWasNeverQueuedIsNotFound) {
  submitted().when(AttemptNotice{kNotices, {9}}, service()).then_refused(RejectionCode::not_found);
}

TEST(Mail, IsForTheServiceAlone) {
  submitted().when(AttemptNotice{kNotices, kFirst}, as(kOffice)).then_refused(RejectionCode::not_allowed);
}

TEST(RemindOfHours, ThatAreMissingIsToTheWorker) {
  started()
      .on(kMonday.plus_days(7))
      .when(remind(NoticeKind::hours_missing), service())
      .then({NoticeQueued{NoticeKind::hours_missing, kWorkerPerson, kPlacement, sheet_id(), {}, kWeek}});
}

TEST(RemindOfHours, ThatWereSubmittedIsRefusedAsMissing) {
  submitted().when(remind(NoticeKind::hours_missing), service()).then_refused(RejectionCode::submitted);
}

TEST(RemindOfHours, ThatWaitIsToTheApproversInForce) {
  submitted()
      .when(remind(NoticeKind::approval_due), service())
      .then({NoticeQueued{NoticeKind::approval_due, kApprover, kPlacement, sheet_id(), {}, kWeek}});
}

TEST(RemindOfHours, ThatAreLateIsToTheAgencyAndToSubstitutes) {
  RemindOfHours late = remind(NoticeKind::approval_late);
  late.contacts = {kRecruiter, kStranger};
  with_substitute(submitted())
      .when(late, service())
      .then({NoticeQueued{NoticeKind::approval_late, kRecruiter, kPlacement, sheet_id(), {}, kWeek},
             NoticeQueued{NoticeKind::approval_late, kSubstitute, kPlacement, sheet_id(), {}, kWeek}});
}

TEST(RemindOfHours, IsOnceUntilTheyAreSubmittedAnew) {
  Story story = submitted();
  story.done(remind(NoticeKind::approval_due), service());
  story.when(remind(NoticeKind::approval_due), service()).then_refused(RejectionCode::already_exists);
  story.done(WithdrawSheet{kPlacement, kWeek}, as(kWorkerPerson)).done(submit(), as(kWorkerPerson));
  story.done(remind(NoticeKind::approval_due), service());
}

TEST(RemindOfHours, ThatNobodyHasToApproveIsRefused) {
  entered().when(remind(NoticeKind::approval_due), service()).then_refused(RejectionCode::not_submitted);
  approved().when(remind(NoticeKind::approval_late), service()).then_refused(RejectionCode::not_submitted);
}

TEST(RemindOfHours, TakesAKindThatIsAReminder) {
  submitted().when(remind(NoticeKind::hours_approved), service()).then_refused(RejectionCode::malformed);
}

}  // namespace
}  // namespace placet::domain::testing
