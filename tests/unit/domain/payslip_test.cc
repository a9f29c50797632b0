#include <gtest/gtest.h>

#include "tests/unit/domain/money.h"

namespace placet::domain::testing {
namespace {

constexpr Period kThirdWeek{PeriodKind::week, kMonday.plus_days(14)};

PayslipCalculated calculated(const Story& story) { return last_event<PayslipCalculated>(story); }

/// Two weeks were paid by kRun's payslip and the next; the second run is still open.
Story with_second_run() {
  Story story = with_approved_run();
  return story.on(kNextMonday).done(open_run(kSecondRun, kSunday.plus_days(7)), as(kOffice));
}

/// All hours of kWeek were paid by mistake, and wait for the client again.
Story reversed() {
  Story story = with_second_run();
  return by_office(story, reverse_hours());
}

// --- what a payslip holds -----------------------------------------------------------------------------------------

TEST(CalculatePayslip, OfAWeekHasTheNumbersOfTheDesign) {
  Story story = with_run();
  story.when(calculate_payslip(), as(kOffice)).then_accepted();
  const PayslipId payslip = payslip_of(kLedger, kEmployment, 0);
  const auto of_hours = last_event<HoursPaid>(story);
  EXPECT_EQ(of_hours, (HoursPaid{payslip, {hours(15'50, 2'400, 620'00)}}));
  const PayslipCalculated slip = calculated(story);
  EXPECT_EQ(slip.payslip, payslip);
  EXPECT_EQ(slip.run, kRun);
  EXPECT_EQ(slip.worker, kWorker);
  EXPECT_EQ(slip.booked_on, kSunday);
  EXPECT_EQ(slip.minutes, Minutes::of(2'400));
  EXPECT_EQ(slip.gross, cents(620'00));
  EXPECT_EQ(slip.net, cents(620'00));
  const Parameter holiday{ParameterKind::holiday_allowance, 8, 100}, leave{ParameterKind::leave, 4, 52};
  EXPECT_EQ(slip.lines, (std::vector<PayslipLine>{
                            {PayslipLineKind::hours,
                             kPlacement,
                             kWeek,
                             hours(15'50, 2'400, 620'00),
                             Minutes::of(2'400),
                             cents(620'00),
                             {},
                             0},
                            {PayslipLineKind::holiday_allowance, {}, {}, {}, {}, cents(49'60), holiday, 620'00},
                            {PayslipLineKind::leave_hours, {}, {}, {}, Minutes::of(184), {}, leave, 2'400},
                            {PayslipLineKind::leave_reserve, {}, {}, {}, {}, cents(47'69), leave, 620'00}}));
  EXPECT_EQ(last_event<PayslipAdded>(story), (PayslipAdded{payslip, kEmployment, cents(620'00), cents(620'00)}));
}

TEST(CalculatePayslip, NamesThePublicationItWasCalculatedBy) {
  Story story = with_run();
  LogPosition published;
  for (const Story::Recorded& record : story.log())
    if (std::holds_alternative<ParametersPublished>(record.event)) published = record.meta.position;
  story.done(calculate_payslip(), as(kOffice));
  EXPECT_EQ(calculated(story).parameters, published);
}

TEST(CalculatePayslip, IsBookedOnTheDayOfItsRun) {
  Story story = with_payslip();
  for (const NewEvent& event : *story.last()) EXPECT_EQ(event.effective_on, kSunday);
}

TEST(CalculatePayslip, MakesTheNetAmountDueAndTheHoursPaid) {
  Story story = with_payslip();
  EXPECT_EQ(pay_account(story).due_of(kRun), cents(620'00));
  EXPECT_EQ(pay_account(story).payslips, 1U);
  for (const Entry& entry : sheet(story).entries) EXPECT_TRUE(entry.paid);
  EXPECT_EQ(sum_of(sheet(story).paid), cents(620'00));
}

TEST(CalculatePayslip, TakesSeveralSheetsAtOnce) {
  Story story = with_run();
  approve_week(story.on(kNextMonday), kNextMonday);
  CalculatePayslip both = calculate_payslip();
  both.sheets.push_back({kPlacement, kNextWeek, 0});
  story.done(both, as(kOffice));
  EXPECT_EQ(calculated(story).gross, cents(1'240'00));
  EXPECT_EQ(line_of(calculated(story), PayslipLineKind::leave_hours).minutes, Minutes::of(369));  // 369.23
}

TEST(CalculatePayslip, PaysHoursAcceptedForPay) {
  Story story = with_terms();
  enter_week(story, kMonday);
  by_office(story, accept_for_pay(story));
  story.done(open_run(), as(kOffice)).done(calculate_payslip(), as(kOffice));
  EXPECT_EQ(calculated(story).gross, cents(620'00));
}

TEST(CalculatePayslip, DoesNotPayThemAgainWhenTheClientApprovesThem) {
  Story story = with_terms();
  enter_week(story, kMonday);
  by_office(story, accept_for_pay(story));
  story.done(open_run(), as(kOffice)).done(calculate_payslip(), as(kOffice));
  approve_sheet(story, kWeek);
  story.when(calculate_payslip(), as(kOffice)).then_refused(RejectionCode::settled);
}

TEST(CalculatePayslip, PaysAnAdditionAlone) {
  Story story = with_second_run();
  story.done(request_addition({kMonday}), as(kWorkerPerson))
      .done(record(kEntry, plain(kMonday, 60)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson));
  approve_sheet(story, kWeek).done(calculate_payslip(kSecondRun), as(kOffice));
  EXPECT_EQ(last_event<HoursPaid>(story).lines, (PricedLines{hours(15'50, 60, 15'50)}));
}

TEST(CalculatePayslip, OfPartsAddsUpToTheWhole) {
  Story story = with_terms();
  by_office(story, pay_terms(cents(10'01)));
  story.done(record(kEntry, plain(kMonday, 1)), as(kWorkerPerson)).done(submit(), as(kWorkerPerson));
  approve_sheet(story, kWeek).done(open_run(), as(kOffice)).done(calculate_payslip(), as(kOffice));
  EXPECT_EQ(calculated(story).gross, cents(17));  // 16.68
  for (int day = 1; day < 3; ++day)
    story.done(record(id<EntryId>(400 + static_cast<unsigned>(day)), plain(kMonday.plus_days(day), 1)),
               as(kWorkerPerson));
  approve_sheet(story.done(submit(), as(kWorkerPerson)), kWeek).done(calculate_payslip(), as(kOffice));
  EXPECT_EQ(calculated(story).gross, cents(33));  // 50.05 less 17
}

// --- what is reserved ---------------------------------------------------------------------------------------------

TEST(Accruals, OfFiftyTwoWeeksAre9600MinutesOfLeave) {
  Story story = with_terms();
  const Date first = *Date::of(2027, 1, 4);
  std::int64_t minutes = 0, reserve = 0, holiday = 0;
  for (int week = 0; week < 52; ++week) {
    const Date monday = first.plus_days(7 * week);
    const auto run = id<RunId>(1'000 + static_cast<unsigned>(week));
    approve_week(story.on(monday), monday)
        .done(open_run(run, monday.plus_days(4)), as(kOffice))
        .done(calculate_payslip(run, {PeriodKind::week, monday}), as(kOffice));
    const PayslipCalculated slip = calculated(story);
    minutes += line_of(slip, PayslipLineKind::leave_hours).minutes.count();
    reserve += line_of(slip, PayslipLineKind::leave_reserve).amount.count();
    holiday += line_of(slip, PayslipLineKind::holiday_allowance).amount.count();
    if (week < 2) {
      EXPECT_EQ(minutes, week == 0 ? 184 : 369);
    }
  }
  EXPECT_EQ(minutes, 9'600);
  EXPECT_EQ(reserve, 2'480'00);  // 4/52 of 32,240.00
  EXPECT_EQ(holiday, 2'579'20);  // 8% of it
  EXPECT_EQ(pay_account(story).leave_hours.to_date(), 9'600);
}

TEST(Accruals, GoOnWithinAYear) {
  Story story = with_second_run();
  approve_week(story, kNextMonday).done(calculate_payslip(kSecondRun, kNextWeek), as(kOffice));
  const PayslipLine leave = line_of(calculated(story), PayslipLineKind::leave_hours);
  EXPECT_EQ(leave.minutes, Minutes::of(185));
  EXPECT_EQ(leave.base, 4'800);
}

TEST(Accruals, BeginAnewEachYear) {
  Story story = with_approved_run();
  const Date monday = *Date::of(2027, 1, 4);
  approve_week(story.on(monday), monday)
      .done(open_run(kSecondRun, monday), as(kOffice))
      .done(calculate_payslip(kSecondRun, {PeriodKind::week, monday}), as(kOffice));
  const PayslipLine leave = line_of(calculated(story), PayslipLineKind::leave_hours);
  EXPECT_EQ(leave.minutes, Minutes::of(184));
  EXPECT_EQ(leave.base, 2'400);
}

TEST(Accruals, BeginAnewWhenTheRateChanges) {
  Story story = with_second_run();
  const Parameter holiday{ParameterKind::holiday_allowance, 10, 100};
  by_office(story, PublishParameters{kNextMonday, {holiday}, "CAO"});
  approve_week(story, kNextMonday).done(calculate_payslip(kSecondRun, kNextWeek), as(kOffice));
  const PayslipLine allowance = line_of(calculated(story), PayslipLineKind::holiday_allowance);
  EXPECT_EQ(allowance.rate, holiday);
  EXPECT_EQ(allowance.base, 620'00);
  EXPECT_EQ(allowance.amount, cents(62'00));
  EXPECT_EQ(line_of(calculated(story), PayslipLineKind::leave_hours).base, 4'800);
}

TEST(Accruals, AreTakenBackWithTheHours) {
  Story story = reversed();
  CalculatePayslip back = calculate_payslip(kSecondRun);
  back.carry = true;
  story.done(back, as(kOffice));
  EXPECT_EQ(line_of(calculated(story), PayslipLineKind::leave_hours).minutes, Minutes::of(-184));
  EXPECT_EQ(line_of(calculated(story), PayslipLineKind::holiday_allowance).amount, cents(-49'60));
  EXPECT_EQ(pay_account(story).leave_hours.to_date(), 0);
}

TEST(Accruals, OfANegativeSumAreRoundedDown) {
  EXPECT_EQ((Accrual{{ParameterKind::leave, 4, 52}, 2'400}.to_date()), 184);
  EXPECT_EQ((Accrual{{ParameterKind::leave, 4, 52}, -2'400}.to_date()), -185);
  EXPECT_EQ((Accrual{{ParameterKind::leave, 4, 52}, -2'600}.to_date()), -200);
  EXPECT_EQ(Accrual{}.to_date(), 0);
}

TEST(Accruals, NeedTheirParametersPublished) {
  Story story = started();
  by_office(story, pay_terms(cents(15'50)));
  approve_week(story, kMonday).done(open_run(), as(kOffice));
  story.when(calculate_payslip(), as(kOffice))
      .then_refused(RejectionCode::no_terms, "no holidayAllowance is published for 2026-10-18");
  by_office(story, PublishParameters{kMonday, {{ParameterKind::holiday_allowance, 8, 100}}, "BW 7:634"});
  story.when(calculate_payslip(), as(kOffice)).then_refused(RejectionCode::no_terms, "no leave is published");
  by_office(story, PublishParameters{kSunday.plus_days(1), {{ParameterKind::leave, 4, 52}}, "BW 7:634"});
  story.when(calculate_payslip(), as(kOffice)).then_refused(RejectionCode::no_terms, "no leave is published");
  by_office(story, PublishParameters{kSunday, {{ParameterKind::leave, 4, 52}}, "BW 7:634"});
  story.done(calculate_payslip(), as(kOffice));
}

// --- what was paid before -----------------------------------------------------------------------------------------

TEST(CalculatePayslip, NeverPaysHoursTwice) {
  Story story = with_payslip();
  story.when(calculate_payslip(), as(kOffice))
      .then_refused(RejectionCode::settled, "sheets[0].period: nothing on it is payable that was not paid");
  by_office(story, approve_run(story))
      .done(open_run(kSecondRun), as(kOffice))
      .when(calculate_payslip(kSecondRun), as(kOffice))
      .then_refused(RejectionCode::settled);
}

TEST(CalculatePayslip, OfARaisedRatePaysTheDifference) {
  Story story = with_second_run();
  by_office(story, pay_terms(cents(16'00), kWednesday)).done(calculate_payslip(kSecondRun), as(kOffice));
  EXPECT_EQ(last_event<HoursPaid>(story).lines,
            (PricedLines{hours(15'50, -1'440, -372'00), hours(16'00, 1'440, 384'00)}));
  EXPECT_EQ(calculated(story).gross, cents(12'00));
  EXPECT_EQ(calculated(story).minutes, Minutes::of(0));
}

TEST(CalculatePayslip, TakesBackWhatWasReversed) {
  Story story = reversed();
  CalculatePayslip back = calculate_payslip(kSecondRun);
  back.carry = true;
  story.done(back, as(kOffice));
  EXPECT_EQ(last_event<HoursPaid>(story).lines, (PricedLines{hours(15'50, -2'400, -620'00)}));
  for (const Entry& entry : sheet(story).entries) EXPECT_FALSE(entry.paid);
  EXPECT_TRUE(sheet(story).paid.empty());
}

TEST(CalculatePayslip, OfReversedHoursThatAreApprovedAgainHasNothingToDo) {
  Story story = reversed();
  approve_sheet(story, kWeek).when(calculate_payslip(kSecondRun), as(kOffice)).then_refused(RejectionCode::settled);
}

TEST(CalculatePayslip, OffsetsWhatWasReversedAgainstOtherHours) {
  Story story = reversed();
  approve_week(story, kNextMonday);
  CalculatePayslip both = calculate_payslip(kSecondRun);
  both.sheets.push_back({kPlacement, kNextWeek, 0});
  story.done(both, as(kOffice));
  EXPECT_EQ(calculated(story).gross, cents(0));
  EXPECT_EQ(calculated(story).net, cents(0));
  EXPECT_EQ(pay_account(story).due_of(kSecondRun), cents(0));
}

// --- below nought -------------------------------------------------------------------------------------------------

TEST(NegativeNet, IsRefused) {
  reversed()
      .when(calculate_payslip(kSecondRun), as(kOffice))
      .then_refused(RejectionCode::negative_net, "the worker would owe 62000 cents");
}

TEST(NegativeNet, IsCarriedForwardAsAnAdvanceWhenAsked) {
  Story story = reversed();
  CalculatePayslip back = calculate_payslip(kSecondRun);
  back.carry = true;
  story.done(back, as(kOffice));
  const PayslipCalculated slip = calculated(story);
  EXPECT_EQ(slip.gross, cents(-620'00));
  EXPECT_EQ(slip.net, cents(0));
  EXPECT_EQ(line_of(slip, PayslipLineKind::carried_forward).amount, cents(620'00));
  EXPECT_EQ(pay_account(story).advances, cents(620'00));
  EXPECT_EQ(pay_account(story).due_of(kSecondRun), cents(0));
}

TEST(NegativeNet, IsRecoveredByLaterPayslipsAndNoMoreThanTheyPay) {
  Story story = reversed();
  CalculatePayslip back = calculate_payslip(kSecondRun);
  back.carry = true;
  story.done(back, as(kOffice)).done(record(kEntry, plain(kNextMonday, 600)), as(kWorkerPerson));
  approve_sheet(story.done(submit(kNextWeek), as(kWorkerPerson)), kNextWeek)
      .done(calculate_payslip(kSecondRun, kNextWeek), as(kOffice));
  EXPECT_EQ(line_of(calculated(story), PayslipLineKind::advance_recovered).amount, cents(-155'00));
  EXPECT_EQ(calculated(story).net, cents(0));
  EXPECT_EQ(pay_account(story).advances, cents(465'00));
  approve_week(story.on(kThirdWeek.first), kThirdWeek.first)
      .done(calculate_payslip(kSecondRun, kThirdWeek), as(kOffice));
  EXPECT_EQ(calculated(story).net, cents(155'00));
  EXPECT_EQ(pay_account(story).advances, cents(0));
}

TEST(NegativeNet, IsNotCarriedWhenThereIsNone) {
  Story story = with_run();
  CalculatePayslip week = calculate_payslip();
  week.carry = true;
  story.done(week, as(kOffice));
  EXPECT_EQ(calculated(story).net, cents(620'00));
  EXPECT_EQ(line_of(calculated(story), PayslipLineKind::carried_forward), PayslipLine{});
}

// --- refused ------------------------------------------------------------------------------------------------------

TEST(CalculatePayslip, IsRefusedInARunThatIsNotOpen) {
  Story story = with_week();
  story.when(calculate_payslip(), as(kOffice)).then_refused(RejectionCode::not_found, "run: no such run");
  with_approved_run().when(calculate_payslip(), as(kOffice)).then_refused(RejectionCode::approved, "open another one");
}

TEST(CalculatePayslip, IsRefusedInARunOverAClosedPeriod) {
  Story story = with_run();
  by_office(story.on(kSunday.plus_days(1)), ClosePeriod{kSunday})
      .when(calculate_payslip(), as(kOffice))
      .then_refused(RejectionCode::period_closed, "closed through 2026-10-18");
}

TEST(CalculatePayslip, IsRefusedWithoutTheEmployment) {
  CalculatePayslip elsewhere = calculate_payslip();
  elsewhere.employment = id<EmploymentId>(90);
  with_run().when(elsewhere, as(kOffice)).then_refused(RejectionCode::not_found, "employment");
}

TEST(CalculatePayslip, IsRefusedForSheetsOfAnotherEmployment) {
  const auto other = id<EmploymentId>(90);
  CalculatePayslip elsewhere = calculate_payslip();
  elsewhere.employment = other;
  Story story = with_run();
  story.given({{stream_of(other), ContractDrawnUp{kWorker, kOtherWorkerPerson, digest(1), contract_terms()}}})
      .when(elsewhere, as(kOffice))
      .then_refused(RejectionCode::malformed, "sheets[0].placement: is of another employment");
}

TEST(CalculatePayslip, IsRefusedForNoSheetsAndForOneNamedTwice) {
  Story story = with_run();
  CalculatePayslip none = calculate_payslip(), twice = calculate_payslip();
  none.sheets.clear();
  twice.sheets.push_back(twice.sheets.front());
  story.when(none, as(kOffice))
      .then_refused(RejectionCode::malformed, "sheets: are missing")
      .when(twice, as(kOffice))
      .then_refused(RejectionCode::malformed, "sheets[1].placement: the sheet is named twice");
}

TEST(CalculatePayslip, IsRefusedForASheetThatIsNotThere) {
  Story story = with_run();
  CalculatePayslip no_placement = calculate_payslip();
  no_placement.sheets.front().placement = kOtherPlacement;
  story.when(calculate_payslip(kRun, kNextWeek), as(kOffice))
      .then_refused(RejectionCode::not_found, "sheets[0].period: there is no such sheet")
      .when(no_placement, as(kOffice))
      .then_refused(RejectionCode::not_found, "sheets[0].placement");
}

TEST(CalculatePayslip, IsRefusedWhenTheSheetMovedSinceItWasSeen) {
  Story story = with_run();
  CalculatePayslip seen = calculate_payslip();
  seen.sheets.front().events = story.state(stream_of(sheet_id())).events - 1;
  story.when(seen, as(kOffice)).then_refused(RejectionCode::stale, "sheets[0].events");
  ++seen.sheets.front().events;
  story.done(seen, as(kOffice));
}

TEST(CalculatePayslip, IsRefusedForHoursThatNobodyApproved) {
  Story story = with_terms();
  enter_week(story, kMonday);
  story.done(open_run(), as(kOffice))
      .when(calculate_payslip(), as(kOffice))
      .then_refused(RejectionCode::settled, "nothing on it is payable");
}

TEST(CalculatePayslip, IsRefusedForADayWithoutPayTerms) {
  Story story = started();
  by_office(story, publish_parameters());
  by_office(story, pay_terms(cents(15'50), kTuesday));
  approve_week(story, kMonday)
      .done(open_run(), as(kOffice))
      .when(calculate_payslip(), as(kOffice))
      .then_refused(RejectionCode::no_terms, "pay terms: none are in force on 2026-10-12");
}

TEST(CalculatePayslip, IsRefusedWhenTooMuchWaitsToBePaid) {
  Story story = with_run();
  for (std::size_t i = 0; i < kDueMax; ++i)
    story.given({{pay_account_stream_of(kEmployment), AdvanceGranted{kWorker, cents(1), kToday, sealed("x")}}});
  story.when(calculate_payslip(), as(kOffice)).then_refused(RejectionCode::too_large, "64 amounts");
}

TEST(CalculatePayslip, NeedsNoMoreStreamsThanACommandMayFor24Sheets) {
  CalculatePayslip most = calculate_payslip();
  most.sheets = most_sheets();
  EXPECT_LE(streams_needed(people(), most), kStatesMax);
}

TEST(CalculatePayslip, IsAnActOfTheBackOfficeAlone) {
  Story story = with_run();
  for (const PersonId person : {kWorkerPerson, kRecruiter, kSignatory, kStranger})
    story.when(calculate_payslip(), as(person)).then_refused(RejectionCode::not_found);
  for (const PersonId person : {kAdministrator, kAuditor})
    story.when(calculate_payslip(), as(person)).then_refused(RejectionCode::not_allowed);
}

// --- advances -----------------------------------------------------------------------------------------------------

TEST(GrantAdvance, TakesTwoPersonsAndIsDueAtOnce) {
  Story story = started();
  story.when(grant_advance(cents(100'00)), as(kOffice)).then_refused(RejectionCode::needs_second_person);
  by_office(story, grant_advance(cents(100'00)));
  EXPECT_EQ(last_event<AdvanceGranted>(story),
            (AdvanceGranted{kWorker, cents(100'00), kToday, sealed("the car broke down")}));
  EXPECT_EQ(pay_account(story).due_of({}), cents(100'00));
  EXPECT_EQ(pay_account(story).advances, cents(100'00));
}

TEST(GrantAdvance, IsTakenOffTheNextPayslip) {
  Story story = with_run();
  by_office(story, grant_advance(cents(100'00))).done(calculate_payslip(), as(kOffice));
  const PayslipCalculated slip = calculated(story);
  EXPECT_EQ(slip.gross, cents(620'00));
  EXPECT_EQ(slip.net, cents(520'00));
  EXPECT_EQ(line_of(slip, PayslipLineKind::advance_recovered).amount, cents(-100'00));
  EXPECT_EQ(pay_account(story).advances, cents(0));
}

TEST(GrantAdvance, IsRefusedForAnAmountThatIsNone) {
  Story story = started();
  for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{100'000'01}})
    story.proposed(grant_advance(cents(amount)), as(kOffice)).then_refused(RejectionCode::malformed, "amount");
  by_office(story, grant_advance(cents(100'000'00)));
}

TEST(GrantAdvance, IsRefusedWithoutAReason) {
  GrantAdvance silent = grant_advance(cents(1));
  silent.reason = {};
  started().proposed(silent, as(kOffice)).then_refused(RejectionCode::malformed, "reason");
}

TEST(GrantAdvance, IsRefusedWithoutThatWorkersEmployment) {
  GrantAdvance nowhere = grant_advance(cents(1)), somebody = nowhere;
  nowhere.employment = id<EmploymentId>(90);
  somebody.worker = id<WorkerId>(90);
  started()
      .proposed(nowhere, as(kOffice))
      .then_refused(RejectionCode::not_found, "employment")
      .proposed(somebody, as(kOffice))
      .then_refused(RejectionCode::not_found, "employment");
}

TEST(GrantAdvance, IsRefusedWhenTooMuchWaitsToBePaid) {
  Story story = started();
  for (std::size_t i = 0; i < kDueMax; ++i)
    story.given({{pay_account_stream_of(kEmployment), AdvanceGranted{kWorker, cents(1), kToday, sealed("x")}}});
  story.proposed(grant_advance(cents(1)), as(kOffice)).then_refused(RejectionCode::too_large, "64 amounts");
}

TEST(GrantAdvance, IsNobodysDecisionForHimself) {
  const Fact office{stream_of(kWorkerPerson), RoleGranted{Role::back_office, {}, {}, {}}};
  Story story = started();
  story.given({office})
      .proposed(grant_advance(cents(100'00)), as(kWorkerPerson))
      .then_refused(RejectionCode::own_money, "two other persons");
  story.proposed(grant_advance(cents(100'00)), as(kOffice))
      .agreed_by(as(kWorkerPerson))
      .then_refused(RejectionCode::moved, "nobody decides on money for himself");
}

TEST(GrantAdvance, IsNobodysDecisionForHimselfUnderAnotherName) {
  Story story = started();
  story
      .given({{stream_of(kSecondOffice), PersonsJoined{{kSecondOffice, kWorkerPerson}}},
              {stream_of(kWorkerPerson), PersonsJoined{{kSecondOffice, kWorkerPerson}}}})
      .proposed(grant_advance(cents(100'00)), as(kSecondOffice))
      .then_refused(RejectionCode::own_money);
}

// --- hours that were settled by mistake ---------------------------------------------------------------------------

TEST(ReverseHours, TakesTwoPersonsAndTellsTheWorker) {
  Story story = with_payslip();
  story.when(reverse_hours(), as(kOffice)).then_refused(RejectionCode::needs_second_person);
  by_office(story, reverse_hours({kTuesday}));
  EXPECT_EQ(last_event<HoursReversed>(story), (HoursReversed{{kTuesday}, sealed("these were another worker's hours")}));
  EXPECT_EQ(last_event<NoticeQueued>(story),
            (NoticeQueued{NoticeKind::hours_reversed, kWorkerPerson, kPlacement, sheet_id()}));
  for (const Entry& entry : sheet(story).entries) EXPECT_EQ(entry.submitted(), entry.worked.day == kTuesday);
}

TEST(ReverseHours, LetsTheHoursBeJudgedAgainWhileTheyStand) {
  Story story = reversed();
  const EntryId monday = sheet(story).entries.front().id;
  story.done(refuse_hours(), as(kApprover))
      .when(change(monday, plain(kMonday, 60)), as(kWorkerPerson))
      .then_refused(RejectionCode::settled, "was paid or is on an invoice")
      .when(remove(monday), as(kWorkerPerson))
      .then_refused(RejectionCode::settled);
}

TEST(ReverseHours, LetsTheHoursChangeOnceAPayslipTookThemBack) {
  Story story = reversed();
  const EntryId monday = sheet(story).entries.front().id;
  CalculatePayslip back = calculate_payslip(kSecondRun);
  back.carry = true;
  story.done(refuse_hours(), as(kApprover))
      .done(back, as(kOffice))
      .done(change(monday, plain(kMonday, 60)), as(kWorkerPerson))
      .done(remove(monday), as(kWorkerPerson));
}

TEST(ReverseHours, LetsTheHoursOfAnInvoiceChangeOnceACreditNoteTookThemBack) {
  Story story = with_invoice();
  const EntryId monday = sheet(story).entries.front().id;
  by_office(story, reverse_hours())
      .done(refuse_hours(), as(kApprover))
      .when(remove(monday), as(kWorkerPerson))
      .then_refused(RejectionCode::settled);
  story.done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice)).done(add_lines(kCreditNote), as(kOffice));
  story.done(remove(monday), as(kWorkerPerson));
}

TEST(ReverseHours, IsRefusedForHoursThatAreNotSettled) {
  with_week().proposed(reverse_hours(), as(kOffice)).then_refused(RejectionCode::not_approved);
  with_payslip()
      .proposed(reverse_hours({kSunday}), as(kOffice))
      .then_refused(RejectionCode::not_approved, "2026-10-18");
}

TEST(ReverseHours, IsRefusedWithoutAReasonAHintOrAPlacement) {
  ReverseHours silent = reverse_hours(), blind = silent, nowhere = silent;
  silent.reason = {};
  blind.worker = {};
  nowhere.placement = kOtherPlacement;
  Story story = with_payslip();
  story.proposed(silent, as(kOffice))
      .then_refused(RejectionCode::malformed, "reason")
      .proposed(blind, as(kOffice))
      .then_refused(RejectionCode::stale, "worker")
      .proposed(nowhere, as(kOffice))
      .then_refused(RejectionCode::not_found);
}

TEST(ReverseHours, IsNoActOfTheWorkerNorOfWhoEnteredTheHours) {
  Story story = with_second_run();
  story.done(record(kEntry, plain(kNextMonday, 480)), as(kOffice)).done(submit(kNextWeek), as(kOffice));
  approve_sheet(story, kNextWeek).done(calculate_payslip(kSecondRun, kNextWeek), as(kOffice));
  story.proposed(reverse_hours({}, kNextWeek), as(kOffice)).then_refused(RejectionCode::entered_by_you);
  story.given({{stream_of(kWorkerPerson), RoleGranted{Role::back_office, {}, {}, {}}}})
      .proposed(reverse_hours({}, kNextWeek), as(kWorkerPerson))
      .then_refused(RejectionCode::own_hours);
}

TEST(TakeApprovalBack, IsRefusedOncePaidOrInvoiced) {
  with_payslip()
      .when(take_back(), as(kOffice))
      .then_refused(RejectionCode::settled, "ask for a correction (reverseHours)");
  with_draft().when(take_back(), as(kOffice)).then_refused(RejectionCode::settled);
}

TEST(TakeApprovalBack, OfHoursThatStayAcceptedForPayIsPossibleOncePaid) {
  Story story = with_terms();
  enter_week(story, kMonday);
  by_office(story, accept_for_pay(story));
  approve_sheet(story, kWeek).done(open_run(), as(kOffice)).done(calculate_payslip(), as(kOffice));
  story.done(take_back(), as(kOffice)).when(calculate_payslip(), as(kOffice)).then_refused(RejectionCode::settled);
}

TEST(TakeApprovalBack, OfHoursOnAnInvoiceIsRefusedThoughTheyWereAcceptedForPay) {
  Story story = with_terms();
  enter_week(story, kMonday);
  by_office(story, accept_for_pay(story));
  approve_sheet(story, kWeek).done(draft_invoice(), as(kOffice)).done(add_lines(), as(kOffice));
  story.when(take_back(), as(kOffice)).then_refused(RejectionCode::settled);
}

}  // namespace
}  // namespace placet::domain::testing
