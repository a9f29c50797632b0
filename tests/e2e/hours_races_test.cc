// Rules over the hours of a worker, under two writers at once.

#include <gtest/gtest.h>

#include "tests/e2e/race.h"

namespace placet::e2e {
namespace {

using namespace domain;

/// Hours of a hundred workers, on ten Mondays each.
class HoursRace : public Race {
 protected:
  RecordEntry hours(unsigned round, EntryId entry) const {
    return eight_hours(placed_[round / kRoundsPerWorker].placement, static_cast<int>(round % kRoundsPerWorker), entry);
  }
  static void from_nine_to_five(Worked& worked, std::int16_t later) {
    worked.minutes = {};
    worked.start_local = static_cast<std::int16_t>(9 * 60 + later);
    worked.end_local = static_cast<std::int16_t>(17 * 60 + later);
  }

  std::vector<client::PlacedWorker> place() {
    return stage_.world().place(kPeople, {stage_.ours().agency, stage_.ours().client, approver_.person});
  }
  /// One enters hours at the placed worker's, the other one at the same time at the second placement of that number.
  void race_for_one_time(const std::vector<PlacementId>& second) {
    const std::vector<EntryId> ids[] = {make<EntryId>(kRounds), make<EntryId>(kRounds)};
    race(
        [&](unsigned round, unsigned who) {
          RecordEntry entry = hours(round, ids[who][round]);
          if (who == 1) entry.placement = second[round / kRoundsPerWorker];
          from_nine_to_five(entry.worked, who == 0 ? 0 : 30);
          return entry;
        },
        RejectionCode::hours_overlap);
  }

  const Member approver_ = stage_.ours().members.at(Role::client_contact);
  const std::vector<client::PlacedWorker> placed_ = place();
};

TEST_F(HoursRace, AnEntryIdStandsOnceOnItsSheet) {
  const auto ids = make<EntryId>(kRounds);
  race(
      [&](unsigned round, unsigned who) {
        RecordEntry entry = hours(round, ids[round]);
        entry.worked.minutes = Minutes::of(who == 0 ? 60 : 120);
        return entry;
      },
      RejectionCode::already_exists);
}

TEST_F(HoursRace, EntriesOfOneSheetDoNotIntersect) {
  std::vector<PlacementId> same;
  for (const client::PlacedWorker& one : placed_) same.push_back(one.placement);
  race_for_one_time(same);
}

TEST_F(HoursRace, EntriesOfTwoPlacementsOfAWorkerDoNotIntersect) {
  const auto second = make<PlacementId>(kPeople);
  std::vector<Command> starts;
  for (unsigned i = 0; i < kPeople; ++i) {
    const client::PlacedWorker& one = placed_[i];
    preparations_.emplace_back(ProposePlacement{
        second[i], one.worker, stage_.theirs().client, {}, one.employment, PeriodKind::week, kFirstMonday, {}});
    starts.emplace_back(StartPlacement{
        second[i], kFirstMonday, {}, {}, {}, {true, true, true, true, true}, Box::plain("papers follow")});
  }
  prepare();
  stage_.world().act_by_two(starts);
  race_for_one_time(second);
}

TEST_F(HoursRace, EntriesOfTwoWorkersWhoAreOnePersonDoNotIntersect) {
  std::vector<Command> joins;
  std::vector<PlacementId> second;
  for (const client::PlacedWorker& other : place()) {
    joins.emplace_back(JoinPersons{placed_[second.size()].person, other.person, {}});
    second.push_back(other.placement);
  }
  stage_.world().act_by_two(joins);
  race_for_one_time(second);
}

TEST_F(HoursRace, HoursAreApprovedAsSeenOrTakenBackFirst) {
  for (unsigned round = 0; round < kRounds; ++round) {
    const RecordEntry entry = hours(round, stage_.make<EntryId>());
    preparations_.emplace_back(entry);
    preparations_.emplace_back(SubmitSheet{entry.placement, entry.period});
  }
  client::Follower follower;
  read_on<SheetSubmitted>(follower);
  prepare();
  std::vector<Digest> seen;
  for (const auto& [submitted, meta] : read_on<SheetSubmitted>(follower)) seen.push_back(submitted.content_hash);
  ASSERT_EQ(seen.size(), kRounds);
  race(
      [&](unsigned round, unsigned who) -> Command {
        const RecordEntry entry = hours(round, {});
        if (who == 0) return ApproveHours{entry.placement, entry.period, {}, seen[round], {}};
        return WithdrawSheet{entry.placement, entry.period};
      },
      {.lost = {RejectionCode::not_submitted, RejectionCode::not_submitted}, .tokens = {approver_.token, {}}});
}

TEST_F(HoursRace, ADayOfAPlacementHasOneKindOfPeriod) {
  // A Monday on which a month begins, and further away than anybody's today.
  const Date from = *Date::of(2100, 3, 1);
  const Date last = from.plus_days(27), after = from.plus_days(28);
  preparations_.emplace_back(
      PublishCalendar{PeriodKind::four_weeks, 2100, {{from, last, after, after, after, after, after}}});
  const auto placements = make<PlacementId>(kRounds);
  for (unsigned round = 0; round < kRounds; ++round) {
    const client::PlacedWorker& one = placed_[round / kRoundsPerWorker];
    preparations_.emplace_back(ProposePlacement{
        placements[round], one.worker, stage_.theirs().client, {}, one.employment, PeriodKind::week, kFirstMonday, {}});
  }
  prepare();
  race(
      [&](unsigned round, unsigned who) {
        ChangePeriodKind change;
        change.placement = placements[round];
        change.kind = who == 0 ? PeriodKind::month : PeriodKind::four_weeks;
        change.from = from;
        change.calendar_year = 2100;
        return change;
      },
      RejectionCode::malformed);
}

}  // namespace
}  // namespace placet::e2e
