#include <gtest/gtest.h>

#include <vector>

#include "domain/streams.h"
#include "projections/all.h"
#include "readside/as_of.h"
#include "readside/queries.h"
#include "store/memory/event_log.h"
#include "store/memory/row_archive.h"
#include "tests/support/vaults.h"
#include "tests/unit/readside/ledger_writer.h"

namespace placet::readside {
namespace {

namespace e = placet::domain;
using e::PeriodKind;
using placet::testing::kLedger;

const PlacementId kPlacement({24, 1});
const ClientId kClient({21, 1});
const ClientId kOtherClient({21, 2});
const WorkerId kWorker({20, 1});
const Date kMonday = *Date::of(2026, 10, 5);

Date day(int after_monday) { return kMonday.plus_days(after_monday); }

/// Published with the deadline so many days after its last day.
e::CalendarPeriod period(Date first, Date last, int submit_days = 1) {
  const Date later = last.plus_days(14);
  return {first, last, last.plus_days(submit_days), later, later, later, later};
}

/// What a test says of a row.
struct Row {
  Missing missing = Missing::unspecified;
  Date first, last;
  std::optional<std::int32_t> late;
  friend bool operator==(const Row&, const Row&) = default;
  friend void PrintTo(const Row& row, std::ostream* out) {
    *out << (row.missing == Missing::sheet ? "sheet of " : "calendar of ") << row.first.to_string() << " to "
         << row.last.to_string() << ", late " << row.late.value_or(-999);
  }
};

class MissingTest : public ::testing::Test {
 protected:
  template <class Id>
  void given(Id id, e::Event event) {
    ledger_.write(e::stream_of(id), std::move(event));
  }
  void given_at_work(PeriodKind kind, Date from, PlacementId placement = kPlacement, ClientId client = kClient) {
    given(placement,
          e::PlacementProposed{kWorker, PersonId({10, 1}), client, {}, EmploymentId({23, 1}), kind, from, {}});
    given(placement, e::PlacementStarted{from});
  }
  void given_calendar(PeriodKind kind, std::vector<e::CalendarPeriod> periods) {
    given(e::calendar_of(kLedger, kind, 2026), e::CalendarPublished{kind, 2026, std::move(periods)});
  }
  static e::Period week_of(Date monday) { return {PeriodKind::week, monday}; }
  void given_hours(e::Period of, std::int64_t minutes) {
    e::Worked worked;
    worked.day = of.first;
    worked.minutes = Minutes::of(minutes);
    worked.day_minutes = Minutes::of(1'440);
    given(e::sheet_of(kLedger, kPlacement, of),
          e::EntryRecorded{EntryId({26, 1}), kPlacement, of, e::HourType::normal, worked, {}});
  }
  void given_submitted(e::Period of) {
    given_hours(of, 480);
    given(e::sheet_of(kLedger, kPlacement, of), e::SheetSubmitted{{of.first}, Minutes::of(480), Digest{}});
  }

  Page<MissingSheet> ask_page(Date today, const PartyFilter& filter, std::uint32_t limit, const Bytes& after = {}) {
    const View view = as_of_.at(log_.size()).value();
    access::Caller caller;
    caller.grants = {{e::Role::back_office, {}, Date{}, {}, {}}};
    Asked asked;
    asked.limit = limit;
    asked.after = after;
    asked.effective = today;
    Queries queries({view, caller, vault_.vault.get(), log_, ledger_.now, today, asked});
    return queries.missing(filter).value();
  }
  std::vector<MissingSheet> ask(Date today, const PartyFilter& filter = {}) {
    return ask_page(today, filter, 1'000).rows;
  }
  std::vector<Row> missing(Date today) {
    std::vector<Row> rows;
    for (const MissingSheet& row : ask(today)) rows.push_back({row.missing, row.period.first, row.last, row.days_late});
    return rows;
  }

  placet::testing::VaultInMemory vault_;
  store::MemoryEventLog log_;
  placet::testing::LedgerWriter ledger_{log_};
  std::vector<projections::ProjectionType> types_ = projections::all();
  store::MemoryRowArchive archive_;
  Snapshots snapshots_{log_, kLedger, types_, archive_};
  AsOf as_of_{log_, kLedger, types_, snapshots_};
};

Row sheet(Date first, Date last, std::optional<std::int32_t> late = {}) { return {Missing::sheet, first, last, late}; }
Row calendar(Date first, Date last) { return {Missing::calendar, first, last, {}}; }

TEST_F(MissingTest, WeeksThatAreOverAreExpectedWhoeverPublishedWhat) {
  given_at_work(PeriodKind::week, day(2));
  EXPECT_EQ(missing(day(6)), std::vector<Row>{});
  EXPECT_EQ(missing(day(7)), (std::vector{sheet(day(0), day(6))}));
  EXPECT_EQ(missing(day(14)), (std::vector{sheet(day(0), day(6)), sheet(day(7), day(13))}));
}

TEST_F(MissingTest, MonthsThatAreOverAreExpectedWhoeverPublishedWhat) {
  given_at_work(PeriodKind::month, day(0));
  EXPECT_EQ(missing(*Date::of(2026, 10, 31)), std::vector<Row>{});
  EXPECT_EQ(missing(*Date::of(2026, 11, 1)), (std::vector{sheet(*Date::of(2026, 10, 1), *Date::of(2026, 10, 31))}));
}

TEST_F(MissingTest, ADeadlineIsToldWhereOneIsPublished) {
  given_at_work(PeriodKind::week, day(0));
  given_calendar(PeriodKind::week, {period(day(0), day(6))});
  EXPECT_EQ(missing(day(14)), (std::vector{sheet(day(0), day(6), 7), sheet(day(7), day(13))}));
  EXPECT_EQ(ask(day(14)).front().submit_by, day(7));
}

TEST_F(MissingTest, ASheetIsExpectedOnceItsDeadlineIsPastThoughItsPeriodIsNot) {
  given_at_work(PeriodKind::week, day(0));
  given_calendar(PeriodKind::week, {period(day(0), day(6), -2)});
  EXPECT_EQ(missing(day(4)), std::vector<Row>{});
  EXPECT_EQ(missing(day(5)), (std::vector{sheet(day(0), day(6), 1)}));
}

TEST_F(MissingTest, WhatIsSubmittedIsNotMissingAndWhatIsEnteredStillIs) {
  given_at_work(PeriodKind::week, day(0));
  given_submitted(week_of(day(0)));
  given_hours(week_of(day(7)), 450);
  const auto rows = ask(day(14));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].sheet, e::sheet_of(kLedger, kPlacement, week_of(day(7))));
  EXPECT_EQ(rows[0].open, Minutes::of(450));
}

TEST_F(MissingTest, NothingIsExpectedBeforeTheStartNorAfterTheEnd) {
  given(kPlacement, e::PlacementProposed{
                        kWorker, PersonId({10, 1}), kClient, {}, EmploymentId({23, 1}), PeriodKind::week, day(0), {}});
  EXPECT_EQ(missing(day(14)), std::vector<Row>{});
  given(kPlacement, e::PlacementStarted{day(7)});
  given(kPlacement, e::PlacementEnded{day(8)});
  EXPECT_EQ(missing(day(28)), (std::vector{sheet(day(7), day(13))}));
}

TEST_F(MissingTest, WhereNoPeriodOfFourWeeksIsPublishedTheCalendarIsMissing) {
  given_at_work(PeriodKind::four_weeks, day(0));
  EXPECT_EQ(missing(day(0)), std::vector<Row>{});
  EXPECT_EQ(missing(day(30)), (std::vector{calendar(day(0), day(29))}));
  given_calendar(PeriodKind::four_weeks, {period(day(7), day(34))});
  EXPECT_EQ(missing(day(30)), (std::vector{calendar(day(0), day(6))}));
  EXPECT_EQ(missing(day(40)),
            (std::vector{calendar(day(0), day(6)), sheet(day(7), day(34), 5), calendar(day(35), day(39))}));
  EXPECT_TRUE(ask(day(30)).front().sheet.is_nil());
}

TEST_F(MissingTest, EachDayCountsByTheKindOfPeriodInForceOnIt) {
  given_at_work(PeriodKind::week, *Date::of(2026, 5, 25));
  given(kPlacement, e::PeriodKindChanged{PeriodKind::month, *Date::of(2026, 6, 1)});
  EXPECT_EQ(missing(*Date::of(2026, 7, 1)), (std::vector{sheet(*Date::of(2026, 5, 25), *Date::of(2026, 5, 31)),
                                                         sheet(*Date::of(2026, 6, 1), *Date::of(2026, 6, 30))}));
}

TEST_F(MissingTest, NothingIsCutAndWhatIsMissingOfOnePlacementStandsInOnePage) {
  constexpr int kWeeks = 80;
  const PlacementId other({24, 2});
  given_at_work(PeriodKind::week, day(0));
  given_at_work(PeriodKind::week, day(0), other);
  const auto first = ask_page(day(7 * kWeeks), {}, 10);
  const auto second = ask_page(day(7 * kWeeks), {}, 10, first.next);
  const auto end = ask_page(day(7 * kWeeks), {}, 10, second.next);
  for (const auto& [page, placement] : {std::pair{first, kPlacement}, std::pair{second, other}}) {
    ASSERT_EQ(page.rows.size(), std::size_t{kWeeks});
    for (const MissingSheet& row : page.rows) EXPECT_EQ(row.parties.placement, placement);
    EXPECT_EQ(page.rows.back().last, day(7 * kWeeks - 1));
  }
  EXPECT_TRUE(end.rows.empty());
  EXPECT_TRUE(end.next.empty());
}

TEST_F(MissingTest, AFilterOfTwoPartiesShowsWhatFitsBoth) {
  given(kWorker, e::WorkerRegistered{PersonId({10, 1}), {}});
  given(kOtherClient, e::ClientRegistered{{"Other", {}, {}}, {}});
  given_at_work(PeriodKind::week, day(0));
  given_at_work(PeriodKind::week, day(0), PlacementId({24, 2}), kOtherClient);
  const auto rows = ask(day(7), {kWorker, kOtherClient, {}});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].parties.client, kOtherClient);
}

}  // namespace
}  // namespace placet::readside
