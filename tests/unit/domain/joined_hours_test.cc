#include <gtest/gtest.h>

#include "tests/unit/domain/sheets.h"

// Two workers whose persons turn out to be one human being: from then on their hours are compared.

namespace placet::domain::testing {
namespace {

constexpr WorkerId kTwin = id<WorkerId>(90);
constexpr EmploymentId kTwinEmployment = id<EmploymentId>(91);
const JoinedPerson kIsTheTwin{kOtherWorkerPerson, kTwin, kTwinEmployment};
const JoinedPerson kIsTheWorker{kWorkerPerson, kWorker, kEmployment};

Story with_twin_registered(Story story) {
  return story.done(RegisterWorker{kTwin, kOtherWorkerPerson, kAgency}, as(kOffice));
}

Story with_contract_of_twin(Story story) {
  return story.done(DrawUpContract{kTwinEmployment, kTwin, digest(1), contract_terms()}, as(kOffice));
}

/// The twin works at the same client, under kOtherPlacement.
Story with_twin_at_work(Story story) {
  return with_contract_of_twin(with_twin_registered(std::move(story)))
      .given({
          {stream_of(kOtherPlacement),
           PlacementProposed{
               kTwin, kOtherWorkerPerson, kClient, kAgency, kTwinEmployment, PeriodKind::week, kFirstDay, {}}},
          {stream_of(kTwinEmployment), PlacementLinked{kOtherPlacement, PeriodKind::week, kFirstDay, {}}},
          {stream_of(kOtherPlacement), PlacementStarted{kFirstDay}},
      });
}

Story joined(Story story) {
  return story.done_by_two(JoinPersons{kWorkerPerson, kOtherWorkerPerson, {}}, as(kOffice), as(kSecondOffice));
}

RecordEntry record_of_worker(EntryId entry, const Worked& worked, std::vector<JoinedPerson> joined = {kIsTheTwin}) {
  RecordEntry command = record(entry, worked);
  command.joined = std::move(joined);
  return command;
}

RecordEntry record_of_twin(EntryId entry, const Worked& worked, std::vector<JoinedPerson> joined = {kIsTheWorker}) {
  RecordEntry command = record(entry, worked, kOtherPlacement);
  command.worker = kTwin;
  command.employment = kTwinEmployment;
  command.person = kOtherWorkerPerson;
  command.joined = std::move(joined);
  return command;
}

// --- what is compared ---------------------------------------------------------------------------------------------

TEST(JoinedPersons, DoNotWorkAtTheSameTime) {
  joined(with_twin_at_work(started()))
      .done(record_of_twin(kEntry, from_to(kMonday, 540, 1'020)), as(kOffice))
      .when(record_of_worker(kSecondEntry, from_to(kMonday, 600, 660)), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_overlap, "2026-10-12")
      .done(record_of_worker(kSecondEntry, from_to(kMonday, 1'020, 1'080)), as(kWorkerPerson))
      .when(record_of_twin(kThirdEntry, from_to(kMonday, 1'079, 1'090)), as(kOffice))
      .then_refused(RejectionCode::hours_overlap);
}

TEST(JoinedPersons, HaveOneDayBetweenThem) {
  joined(with_twin_at_work(started()))
      .done(record_of_twin(kEntry, plain(kMonday, 480)), as(kOffice))
      .when(record_of_worker(kSecondEntry, plain(kMonday, 961)), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_over_day, "1440")
      .done(record_of_worker(kSecondEntry, plain(kMonday, 960)), as(kWorkerPerson));
}

TEST(JoinedPersons, AreComparedWhenHoursAreChangedToo) {
  ChangeEntry moved = change(kEntry, from_to(kMonday, 600, 660));
  moved.joined = {kIsTheTwin};
  joined(with_twin_at_work(entered()))
      .done(record_of_twin(kThirdEntry, from_to(kMonday, 540, 1'020)), as(kOffice))
      .when(moved, as(kWorkerPerson))
      .then_refused(RejectionCode::hours_overlap);
}

TEST(JoinedPersons, AreComparedOverTheEntriesOfOneImport) {
  joined(with_twin_at_work(started()))
      .when(ImportHours{{record_of_twin(kEntry, from_to(kMonday, 540, 1'020)),
                         record_of_worker(kSecondEntry, from_to(kMonday, 600, 660))}},
            as(kOffice))
      .then_refused(RejectionCode::hours_overlap, "entries[1]");
}

TEST(JoinedPersons, AreTwoUntilTheyAreJoinedAndWhatTheyEnteredByThenStays) {
  Story story = with_twin_at_work(started());
  story.done(record_of_twin(kEntry, from_to(kMonday, 540, 1'020), {}), as(kOffice))
      .done(record_of_worker(kSecondEntry, from_to(kMonday, 600, 660), {}), as(kWorkerPerson));
  story = joined(std::move(story));
  EXPECT_NE(sheet(story).find(kSecondEntry), nullptr);
  story.when(record_of_worker(kThirdEntry, from_to(kMonday, 660, 720)), as(kWorkerPerson))
      .then_refused(RejectionCode::hours_overlap)
      .done(remove(kSecondEntry), as(kWorkerPerson));
}

// --- who is compared ----------------------------------------------------------------------------------------------

TEST(JoinedPersons, MayBeNoWorkersAndBecomeSo) {
  const JoinedPerson no_worker{kOtherWorkerPerson, {}, {}}, no_contract{kOtherWorkerPerson, kTwin, {}};
  const auto hours = [](EntryId entry, const JoinedPerson& known) {
    return record_of_worker(entry, from_to(kMonday, 540, 600), {known});
  };
  Story story = joined(started());
  story.done(hours(kEntry, no_worker), as(kWorkerPerson)).done(remove(kEntry), as(kWorkerPerson));
  story = with_twin_registered(std::move(story));
  story.when(hours(kEntry, no_worker), as(kWorkerPerson))
      .then_refused(RejectionCode::stale, "joined")
      .done(hours(kEntry, no_contract), as(kWorkerPerson))
      .done(remove(kEntry), as(kWorkerPerson));
  story = with_contract_of_twin(std::move(story));
  story.when(hours(kEntry, no_contract), as(kWorkerPerson))
      .then_refused(RejectionCode::stale, "joined")
      .done(hours(kEntry, kIsTheTwin), as(kWorkerPerson));
}

TEST(JoinedPersons, MustAllBeNamed) {
  const JoinedPerson another_worker{kOtherWorkerPerson, id<WorkerId>(99), kTwinEmployment};
  const JoinedPerson another_employment{kOtherWorkerPerson, kTwin, id<EmploymentId>(99)};
  const JoinedPerson somebody_else{kStranger, {}, {}};
  Story story = joined(with_twin_at_work(started()));
  for (const std::vector<JoinedPerson>& wrong :
       {std::vector<JoinedPerson>{}, {another_worker}, {another_employment}, {somebody_else}}) {
    story.when(record_of_worker(kEntry, plain(kMonday, 60), wrong), as(kWorkerPerson))
        .then_refused(RejectionCode::stale, "joined: is not who the worker is by now");
  }
  story.done(record_of_worker(kEntry, plain(kMonday, 60)), as(kWorkerPerson));
}

TEST(JoinedPersons, HaveTheirSheetsNamedToo) {
  RecordEntry command = record_of_worker(kEntry, plain(kMonday, 60));
  std::erase(command.other_sheets, sheet_id(kWeek, kOtherPlacement));
  joined(with_twin_at_work(started()))
      .when(command, as(kWorkerPerson))
      .then_refused(RejectionCode::stale, "otherSheets: leaves out " + sheet_id(kWeek, kOtherPlacement).to_string());
}

TEST(RecordEntry, IsStaleWhenItNamesNoPersonOrAnotherOne) {
  RecordEntry nobody = record(kEntry, plain(kMonday, 60)), another = nobody;
  nobody.person = {};
  another.person = kOtherWorkerPerson;
  started()
      .when(nobody, as(kWorkerPerson))
      .then_refused(RejectionCode::stale, "person: the hint is missing")
      .when(another, as(kWorkerPerson))
      .then_refused(RejectionCode::stale, "person");
}

// --- how much that takes ------------------------------------------------------------------------------------------

std::size_t streams_named(const std::vector<JoinedPerson>& joined, PersonId by) {
  const RecordEntry command = record_of_worker(kEntry, plain(kMonday, 60), joined);
  return needs_of(command, people().facts(as(by))).states.size();
}

TEST(JoinedPersons, FitACommandWhenFewOfThemWork) {
  std::vector<JoinedPerson> all;
  for (std::uint64_t n = 1; n < kPersonsJoinedMax; ++n) all.push_back({id<PersonId>(200 + n), {}, {}});
  for (std::size_t working = 0; working < 8; ++working) {
    all[working].worker = id<WorkerId>(300 + working);
    all[working].employment = id<EmploymentId>(400 + working);
  }
  EXPECT_LE(streams_named(all, kOffice), kStatesMax);
}

TEST(AWorkerWhoWasNeverJoined, CostsNoStateWhenHeEntersAndOneWhenAnotherDoes) {
  RecordEntry without = record(kEntry, plain(kMonday, 60));
  without.person = {};
  const auto before = [&](PersonId by) { return needs_of(without, people().facts(as(by))).states.size(); };
  EXPECT_EQ(streams_named({}, kWorkerPerson), before(kWorkerPerson));
  EXPECT_EQ(streams_named({}, kOffice), before(kOffice) + 1);
}

}  // namespace
}  // namespace placet::domain::testing
