#include <gtest/gtest.h>

#include "tests/unit/domain/sheets.h"

namespace placet::domain::testing {
namespace {

Event recorded(EntryId entry, const Worked& worked, PlacementId placement = kPlacement) {
  return EntryRecorded{entry, placement, kWeek, HourType::normal, worked, {}};
}

TEST(ImportHours, RecordsEveryEntryOnItsSheet) {
  with_other_placement(started())
      .when(
          ImportHours{{record(kEntry, plain(kMonday, 240)), record(kSecondEntry, plain(kMonday, 240), kOtherPlacement),
                       record(kThirdEntry, plain(kTuesday, 480))}},
          as(kOffice))
      .then({recorded(kEntry, plain(kMonday, 240)), recorded(kSecondEntry, plain(kMonday, 240), kOtherPlacement),
             recorded(kThirdEntry, plain(kTuesday, 480))});
}

TEST(ImportHours, NamesWhoRanItAsEnterer) {
  Story story = started();
  story.done(ImportHours{{record(kEntry, plain(kMonday, 480))}}, as(kOffice));
  EXPECT_TRUE(sheet(story).find(kEntry)->entered(kOffice));
}

TEST(ImportHours, LeavesNothingBehindWhenOneEntryIsRefused) {
  Story story = started();
  story.when(ImportHours{{record(kEntry, plain(kMonday, 480)), record(kSecondEntry, plain(kTuesday, 0))}}, as(kOffice))
      .then_refused(RejectionCode::malformed, "entries[1].worked.minutes");
  EXPECT_TRUE(sheet(story).entries.empty());
}

TEST(ImportHours, AddsUpTheMinutesOfADayOverItsOwnEntries) {
  with_other_placement(started())
      .when(ImportHours{{record(kEntry, plain(kMonday, 960)),
                         record(kSecondEntry, plain(kMonday, 481), kOtherPlacement)}},
            as(kOffice))
      .then_refused(RejectionCode::hours_over_day, "entries[1].worked");
}

TEST(ImportHours, FindsOverlapsAmongItsOwnEntries) {
  with_other_placement(started())
      .when(ImportHours{{record(kEntry, from_to(kMonday, 540, 600)),
                         record(kSecondEntry, from_to(kMonday, 570, 630), kOtherPlacement)}},
            as(kOffice))
      .then_refused(RejectionCode::hours_overlap, "entries[1].worked");
}

TEST(ImportHours, TakesAnEntryIdOnce) {
  started()
      .when(ImportHours{{record(kEntry, plain(kMonday, 60)), record(kEntry, plain(kTuesday, 60))}}, as(kOffice))
      .then_refused(RejectionCode::already_exists, "entries[1].entry");
}

TEST(ImportHours, LeavesSubmittedDaysAlone) {
  submitted()
      .when(ImportHours{{record(kThirdEntry, plain(kMonday, 60))}}, as(kOffice))
      .then_refused(RejectionCode::submitted, "entries[0].worked.day");
}

TEST(ImportHours, IsRefusedWithoutEntries) {
  started().when(ImportHours{}, as(kOffice)).then_refused(RejectionCode::malformed, "entries: are missing");
}

TEST(ImportHours, NeedsTheRightToRecordEachEntry) {
  // The other placement is another worker's: this one does not even learn that it is there.
  const WorkerId another = id<WorkerId>(90);
  Story story = started();
  story.given(
      {{stream_of(kOtherPlacement),
        PlacementProposed{
            another, kOtherWorkerPerson, kClient, kAgency, id<EmploymentId>(91), PeriodKind::week, kFirstDay, {}}}});
  story.done(ImportHours{{record(kEntry, plain(kMonday, 60))}}, as(kWorkerPerson))
      .when(ImportHours{{record(kSecondEntry, plain(kTuesday, 60)),
                         record(kThirdEntry, plain(kTuesday, 60), kOtherPlacement)}},
            as(kWorkerPerson))
      .then_refused(RejectionCode::not_found);
}

TEST(ImportHours, NeedsASecondContactWhereTheOnlyApproverRunsIt) {
  started()
      .when(ImportHours{{record(kEntry, plain(kMonday, 480))}}, as(kApprover))
      .then_refused(RejectionCode::needs_second_contact, "entries[0]");
}

TEST(ImportHours, IsNotApprovedByWhoRanIt) {
  Story story = with_substitute(started());
  story.done(ImportHours{{record(kEntry, plain(kMonday, 480))}}, as(kApprover)).done(submit(), as(kWorkerPerson));
  story.when(approve(story), as(kApprover)).then_refused(RejectionCode::entered_by_you);
}

TEST(ImportHours, NamesEachStreamOnce) {
  const Story story = with_other_placement(started());
  const Needs one = needs_of(record(kEntry, plain(kMonday, 60)), story.facts(as(kOffice)));
  const Needs many =
      needs_of(ImportHours{{record(kEntry, plain(kMonday, 60)), record(kSecondEntry, plain(kTuesday, 60))}},
               story.facts(as(kOffice)));
  EXPECT_EQ(many.states.size(), one.states.size());
}

}  // namespace
}  // namespace placet::domain::testing
