#include "tests/unit/domain/sheets.h"

namespace placet::domain::testing {

namespace {

constexpr std::int64_t kMinuteMicros = 60'000'000;

Timestamp instant(Date day, std::int64_t minute) { return {(day.days * std::int64_t{1'440} + minute) * kMinuteMicros}; }

Period week_of(Date day) { return {PeriodKind::week, day.monday_of_week()}; }

/// The sheets beside `own` on which hours of that time could stand.
std::vector<SheetId> others(const Worked& worked, PlacementId own) {
  std::vector<SheetId> all;
  for (const Date day : {worked.day, worked.day.plus_days(-1), worked.day.plus_days(1)}) {
    for (const PlacementId placement : {kPlacement, kOtherPlacement}) {
      const SheetId other = sheet_id(week_of(day), placement);
      if (other == sheet_id(week_of(worked.day), own)) continue;
      if (std::find(all.begin(), all.end(), other) == all.end()) all.push_back(other);
    }
  }
  return all;
}

}  // namespace

SheetId sheet_id(const Period& period, PlacementId placement) { return sheet_of(kLedger, placement, period); }

const Timesheet& sheet(Story& story, const Period& period, PlacementId placement) {
  return story.state_of<Timesheet>(stream_of(sheet_id(period, placement)));
}

Worked plain(Date day, std::int64_t minutes, std::int64_t day_minutes) {
  Worked worked;
  worked.day = day;
  worked.minutes = Minutes::of(minutes);
  worked.day_minutes = Minutes::of(day_minutes);
  return worked;
}

Worked from_to(Date day, std::int16_t start_minute, std::int16_t end_minute, std::int64_t break_minutes) {
  const bool overnight = end_minute <= start_minute;
  Worked worked = plain(day, end_minute - start_minute + (overnight ? 1'440 : 0) - break_minutes);
  worked.start_local = start_minute;
  worked.end_local = end_minute;
  worked.start_at = instant(day, start_minute);
  worked.end_at = instant(overnight ? day.plus_days(1) : day, end_minute);
  worked.break_minutes = Minutes::of(break_minutes);
  return worked;
}

RecordEntry record(EntryId entry, const Worked& worked, PlacementId placement) {
  return {entry,  placement, kWorker,     week_of(worked.day),       HourType::normal,
          worked, {},        kEmployment, others(worked, placement), kWorkerPerson,
          {}};
}

ChangeEntry change(EntryId entry, const Worked& worked) {
  return {entry,  kPlacement, kWorker,     week_of(worked.day),        HourType::normal,
          worked, {},         kEmployment, others(worked, kPlacement), kWorkerPerson,
          {}};
}

RemoveEntry remove(EntryId entry) { return {entry, kPlacement, kWeek}; }

SubmitSheet submit(const Period& period) { return {kPlacement, period}; }

ApproveHours approve(Story& story, std::vector<Date> days) {
  const Timesheet& now = sheet(story);
  const Digest seen = content_hash(now, sheet_id(), waiting_lines(now, days));
  return {kPlacement, kWeek, std::move(days), seen, {}};
}

RefuseHours refuse_hours(std::vector<Date> days) {
  return {kPlacement, kWeek, kWorker, std::move(days), sealed("Tuesday was six hours")};
}

TakeApprovalBack take_back(std::vector<Date> days) {
  return {kPlacement, kWeek, kWorker, std::move(days), sealed("approved the wrong week")};
}

AcceptForPay accept_for_pay(Story& story, std::vector<Date> days) {
  const Timesheet& now = sheet(story);
  const Digest seen = content_hash(now, sheet_id(), submitted_lines(now, days));
  return {kPlacement, kWeek, kWorker, std::move(days), seen, sealed("the client does not answer")};
}

RequestAddition request_addition(std::vector<Date> days) {
  return {kPlacement, kWeek, kWorker, std::move(days), sealed("forgot the evening")};
}

Story entered() {
  Story story = started();
  return story.done(record(kEntry, plain(kMonday, 480)), as(kWorkerPerson))
      .done(record(kSecondEntry, plain(kTuesday, 480)), as(kWorkerPerson));
}

Story submitted() {
  Story story = entered();
  return story.done(submit(), as(kWorkerPerson));
}

Story approved() {
  Story story = submitted();
  return story.done(approve(story), as(kApprover));
}

Story with_substitute(Story story) {
  return story.done(NameSubstitute{kPlacement, kClient, kApprover, kSubstitute, {}, kToday.plus_days(30)},
                    as(kApprover));
}

Story with_other_placement(Story story) {
  return story.given({
      {stream_of(kOtherPlacement),
       PlacementProposed{kWorker, kWorkerPerson, kClient, kAgency, kEmployment, PeriodKind::week, kFirstDay, {}}},
      {stream_of(kEmployment), PlacementLinked{kOtherPlacement, PeriodKind::week, kFirstDay, {}}},
      {stream_of(kOtherPlacement), PlacementStarted{kFirstDay}},
      {stream_of(kOtherPlacement), ApproverAppointed{kApprover, kFirstDay, {}}},
  });
}

}  // namespace placet::domain::testing
