#include <gtest/gtest.h>

#include "tests/unit/domain/money.h"

namespace placet::domain::testing {
namespace {

/// A run with two payslips: the week, and a raised rate.
Story with_two_payslips() {
  Story story = with_payslip();
  by_office(story, pay_terms(cents(16'00)));
  return story.done(calculate_payslip(), as(kOffice));
}

// --- open ---------------------------------------------------------------------------------------------------------

TEST(OpenRun, NamesItsPeriodAndItsDays) {
  Story story = people();
  story.when(OpenRun{kRun, kWeek, kSunday, kSunday.plus_days(4), 17}, as(kOffice))
      .then({RunOpened{kWeek, kSunday, kSunday.plus_days(4), 17}});
  EXPECT_EQ(story.last()->front().effective_on, kSunday);
  EXPECT_TRUE(run_of(story).opened);
  EXPECT_EQ(run_of(story).payslips, 0U);
}

TEST(OpenRun, IsRefusedUnderAnIdInUse) {
  Story story = people();
  story.done(open_run(), as(kOffice)).when(open_run(), as(kOffice)).then_refused(RejectionCode::already_exists);
}

TEST(OpenRun, IsRefusedForAPeriodOutOfReach) {
  people()
      .when(OpenRun{kRun, {PeriodKind::week, Date{-1}}, kSunday, kSunday, 0}, as(kOffice))
      .then_refused(RejectionCode::malformed, "period.first")
      .when(OpenRun{kRun, {PeriodKind::week, Date{83'641}}, kSunday, kSunday, 0}, as(kOffice))
      .then_refused(RejectionCode::malformed, "period.first");
}

TEST(OpenRun, IsBookedFromThePeriodsFirstDayTo62DaysAhead) {
  const auto opened = [](Date booked_on) { return OpenRun{kRun, kWeek, booked_on, booked_on, 0}; };
  people().when(opened(kMonday.plus_days(-1)), as(kOffice)).then_refused(RejectionCode::malformed, "bookedOn");
  people().when(opened(kToday.plus_days(63)), as(kOffice)).then_refused(RejectionCode::malformed, "bookedOn");
  people().done(opened(kMonday), as(kOffice));
  people().done(opened(kToday.plus_days(62)), as(kOffice));
}

TEST(OpenRun, IsPaidFromTheBookedDayTo62DaysLater) {
  const auto opened = [](Date pay_on) { return OpenRun{kRun, kWeek, kSunday, pay_on, 0}; };
  people().when(opened(kSunday.plus_days(-1)), as(kOffice)).then_refused(RejectionCode::malformed, "payOn");
  people().when(opened(kSunday.plus_days(63)), as(kOffice)).then_refused(RejectionCode::malformed, "payOn");
  people().done(opened(kSunday), as(kOffice));
  people().done(opened(kSunday.plus_days(62)), as(kOffice));
}

TEST(OpenRun, IsRefusedOverAClosedPeriod) {
  Story story = people();
  by_office(story.on(kNextMonday), ClosePeriod{kSunday})
      .when(open_run(kRun, kSunday), as(kOffice))
      .then_refused(RejectionCode::period_closed, "closed through 2026-10-18")
      .done(OpenRun{kRun, kWeek, kNextMonday, kNextMonday, 0}, as(kOffice));
}

TEST(OpenRun, IsAnActOfTheBackOfficeAlone) {
  for (const PersonId person : {kWorkerPerson, kRecruiter, kSignatory, kStranger})
    people().when(open_run(), as(person)).then_refused(RejectionCode::not_found);
  for (const PersonId person : {kAdministrator, kAuditor})
    people().when(open_run(), as(person)).then_refused(RejectionCode::not_allowed);
}

// --- what it holds ------------------------------------------------------------------------------------------------

TEST(PayrollRun, CountsItsPayslipsAndTheirSums) {
  Story story = with_two_payslips();
  EXPECT_EQ(run_of(story).payslips, 2U);
  EXPECT_EQ(run_of(story).gross, cents(640'00));
  EXPECT_EQ(run_of(story).net, cents(640'00));
}

TEST(PayrollRun, HasTheHashOfItsPayslipsInTheirOrder) {
  Story story = with_two_payslips();
  Digest hash{};
  for (const Story::Recorded& record : story.log()) {
    if (const auto* added = std::get_if<PayslipAdded>(&record.event)) hash = run_hash(hash, *added);
  }
  EXPECT_EQ(run_of(story).hash, hash);
  EXPECT_NE(hash, Digest{});
}

TEST(PayrollRun, HashDependsOnEveryPart) {
  const PayslipAdded payslip{payslip_of(kLedger, kEmployment, 0), kEmployment, cents(620'00), cents(520'00)};
  PayslipAdded other = payslip;
  const Digest hash = run_hash({}, payslip);
  EXPECT_EQ(hash, run_hash({}, other));
  EXPECT_NE(hash, run_hash(digest(1), payslip));
  other.payslip = payslip_of(kLedger, kEmployment, 1);
  EXPECT_NE(hash, run_hash({}, other));
  other = payslip;
  other.gross = cents(620'01);
  EXPECT_NE(hash, run_hash({}, other));
  other = payslip;
  other.net = cents(520'01);
  EXPECT_NE(hash, run_hash({}, other));
}

// --- approve ------------------------------------------------------------------------------------------------------

TEST(ApproveRun, TakesTwoPersonsAndNamesWhatTheySaw) {
  Story story = with_two_payslips();
  story.when(approve_run(story), as(kOffice)).then_refused(RejectionCode::needs_second_person);
  const Digest seen = run_of(story).hash;
  by_office(story, approve_run(story));
  EXPECT_EQ(last_event<RunApproved>(story), (RunApproved{2, cents(640'00), cents(640'00), seen}));
}

TEST(ApproveRun, IsRefusedToOnePersonTwice) {
  Story story = with_payslip();
  story.proposed(approve_run(story), as(kOffice)).agreed_by(as(kOffice)).then_refused(RejectionCode::same_person);
}

TEST(ApproveRun, IsRefusedForPayslipsThatNobodySaw) {
  Story story = with_payslip();
  const ApproveRun of_one = approve_run(story);
  by_office(story, pay_terms(cents(16'00)))
      .done(calculate_payslip(), as(kOffice))
      .proposed(of_one, as(kOffice))
      .then_refused(RejectionCode::moved, "other payslips");
}

TEST(ApproveRun, IsRefusedWhenAPayslipCameBetweenProposalAndAgreement) {
  Story story = with_payslip();
  by_office(story, pay_terms(cents(16'00)));
  story.proposed(approve_run(story), as(kOffice)).then_accepted();
  story.done(calculate_payslip(), as(kOffice))
      .agreed_by(as(kSecondOffice))
      .then_refused(RejectionCode::moved, "other payslips");
}

TEST(ApproveRun, IsRefusedForNoRunAnEmptyOneAndOneThatIsApproved) {
  people().proposed(ApproveRun{kRun, {}}, as(kOffice)).then_refused(RejectionCode::not_found);
  Story empty = with_run();
  empty.proposed(approve_run(empty), as(kOffice)).then_refused(RejectionCode::not_ready, "no payslips");
  Story done = with_approved_run();
  done.proposed(approve_run(done), as(kOffice)).then_refused(RejectionCode::approved);
}

TEST(ApproveRun, EndsTheAdding) {
  Story story = with_approved_run();
  by_office(story, pay_terms(cents(16'00)))
      .when(calculate_payslip(), as(kOffice))
      .then_refused(RejectionCode::approved);
}

// --- close --------------------------------------------------------------------------------------------------------

TEST(CloseRun, FollowsTheApproval) {
  with_payslip().when(CloseRun{kRun}, as(kOffice)).then_refused(RejectionCode::not_ready, "two persons approve it");
  with_approved_run().when(CloseRun{kRun}, as(kOffice)).then({RunClosed{}});
}

TEST(CloseRun, HappensOnceAndToARunThatIsThere) {
  people().when(CloseRun{kRun}, as(kOffice)).then_refused(RejectionCode::not_found);
  with_approved_run()
      .done(CloseRun{kRun}, as(kOffice))
      .when(CloseRun{kRun}, as(kOffice))
      .then_refused(RejectionCode::already_exists);
}

}  // namespace
}  // namespace placet::domain::testing
