#include <gtest/gtest.h>

#include "tests/unit/domain/sheets.h"

namespace placet::domain::testing {
namespace {

ReopenSheet reopen(std::vector<Date> days = {}) {
  return {kPlacement, kWeek, kWorker, std::move(days), sealed("the rota changed")};
}
ObjectToHours object() { return {kPlacement, kWeek, kWorker, sealed("I worked on Friday too")}; }

NoticeQueued notice(NoticeKind kind, PersonId to) { return {kind, to, kPlacement, sheet_id()}; }

TEST(SubmitSheet, SubmitsAllOpenDaysAndTellsTheApproverInTheSameCommand) {
  Story story = entered();
  const Digest content = content_hash(sheet(story), sheet_id());
  story.when(submit(), as(kWorkerPerson))
      .then({SheetSubmitted{{kMonday, kTuesday}, Minutes::of(960), content},
             notice(NoticeKind::hours_submitted, kApprover)});
}

TEST(SubmitSheet, TellsSubstitutesTooButNeverTheWorker) {
  Story story = with_substitute(entered());
  story.given({{stream_of(kPlacement), ApproverAppointed{kWorkerPerson, kMonday, {}}}})
      .done(submit(), as(kWorkerPerson));
  std::vector<PersonId> told;
  for (const NewEvent& event : *story.last()) {
    if (const auto* queued = std::get_if<NoticeQueued>(&event.event)) told.push_back(queued->to);
  }
  EXPECT_EQ(told, (std::vector{kApprover, kSubstitute}));
}

TEST(SubmitSheet, SubmitsOnlyWhatIsOpen) {
  Story story = submitted();
  story.done(record(kThirdEntry, plain(kWednesday, 60)), as(kWorkerPerson)).done(submit(), as(kWorkerPerson));
  EXPECT_EQ(std::get<SheetSubmitted>(story.last()->front().event).days, std::vector{kWednesday});
}

TEST(SubmitSheet, IsRefusedWithNothingOnIt) {
  started().when(submit(), as(kWorkerPerson)).then_refused(RejectionCode::not_ready, "submit the period as empty");
}

TEST(SubmitSheet, IsRefusedWhenAllOfItIsSubmittedOrApproved) {
  submitted().when(submit(), as(kWorkerPerson)).then_refused(RejectionCode::submitted);
  approved().when(submit(), as(kWorkerPerson)).then_refused(RejectionCode::approved, "request an addition");
}

TEST(SubmitSheet, IsAcceptedWithoutAnApproverBecauseWorkedHoursAreAlwaysPaid) {
  entered()
      .given({{stream_of(kPlacement), ApproverEnded{kApprover, kMonday.plus_days(-1)}}})
      .done(submit(), as(kWorkerPerson));
}

TEST(SubmitSheet, DoesNotExistForAStranger) {
  entered().when(submit(), as(kStranger)).then_refused(RejectionCode::not_found);
}

TEST(SubmittedDay, TakesNoMoreHoursUntilItIsWithdrawn) {
  submitted()
      .when(record(kThirdEntry, plain(kMonday, 60)), as(kWorkerPerson))
      .then_refused(RejectionCode::submitted, "withdraw it first")
      .done(WithdrawSheet{kPlacement, kWeek}, as(kWorkerPerson))
      .done(record(kThirdEntry, plain(kMonday, 60)), as(kWorkerPerson));
}

TEST(SubmitEmpty, SaysThatNothingWasWorked) {
  started()
      .when(SubmitEmpty{kPlacement, kWeek}, as(kWorkerPerson))
      .then({SheetSubmittedEmpty{kPlacement, kWeek}, notice(NoticeKind::hours_submitted, kApprover)});
}

TEST(SubmitEmpty, IsRefusedWithHoursOnTheSheet) {
  entered().when(SubmitEmpty{kPlacement, kWeek}, as(kWorkerPerson)).then_refused(RejectionCode::already_exists);
}

TEST(SubmitEmpty, IsRefusedTwice) {
  started()
      .done(SubmitEmpty{kPlacement, kWeek}, as(kWorkerPerson))
      .when(SubmitEmpty{kPlacement, kWeek}, as(kWorkerPerson))
      .then_refused(RejectionCode::submitted)
      .when(submit(), as(kWorkerPerson))
      .then_refused(RejectionCode::submitted);
}

TEST(SubmitEmpty, TakesNoHoursUntilItIsWithdrawn) {
  started()
      .done(SubmitEmpty{kPlacement, kWeek}, as(kWorkerPerson))
      .when(record(kEntry, plain(kMonday, 60)), as(kWorkerPerson))
      .then_refused(RejectionCode::submitted, "as empty")
      .when(WithdrawSheet{kPlacement, kWeek}, as(kWorkerPerson))
      .then({SheetWithdrawn{}})
      .done(record(kEntry, plain(kMonday, 60)), as(kWorkerPerson));
}

TEST(SubmitEmpty, IsRefusedForAPeriodThatIsNone) {
  const auto when_empty = [](const Period& period, RejectionCode code, const char* words) {
    started().when(SubmitEmpty{kPlacement, period}, as(kWorkerPerson)).then_refused(code, words);
  };
  when_empty({PeriodKind::week, kTuesday}, RejectionCode::malformed, "begins on 2026-10-12");
  when_empty({PeriodKind::month, *Date::of(2026, 10, 1)}, RejectionCode::malformed, "kept by week");
  when_empty({PeriodKind::four_weeks, kMonday}, RejectionCode::not_published, "publish the calendar");
  when_empty({PeriodKind::week, kMonday.plus_days(-7)}, RejectionCode::outside_placement, "");
  when_empty(kNextWeek, RejectionCode::not_ready, "begins on 2026-10-19");
  when_empty({PeriodKind::week, Date{2'147'483'647}}, RejectionCode::malformed, "period.first");
}

TEST(WithdrawSheet, OpensWhatIsSubmittedAgain) {
  submitted().when(WithdrawSheet{kPlacement, kWeek}, as(kWorkerPerson)).then({SheetWithdrawn{{kMonday, kTuesday}}});
}

TEST(WithdrawSheet, LeavesApprovedDaysAsTheyAre) {
  Story story = submitted();
  story.done(approve(story, {kMonday}), as(kApprover))
      .when(WithdrawSheet{kPlacement, kWeek}, as(kWorkerPerson))
      .then({SheetWithdrawn{{kTuesday}}});
  EXPECT_TRUE(sheet(story).find(kEntry)->approved());
}

TEST(WithdrawSheet, IsRefusedWhenNothingIsSubmitted) {
  entered().when(WithdrawSheet{kPlacement, kWeek}, as(kWorkerPerson)).then_refused(RejectionCode::not_submitted);
}

TEST(WithdrawSheet, IsNoActOfTheClient) {
  submitted().when(WithdrawSheet{kPlacement, kWeek}, as(kApprover)).then_refused(RejectionCode::not_allowed);
}

TEST(ReopenSheet, OpensNamedDaysBeforeApprovalAndTellsTheWorker) {
  submitted()
      .when(reopen({kTuesday}), as(kApprover))
      .then({SheetReopened{{kTuesday}, sealed("the rota changed")}, notice(NoticeKind::hours_reopened, kWorkerPerson)});
}

TEST(ReopenSheet, OpensAnEmptyPeriodToo) {
  started()
      .done(SubmitEmpty{kPlacement, kWeek}, as(kWorkerPerson))
      .done(reopen(), as(kOffice))
      .done(record(kEntry, plain(kMonday, 60)), as(kWorkerPerson));
}

TEST(ReopenSheet, NeedsAReason) {
  ReopenSheet without = reopen();
  without.reason = {};
  submitted().when(without, as(kOffice)).then_refused(RejectionCode::malformed, "reason");
}

TEST(ReopenSheet, IsRefusedAfterApproval) {
  approved().when(reopen(), as(kOffice)).then_refused(RejectionCode::not_submitted);
}

TEST(RequestAddition, OpensApprovedDaysForNewLinesOnly) {
  approved()
      .when(record(kThirdEntry, plain(kMonday, 60)), as(kWorkerPerson))
      .then_refused(RejectionCode::approved, "request an addition")
      .when(request_addition({kMonday}), as(kWorkerPerson))
      .then({AdditionRequested{{kMonday}, sealed("forgot the evening")}})
      .when(change(kEntry, plain(kMonday, 540)), as(kWorkerPerson))
      .then_refused(RejectionCode::approved)
      .when(record(kThirdEntry, plain(kTuesday, 60)), as(kWorkerPerson))
      .then_refused(RejectionCode::approved)
      .done(record(kThirdEntry, plain(kMonday, 60)), as(kWorkerPerson));
}

TEST(RequestAddition, EndsWithTheApprovalOfWhatWasAdded) {
  Story story = approved();
  story.done(request_addition({kMonday}), as(kWorkerPerson))
      .done(record(kThirdEntry, plain(kMonday, 60)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson))
      .done(approve(story), as(kApprover))
      .when(record(id<EntryId>(103), plain(kMonday, 60)), as(kWorkerPerson))
      .then_refused(RejectionCode::approved);
}

TEST(RequestAddition, NeedsAReasonAndDays) {
  RequestAddition without = request_addition({kMonday});
  without.reason = {};
  approved()
      .when(without, as(kWorkerPerson))
      .then_refused(RejectionCode::malformed, "reason")
      .when(request_addition({}), as(kWorkerPerson))
      .then_refused(RejectionCode::malformed, "days")
      .when(request_addition({kMonday, kMonday}), as(kWorkerPerson))
      .then_refused(RejectionCode::malformed, "twice");
}

TEST(RequestAddition, IsRefusedOnDaysThatAreNotApproved) {
  submitted().when(request_addition({kMonday}), as(kWorkerPerson)).then_refused(RejectionCode::not_approved);
  approved()
      .when(request_addition({kMonday, kWednesday}), as(kWorkerPerson))
      .then_refused(RejectionCode::not_approved, "2026-10-14");
}

TEST(RequestAddition, IsRefusedTwice) {
  approved()
      .done(request_addition({kMonday}), as(kWorkerPerson))
      .when(request_addition({kMonday}), as(kWorkerPerson))
      .then_refused(RejectionCode::already_exists);
}

TEST(ObjectToHours, IsTheWorkersAlone) {
  approved()
      .when(object(), as(kWorkerPerson))
      .then({HoursObjected{sealed("I worked on Friday too")}})
      .when(object(), as(kApprover))
      .then_refused(RejectionCode::not_allowed);
}

TEST(ObjectToHours, NeedsAReasonAndASheet) {
  ObjectToHours without = object();
  without.reason = {};
  approved().when(without, as(kWorkerPerson)).then_refused(RejectionCode::malformed, "reason");
  started().when(object(), as(kWorkerPerson)).then_refused(RejectionCode::not_found, "sheet");
}

TEST(ReasonedActs, AreStaleWithoutTheWorkerWhoseKeySealedTheReason) {
  ReopenSheet reopened = reopen();
  reopened.worker = {};
  RefuseHours refused = refuse_hours();
  refused.worker = {};
  submitted()
      .when(reopened, as(kOffice))
      .then_refused(RejectionCode::stale, "worker")
      .when(refused, as(kApprover))
      .then_refused(RejectionCode::stale, "worker");
}

}  // namespace
}  // namespace placet::domain::testing
