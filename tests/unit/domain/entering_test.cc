#include <gtest/gtest.h>

#include "tests/unit/domain/sheets.h"

namespace placet::domain::testing {
namespace {

TEST(RecordEntry, StandsOnTheSheetOfItsPeriod) {
  RecordEntry entry = record(kEntry, plain(kMonday, 480));
  entry.note = sealed("inventory");
  started()
      .when(entry, as(kWorkerPerson))
      .then({EntryRecorded{kEntry, kPlacement, kWeek, HourType::normal, plain(kMonday, 480), sealed("inventory")}});
}

TEST(RecordEntry, BearsOnTheDayWorkedAndNamesTheParties) {
  const Story story = started().done(record(kEntry, plain(kTuesday, 480)), as(kWorkerPerson));
  EXPECT_EQ(story.last()->front().effective_on, kTuesday);
  EXPECT_EQ(story.last()->front().parties, (Parties{PartyId(kWorker.value), PartyId(kClient.value),
                                                    PartyId(kAgency.value), PartyId(kPlacement.value)}));
}

TEST(RecordEntry, IsRefusedForAPlacementThatDoesNotExist) {
  started()
      .when(record(kEntry, plain(kMonday, 480), kOtherPlacement), as(kOffice))
      .then_refused(RejectionCode::not_found, "placement");
}

TEST(RecordEntry, DoesNotExistForAStranger) {
  started().when(record(kEntry, plain(kMonday, 480)), as(kStranger)).then_refused(RejectionCode::not_found);
}

TEST(RecordEntry, IsNoActOfAnAuditor) {
  started().when(record(kEntry, plain(kMonday, 480)), as(kAuditor)).then_refused(RejectionCode::not_allowed);
}

TEST(RecordEntry, IsStaleWhenAHintIsMissingOrWrong) {
  RecordEntry no_worker = record(kEntry, plain(kMonday, 480));
  no_worker.worker = {};
  RecordEntry other_worker = no_worker;
  other_worker.worker = id<WorkerId>(99);
  RecordEntry no_employment = record(kEntry, plain(kMonday, 480));
  no_employment.employment = {};
  started()
      .when(no_worker, as(kWorkerPerson))
      .then_refused(RejectionCode::stale, "worker: the hint is missing")
      .when(other_worker, as(kWorkerPerson))
      .then_refused(RejectionCode::stale, "worker")
      .when(no_employment, as(kWorkerPerson))
      .then_refused(RejectionCode::stale, "employment");
}

TEST(RecordEntry, IsRefusedOnADayOnWhichThePlacementDoesNotRun) {
  started()
      .when(record(kEntry, plain(kMonday.plus_days(-1), 480)), as(kWorkerPerson))
      .then_refused(RejectionCode::outside_placement)
      .done(EndPlacement{kPlacement, kEmployment, kMonday}, as(kOffice))
      .done(record(kEntry, plain(kMonday, 480)), as(kWorkerPerson))
      .when(record(kSecondEntry, plain(kTuesday, 480)), as(kWorkerPerson))
      .then_refused(RejectionCode::outside_placement, "2026-10-13");
}

TEST(RecordEntry, IsRefusedOnASheetOfAnotherKindOrPeriod) {
  RecordEntry by_month = record(kEntry, plain(kMonday, 480));
  by_month.period = {PeriodKind::month, *Date::of(2026, 10, 1)};
  RecordEntry week_before = record(kEntry, plain(kMonday, 480));
  week_before.period.first = kMonday.plus_days(-7);
  started()
      .when(by_month, as(kWorkerPerson))
      .then_refused(RejectionCode::malformed, "period.kind: hours of 2026-10-12 are kept by week")
      .when(week_before, as(kWorkerPerson))
      .then_refused(RejectionCode::malformed, "period.first: the period of 2026-10-12 begins on 2026-10-12");
}

TEST(RecordEntry, WaitsUntilItsPeriodBegins) {
  started()
      .when(record(kEntry, plain(kNextMonday, 480)), as(kWorkerPerson))
      .then_refused(RejectionCode::not_ready, "begins on 2026-10-19")
      .done(record(kEntry, plain(kSunday, 480)), as(kWorkerPerson))
      .on(kNextMonday)
      .done(record(kEntry, plain(kNextMonday, 480)), as(kWorkerPerson));
}

TEST(RecordEntry, IsRefusedTwiceUnderOneId) {
  entered()
      .when(record(kEntry, plain(kWednesday, 60)), as(kWorkerPerson))
      .then_refused(RejectionCode::already_exists, "entry");
}

TEST(RecordEntry, IsRefusedOnAFullSheet) {
  Story story = started();
  for (std::uint64_t n = 0; n < kEntriesPerSheetMax; ++n)
    story.given({{stream_of(sheet_id()),
                  EntryRecorded{id<EntryId>(1'000 + n), kPlacement, kWeek, HourType::normal, plain(kMonday, 1), {}}}});
  story.when(record(kEntry, plain(kTuesday, 480)), as(kWorkerPerson)).then_refused(RejectionCode::too_large, "512");
}

// --- hours --------------------------------------------------------------------------------------------------------

void expect_malformed(const Worked& worked, const std::string& words) {
  started().when(record(kEntry, worked), as(kWorkerPerson)).then_refused(RejectionCode::malformed, words);
}

TEST(Hours, ArePositive) {
  expect_malformed(plain(kMonday, 0), "worked.minutes");
  expect_malformed(plain(kMonday, -60), "worked.minutes");
}

TEST(Hours, HaveABreakOnlyBetweenStartAndEnd) {
  Worked worked = plain(kMonday, 480);
  worked.break_minutes = Minutes::of(30);
  expect_malformed(worked, "worked.breakMinutes");
  Worked negative = from_to(kMonday, 540, 1'020, -30);
  expect_malformed(negative, "worked.breakMinutes");
}

TEST(Hours, HaveBothStartAndEndOrNeither) {
  Worked worked = from_to(kMonday, 540, 1'020);
  worked.end_at.reset();
  expect_malformed(worked, "start and end");
}

TEST(Hours, EndAfterTheyStart) {
  Worked worked = from_to(kMonday, 540, 1'020);
  std::swap(worked.start_at, worked.end_at);
  expect_malformed(worked, "worked.endAt");
}

TEST(Hours, EndOnTheNextDayAtTheLatest) {
  Worked worked = from_to(kMonday, 540, 1'020);
  worked.end_at->micros += std::int64_t{1'440} * 60'000'000;
  worked.minutes = Minutes::of(1'920);
  expect_malformed(worked, "worked.endAt");
}

TEST(Hours, AreWholeMinutes) {
  Worked worked = from_to(kMonday, 540, 1'020);
  worked.end_at->micros += 1;
  expect_malformed(worked, "whole minutes");
}

TEST(Hours, AreTheTimeFromStartToEndLessTheBreak) {
  Worked worked = from_to(kMonday, 540, 1'020, 30);
  worked.minutes = Minutes::of(480);
  expect_malformed(worked, "less the break");
}

TEST(Hours, LieWithinReachOfTheCalendar) {
  for (const Date day : {Date{-1}, Date{83'641}, Date{2'147'483'647}, Date{-2'147'483'647}}) {
    RecordEntry entry = record(kEntry, plain(kMonday, 480));
    entry.worked.day = day;
    started().when(entry, as(kWorkerPerson)).then_refused(RejectionCode::malformed, "worked.day");
  }
}

TEST(Hours, NeedTheLengthOfTheirDay) {
  expect_malformed(plain(kMonday, 480, 0), "worked.dayMinutes");
  expect_malformed(plain(kMonday, 480, 1'501), "worked.dayMinutes");
}

TEST(DayLength, IsNotExceededByTheSumOfItsEntries) {
  entered()
      .when(record(kThirdEntry, plain(kMonday, 961)), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_over_day, "1440")
      .done(record(kThirdEntry, plain(kMonday, 960)), as(kWorkerPerson));
}

TEST(DayLength, Is25HoursWhenTheClockGoesBackAnd23WhenItGoesForward) {
  started()
      .done(record(kEntry, plain(kMonday, 1'500, 1'500)), as(kWorkerPerson))
      .when(record(kSecondEntry, plain(kMonday, 1, 1'500)), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_over_day)
      .when(record(kSecondEntry, plain(kTuesday, 1'381, 1'380)), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_over_day)
      .done(record(kSecondEntry, plain(kTuesday, 1'380, 1'380)), as(kWorkerPerson));
}

TEST(DayLength, CountsTheHoursOfAllPlacementsTogetherAndTellsNotHowMany) {
  with_other_placement(entered())
      .when(record(kThirdEntry, plain(kMonday, 961), kOtherPlacement), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_over_day, "more than the 1440 minutes")
      .done(record(kThirdEntry, plain(kMonday, 960), kOtherPlacement), as(kWorkerPerson));
}

TEST(Overlap, IsRefusedOnOneSheet) {
  started()
      .done(record(kEntry, from_to(kMonday, 540, 1'020)), as(kWorkerPerson))
      .when(record(kSecondEntry, from_to(kMonday, 1'019, 1'080)), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_overlap, "2026-10-12")
      .done(record(kSecondEntry, from_to(kMonday, 1'020, 1'080)), as(kWorkerPerson));
}

TEST(Overlap, IsRefusedAcrossPlacements) {
  with_other_placement(started())
      .done(record(kEntry, from_to(kMonday, 540, 1'020)), as(kWorkerPerson))
      .when(record(kSecondEntry, from_to(kMonday, 600, 660), kOtherPlacement), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_overlap);
}

TEST(Overlap, IsRefusedWithANightShiftOfTheWeekBefore) {
  started()
      .done(record(kEntry, from_to(kSunday, 1'320, 360)), as(kWorkerPerson))
      .on(kNextMonday)
      .when(record(kSecondEntry, from_to(kNextMonday, 300, 420)), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_overlap)
      .done(record(kSecondEntry, from_to(kNextMonday, 360, 420)), as(kWorkerPerson));
}

TEST(Overlap, IsRefusedOfANightShiftWithTheWeekAfter) {
  started()
      .on(kNextMonday)
      .done(record(kEntry, from_to(kNextMonday, 300, 420)), as(kWorkerPerson))
      .when(record(kSecondEntry, from_to(kSunday, 1'320, 360)), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_overlap);
}

TEST(OtherSheets, MustAllBeNamed) {
  RecordEntry plain_minutes = record(kThirdEntry, plain(kMonday, 60));
  plain_minutes.other_sheets.clear();
  RecordEntry with_times = record(kThirdEntry, from_to(kMonday, 540, 600));
  std::erase(with_times.other_sheets, sheet_id({PeriodKind::week, kMonday.plus_days(-7)}));
  // The placement that was proposed for a day before has a sheet of the week before.
  Story story = entered();
  story.given(
      {{stream_of(kEmployment), PlacementLinked{kOtherPlacement, PeriodKind::week, kMonday.plus_days(-7), {}}}});
  std::erase(with_times.other_sheets, sheet_id({PeriodKind::week, kMonday.plus_days(-7)}, kOtherPlacement));
  story.when(plain_minutes, as(kWorkerPerson))
      .then_refused(RejectionCode::stale, "otherSheets: leaves out " + sheet_id(kWeek, kOtherPlacement).to_string())
      .when(with_times, as(kWorkerPerson))
      .then_refused(RejectionCode::stale, "otherSheets");
}

TEST(OtherSheets, AreComparedThoughTheirPlacementWasEndedBeforeThatDay) {
  with_other_placement(entered())
      .on(kWednesday)
      .done(EndPlacement{kPlacement, kEmployment, kMonday}, as(kOffice))
      .when(record(kThirdEntry, plain(kTuesday, 961), kOtherPlacement), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_over_day);
}

TEST(EndPlacement, LiesAtMost62DaysBack) {
  started()
      .on(kMonday.plus_days(63))
      .when(EndPlacement{kPlacement, kEmployment, kMonday}, as(kOffice))
      .then_refused(RejectionCode::malformed, "lastDay")
      .done(EndPlacement{kPlacement, kEmployment, kTuesday}, as(kOffice));
}

TEST(OtherSheets, OfPlainMinutesAreThoseOfTheDayItself) {
  EXPECT_EQ(days_touched(plain(kMonday, 60)), std::vector{kMonday});
}

TEST(OtherSheets, OfADayShiftReachBackAndOfANightShiftForwardToo) {
  EXPECT_EQ(days_touched(from_to(kTuesday, 540, 600)), (std::vector{kMonday, kTuesday}));
  EXPECT_EQ(days_touched(from_to(kTuesday, 1'320, 360)), (std::vector{kMonday, kTuesday, kWednesday}));
}

// --- who enters ---------------------------------------------------------------------------------------------------

TEST(SecondContact, IsNeededBeforeTheOnlyApproverEntersHours) {
  started()
      .when(record(kEntry, plain(kMonday, 480)), as(kApprover))
      .then_refused(RejectionCode::needs_second_contact, "appointed first");
}

TEST(SecondContact, MayBeASubstitute) {
  with_substitute(started()).done(record(kEntry, plain(kMonday, 480)), as(kApprover));
}

TEST(SecondContact, IsTheApproverWhenAnotherContactEnters) {
  started().done(record(kEntry, plain(kMonday, 480)), as(kSignatory));
}

TEST(SecondContact, MustNotBeTheWorker) {
  started()
      .given({{stream_of(kPlacement), ApproverAppointed{kWorkerPerson, kMonday, {}}}})
      .when(record(kEntry, plain(kMonday, 480)), as(kApprover))
      .then_refused(RejectionCode::needs_second_contact);
}

TEST(SecondContact, MustNotTurnOutToBeTheWorker) {
  RecordEntry hours = record(kEntry, plain(kMonday, 480));
  hours.joined = {{kSubstitute, {}, {}}};
  with_substitute(started())
      .given({{stream_of(kWorkerPerson), PersonsJoined{{kWorkerPerson, kSubstitute}}},
              {stream_of(kSubstitute), PersonsJoined{{kWorkerPerson, kSubstitute}}}})
      .when(hours, as(kApprover))
      .then_refused(RejectionCode::needs_second_contact);
}

TEST(SecondContact, MustNotHaveEnteredOtherHoursOfThatDay) {
  with_substitute(started())
      .done(record(kEntry, plain(kMonday, 240)), as(kSubstitute))
      .when(record(kSecondEntry, plain(kMonday, 240)), as(kApprover))
      .then_refused(RejectionCode::needs_second_contact)
      .done(record(kSecondEntry, plain(kTuesday, 240)), as(kApprover));
}

TEST(SecondContact, IsNoConcernOfTheOffice) {
  started()
      .given({{stream_of(kPlacement), ApproverEnded{kApprover, kMonday.plus_days(-1)}}})
      .done(record(kEntry, plain(kMonday, 480)), as(kOffice));
}

// --- change, remove -----------------------------------------------------------------------------------------------

TEST(ChangeEntry, ReplacesTheHours) {
  entered()
      .when(change(kEntry, from_to(kMonday, 540, 1'020, 30)), as(kWorkerPerson))
      .then({EntryChanged{kEntry, HourType::normal, from_to(kMonday, 540, 1'020, 30), {}}});
}

TEST(ChangeEntry, DoesNotCountTheHoursThatItReplaces) {
  entered().done(change(kEntry, plain(kMonday, 1'440)), as(kWorkerPerson));
}

TEST(ChangeEntry, CountsAnEntryOfTheSameIdOnAnotherSheet) {
  with_other_placement(started())
      .done(record(kEntry, plain(kMonday, 480)), as(kWorkerPerson))
      .done(record(kEntry, plain(kMonday, 480), kOtherPlacement), as(kWorkerPerson))
      .when(change(kEntry, plain(kMonday, 961)), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_over_day);
}

TEST(ChangeEntry, BearsOnTheEarlierOfTheTwoDays) {
  const Story story = entered().done(change(kSecondEntry, plain(kMonday, 60)), as(kWorkerPerson));
  EXPECT_EQ(story.last()->front().effective_on, kMonday);
}

TEST(ChangeEntry, IsRefusedWhenThereIsNoSuchEntry) {
  entered().when(change(kThirdEntry, plain(kMonday, 60)), as(kWorkerPerson)).then_refused(RejectionCode::not_found);
}

TEST(ChangeEntry, IsRefusedOnceSubmittedOrApproved) {
  submitted().when(change(kEntry, plain(kMonday, 60)), as(kWorkerPerson)).then_refused(RejectionCode::submitted);
  approved().when(change(kEntry, plain(kMonday, 60)), as(kWorkerPerson)).then_refused(RejectionCode::approved);
}

TEST(ChangeEntry, CannotMoveHoursToADayThatIsSubmitted) {
  submitted()
      .done(record(kThirdEntry, plain(kWednesday, 60)), as(kWorkerPerson))
      .when(change(kThirdEntry, plain(kMonday, 60)), as(kWorkerPerson))
      .then_refused(RejectionCode::submitted, "2026-10-12");
}

TEST(ChangeEntry, ByTheOnlyApproverNeedsASecondContact) {
  entered().when(change(kEntry, plain(kMonday, 60)), as(kApprover)).then_refused(RejectionCode::needs_second_contact);
}

TEST(RemoveEntry, TakesALineOff) { entered().when(remove(kEntry), as(kWorkerPerson)).then({EntryRemoved{kEntry}}); }

TEST(RemoveEntry, IsRefusedWhenThereIsNoSuchEntry) {
  entered().when(remove(kThirdEntry), as(kWorkerPerson)).then_refused(RejectionCode::not_found, "entry");
}

TEST(RemoveEntry, IsRefusedOnceSubmittedOrApproved) {
  submitted().when(remove(kEntry), as(kWorkerPerson)).then_refused(RejectionCode::submitted);
  approved().when(remove(kEntry), as(kWorkerPerson)).then_refused(RejectionCode::approved);
}

// --- four weeks ---------------------------------------------------------------------------------------------------

CalendarPeriod four_weeks_from(Date first) {
  const Date monday = first.plus_days(28);
  return {first, first.plus_days(27), monday, monday, monday.plus_days(1), monday.plus_days(3), monday.plus_days(3)};
}

Story by_four_weeks() {
  return started().given({{stream_of(kPlacement), PeriodKindChanged{PeriodKind::four_weeks, kMonday}},
                          {stream_of(kEmployment), PlacementLinked{kPlacement, PeriodKind::four_weeks, kMonday, {}}}});
}

TEST(FourWeeks, TakeHoursOnlyOncePublished) {
  RecordEntry entry = record(kEntry, plain(kNextMonday, 480));
  entry.period = {PeriodKind::four_weeks, kMonday};
  by_four_weeks()
      .on(kNextMonday)
      .when(entry, as(kWorkerPerson))
      .then_refused(RejectionCode::not_published, "2026-10-19")
      .done(PublishCalendar{PeriodKind::four_weeks, 2026, {four_weeks_from(kMonday)}}, as(kOffice))
      .done(entry, as(kWorkerPerson));
}

TEST(FourWeeks, OfAnotherPlacementAreLookedAtToo) {
  Story story = with_other_placement(by_four_weeks());
  story.done(PublishCalendar{PeriodKind::four_weeks, 2026, {four_weeks_from(kMonday)}}, as(kOffice));
  const SheetId four_weeks = sheet_id({PeriodKind::four_weeks, kMonday});
  RecordEntry entry = record(kEntry, plain(kMonday, 480), kOtherPlacement);
  story.when(entry, as(kWorkerPerson)).then_refused(RejectionCode::stale, four_weeks.to_string());
  entry.other_sheets = {four_weeks};
  story.done(entry, as(kWorkerPerson));
}

}  // namespace
}  // namespace placet::domain::testing
