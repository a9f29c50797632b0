#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "projections/all.h"
#include "projections/approvals/approvals.h"
#include "projections/directory/directory.h"
#include "projections/open_items/open_items.h"
#include "projections/timesheets/timesheets.h"
#include "readside/as_of.h"
#include "store/memory/event_log.h"
#include "store/memory/row_archive.h"
#include "tests/unit/readside/ledger_writer.h"

namespace placet::projections {
namespace {

namespace e = placet::domain;
using e::Category;

const PersonId kWim({10, 1});
const PersonId kClara({10, 2});
const PersonId kSven({10, 3});
const PersonId kOlga({10, 4});
const WorkerId kWorker({20, 1});
const ClientId kClient({21, 1});
const AgencyId kAgency({22, 1});
const EmploymentId kEmployment({23, 1});
const PlacementId kPlacement({24, 1});
const SheetId kSheet({25, 1});
const Date kMonday{20'738};
const e::Period kWeek{e::PeriodKind::week, kMonday};
const PayslipId kPayslip({28, 1});
const InvoiceId kInvoice({29, 1});

Date day(int after_monday) { return kMonday.plus_days(after_monday); }
EntryId entry(std::uint64_t number) { return EntryId({26, number}); }
Digest digest(std::uint8_t value) {
  Digest digest{};
  digest[0] = value;
  return digest;
}
Box sealed(const char* text) { return Box::sealed(text); }

class ProjectionsTest : public ::testing::Test {
 protected:
  void given(StreamId stream, e::Event event) { ledger_.write(stream, std::move(event)); }
  LogPosition given_of_sheet(e::Event event) {
    return ledger_.write(testing::stream(Category::timesheet, kSheet), std::move(event));
  }
  void given_placement() {
    given(testing::stream(Category::placement, kPlacement),
          e::PlacementProposed{kWorker, kWim, kClient, kAgency, kEmployment, e::PeriodKind::week, kMonday, {}});
  }
  void given_entry(std::uint64_t number, int on, std::int64_t minutes, e::HourType type = e::HourType::normal) {
    e::Worked worked;
    worked.day = day(on);
    worked.minutes = Minutes::of(minutes);
    worked.day_minutes = Minutes::of(1'440);
    given_of_sheet(e::EntryRecorded{entry(number), kPlacement, kWeek, type, worked, sealed("note")});
  }
  void given_changed(std::uint64_t number, int on, std::int64_t minutes) {
    e::Worked worked;
    worked.day = day(on);
    worked.minutes = Minutes::of(minutes);
    given_of_sheet(e::EntryChanged{entry(number), e::HourType::normal, worked, sealed("new note")});
  }
  void given_submitted(std::vector<Date> days, std::int64_t minutes) {
    given_of_sheet(e::SheetSubmitted{std::move(days), Minutes::of(minutes), digest(1)});
  }
  LogPosition given_approved(std::vector<Date> days, std::int64_t minutes) {
    return given_of_sheet(
        e::DaysApproved{std::move(days), Minutes::of(minutes), digest(1), e::Right::appointment, kClara});
  }

  void given_terms(std::int64_t pay, std::int64_t client, Date from) {
    given(testing::stream(Category::placement, kPlacement), e::PayTermsAgreed{{Money::of(pay), {}, {}}, from});
    given(testing::stream(Category::placement, kPlacement), e::ClientTermsAgreed{{Money::of(client), {}, {}}, from});
  }
  /// Eight hours on Monday, at 15.00 and 30.00.
  void given_approved_day() {
    given_placement();
    given_terms(1'500, 3'000, kMonday);
    given_entry(1, 0, 480);
    given_submitted({day(0)}, 480);
    given_approved({day(0)}, 480);
  }

  readside::View view() {
    auto view = as_of_.at(log_.size());
    EXPECT_TRUE(view.has_value()) << view.error().message;
    return *std::move(view);
  }
  Sheets::Row sheet() { return view().get<Sheets>(kSheet).value().value(); }
  /// Nothing: the hours of that day do not stand in that list.
  std::optional<OpenHours> open_hours(OpenKind kind, int on) {
    const auto row = view().get<OpenSheets>(kSheet).value().value();
    const auto found =
        std::ranges::find_if(row.open, [&](const OpenHours& open) { return open.kind == kind && open.day == day(on); });
    return found == row.open.end() ? std::nullopt : std::optional(*found);
  }
  std::int64_t open_minutes(OpenKind kind, int on) {
    const auto open = open_hours(kind, on);
    return open ? open->minutes.count() : 0;
  }
  /// Lists and days; whoever looks for open sheets finds this one as long as there are any.
  std::size_t open_rows() {
    const std::size_t rows = view().get<OpenSheets>(kSheet).value().value().open.size();
    EXPECT_EQ(count<OpenByPeriod>(kMonday), rows == 0 ? 0 : 1);
    return rows;
  }
  template <class Table, class... Prefix>
  std::size_t count(const Prefix&... prefix) {
    std::size_t rows = 0;
    EXPECT_TRUE(view().scan<Table>([&](const auto&, const auto&) { return ++rows != 0; }, prefix...).has_value());
    return rows;
  }

  store::MemoryEventLog log_;
  testing::LedgerWriter ledger_{log_};
  std::vector<ProjectionType> types_ = all();
  store::MemoryRowArchive archive_;
  readside::Snapshots snapshots_{log_, LedgerId({1, 1}), types_, archive_};
  readside::AsOf as_of_{log_, LedgerId({1, 1}), types_, snapshots_};
};

struct TimesheetsTest : ProjectionsTest {};
struct ApprovalsTest : ProjectionsTest {};
struct OpenItemsTest : ProjectionsTest {};
struct DirectoryTest : ProjectionsTest {};

// ---- timesheets

TEST_F(TimesheetsTest, ASheetCountsItsMinutesByPhase) {
  given_placement();
  given_entry(1, 0, 480);
  given_entry(2, 0, 60, e::HourType::travel);
  given_entry(3, 1, 450);
  given_submitted({day(0), day(1)}, 990);
  given_approved({day(0)}, 540);

  const Sheets::Row row = sheet();
  EXPECT_EQ(row.parties.worker, kWorker);
  EXPECT_EQ(row.parties.client, kClient);
  EXPECT_EQ(row.minutes().approved, Minutes::of(540));
  EXPECT_EQ(row.minutes().submitted, Minutes::of(450));
  EXPECT_EQ(row.lines.at(1).hour_type, e::HourType::travel);
  EXPECT_EQ(row.submitted_hash, digest(1));
  EXPECT_EQ(status_of(row), SheetStatus::partly_approved);
  const auto head = view().get<SheetHeads>(kSheet).value().value();
  EXPECT_EQ(head.changed, LogPosition{log_.size().value - 1});
  EXPECT_EQ(head.events, 5U);
}

TEST_F(TimesheetsTest, AChangedEntryMovesItsMinutesToItsNewDay) {
  given_entry(1, 0, 480, e::HourType::overtime);
  given_changed(1, 2, 300);
  const Sheets::Row row = sheet();
  EXPECT_EQ(row.minutes().open, Minutes::of(300));
  ASSERT_EQ(row.lines.size(), 1U);
  EXPECT_EQ(row.lines[0].day, day(2));
  EXPECT_EQ(row.lines[0].hour_type, e::HourType::normal);
  EXPECT_EQ(row.lines[0].note.box, sealed("new note"));
}

TEST_F(TimesheetsTest, ARemovedEntryLeavesNoMinutes) {
  given_entry(1, 0, 480);
  given_of_sheet(e::EntryRemoved{entry(1)});
  EXPECT_TRUE(sheet().lines.empty());
}

TEST_F(TimesheetsTest, AnAdditionLeavesTheApprovedLinesOfItsDayAlone) {
  given_entry(1, 0, 480);
  given_submitted({day(0)}, 480);
  given_approved({day(0)}, 480);
  given_of_sheet(e::AdditionRequested{{day(0)}, sealed("forgot the evening")});
  given_entry(2, 0, 60);
  given_submitted({day(0)}, 60);
  EXPECT_EQ(sheet().minutes().approved, Minutes::of(480));
  EXPECT_EQ(sheet().minutes().submitted, Minutes::of(60));
  given_of_sheet(e::DaysRefused{{day(0)}, sealed("no")});
  EXPECT_EQ(sheet().minutes().approved, Minutes::of(480));
  EXPECT_EQ(sheet().minutes().refused, Minutes::of(60));
}

TEST_F(TimesheetsTest, AnApprovalAfterAcceptanceForPayIsTakenBackToAcceptance) {
  given_entry(1, 0, 480);
  given_submitted({day(0)}, 480);
  given_of_sheet(e::DaysAcceptedForPay{{day(0)}, Minutes::of(480), digest(1), sealed("client is away")});
  EXPECT_EQ(sheet().minutes().accepted, Minutes::of(480));
  given_approved({day(0)}, 480);
  EXPECT_EQ(sheet().minutes().approved, Minutes::of(480));
  given_of_sheet(e::ApprovalTakenBack{{day(0)}, sealed("mistake")});
  EXPECT_EQ(sheet().minutes().accepted, Minutes::of(480));
}

TEST_F(TimesheetsTest, AnEmptyWeekIsASheetToo) {
  given_placement();
  given_of_sheet(e::SheetSubmittedEmpty{kPlacement, kWeek});
  EXPECT_EQ(status_of(sheet()), SheetStatus::empty);
  EXPECT_EQ(count<SheetsOfParty>(PartyId(kWorker.value)), 1);
  EXPECT_EQ(count<SheetsOfParty>(PartyId(kClient.value)), 1);
  EXPECT_EQ(count<SheetsByPeriod>(kMonday), 1);
}

// ---- approvals

TEST_F(ApprovalsTest, ARowSaysWhoByWhatRightAndForWhom) {
  given_placement();
  given_entry(1, 0, 480);
  given_submitted({day(0)}, 480);
  ledger_.actor.person = kSven;
  ledger_.actor.strength = e::Strength::totp;
  ledger_.actor.channel = e::Channel::portal;
  const LogPosition position =
      given_of_sheet(e::DaysApproved{{day(0)}, Minutes::of(480), digest(1), e::Right::substitution, kClara});

  const ApprovalsByPosition::Row row = view().get<ApprovalsByPosition>(position).value().value();
  EXPECT_EQ(row.approver, kSven);
  EXPECT_EQ(row.right, e::Right::substitution);
  EXPECT_EQ(row.holder, kClara);
  EXPECT_EQ(row.strength, e::Strength::totp);
  EXPECT_EQ(row.channel, e::Channel::portal);
  EXPECT_EQ(row.content_hash, digest(1));
  EXPECT_EQ(row.minutes, Minutes::of(480));
  EXPECT_EQ(row.parties.client, kClient);
  EXPECT_EQ(count<ApprovalsOfApprover>(kSven), 1);
  EXPECT_EQ(count<ApprovalsOfApprover>(kClara), 0);
  EXPECT_EQ(count<ApprovalsOfParty>(PartyId(kClient.value)), 1);
}

TEST_F(ApprovalsTest, TakingBackIsNotedOnTheApprovalsThatStillStoodForThoseDays) {
  given_entry(1, 0, 480);
  given_entry(2, 1, 480);
  given_submitted({day(0), day(1)}, 960);
  const LogPosition both = given_approved({day(0), day(1)}, 960);
  given_of_sheet(e::ApprovalTakenBack{{day(0)}, sealed("mistake")});
  EXPECT_EQ(view().get<ApprovalsByPosition>(both).value()->standing_days(), std::vector{day(1)});
  const LogPosition again = given_approved({day(0)}, 480);
  const LogPosition taken = given_of_sheet(e::ApprovalTakenBack{{day(0)}, sealed("again")});
  EXPECT_EQ(view().get<ApprovalsByPosition>(both).value()->taken_back.size(), 1);
  const ApprovalsByPosition::Row row = view().get<ApprovalsByPosition>(again).value().value();
  ASSERT_EQ(row.taken_back.size(), 1);
  EXPECT_EQ(row.taken_back[0].position, taken);
  EXPECT_TRUE(row.standing_days().empty());
}

TEST_F(ApprovalsTest, AcceptanceForPayNamesBothPersons) {
  given_entry(1, 0, 480);
  given_submitted({day(0)}, 480);
  const StreamId sheet = testing::stream(Category::timesheet, kSheet);
  ledger_.actor.person = kOlga;
  const LogPosition first =
      ledger_.write({{sheet, e::ActAgreed{LogPosition{1}, kSven, digest(2)}, {}},
                     {sheet, e::DaysAcceptedForPay{{day(0)}, Minutes::of(480), digest(1), sealed("away")}, {}}});
  const ApprovalsByPosition::Row row = view().get<ApprovalsByPosition>({first.value + 1}).value().value();
  EXPECT_EQ(row.kind, ApprovalKind::for_pay);
  EXPECT_EQ(row.approver, kOlga);
  EXPECT_EQ(row.proposer, kSven);
  const LogPosition alone = given_approved({day(0)}, 480);
  EXPECT_TRUE(view().get<ApprovalsByPosition>(alone).value()->proposer.is_nil());
}

// ---- open items

TEST_F(OpenItemsTest, HoursWaitForOneAfterTheOther) {
  given_placement();
  given_entry(1, 0, 480);
  EXPECT_EQ(open_rows(), 0);
  given_submitted({day(0)}, 480);
  EXPECT_EQ(open_minutes(OpenKind::to_approve, 0), 480);
  given_of_sheet(e::DaysRefused{{day(0)}, sealed("too long")});
  EXPECT_EQ(open_minutes(OpenKind::to_correct, 0), 480);
  EXPECT_EQ(open_hours(OpenKind::to_correct, 0)->reason.box, sealed("too long"));
  given_changed(1, 0, 450);
  EXPECT_EQ(open_minutes(OpenKind::to_correct, 0), 450);
  EXPECT_EQ(open_hours(OpenKind::to_correct, 0)->reason.box, sealed("too long"));
  given_submitted({day(0)}, 450);
  given_approved({day(0)}, 450);
  EXPECT_EQ(open_minutes(OpenKind::to_pay, 0), 450);
  EXPECT_EQ(open_minutes(OpenKind::to_invoice, 0), 450);
  EXPECT_EQ(open_rows(), 2);
  EXPECT_EQ(count<OpenOfParty>(PartyId(kClient.value)), 1);
}

TEST_F(OpenItemsTest, WhatIsWithdrawnOrRemovedIsOpenNoMore) {
  given_entry(1, 0, 480);
  given_submitted({day(0)}, 480);
  given_of_sheet(e::SheetWithdrawn{{day(0)}});
  EXPECT_EQ(open_rows(), 0);
  given_submitted({day(0)}, 480);
  given_of_sheet(e::DaysRefused{{day(0)}, sealed("no")});
  given_of_sheet(e::EntryRemoved{entry(1)});
  EXPECT_EQ(open_rows(), 0);
}

TEST_F(OpenItemsTest, HoursToPayKeepTheirAgeWhenTheClientApprovesAfterwards) {
  given_entry(1, 0, 480);
  given_submitted({day(0)}, 480);
  ledger_.now.micros += 1;
  const Timestamp accepted = ledger_.now;
  given_of_sheet(e::DaysAcceptedForPay{{day(0)}, Minutes::of(480), digest(1), sealed("away")});
  EXPECT_EQ(open_minutes(OpenKind::not_billable, 0), 480);
  EXPECT_EQ(open_minutes(OpenKind::to_invoice, 0), 0);
  ledger_.now.micros += 1;
  given_approved({day(0)}, 480);
  EXPECT_EQ(open_hours(OpenKind::to_pay, 0)->since, accepted);
  EXPECT_EQ(open_hours(OpenKind::to_invoice, 0)->since, ledger_.now);
  EXPECT_EQ(open_minutes(OpenKind::not_billable, 0), 0);
}

TEST_F(OpenItemsTest, WhatIsPaidAndInvoicedIsOpenNoMore) {
  given_approved_day();
  given_of_sheet(e::HoursPaid{kPayslip, {}});
  EXPECT_EQ(open_minutes(OpenKind::to_pay, 0), 0);
  EXPECT_EQ(open_minutes(OpenKind::to_invoice, 0), 480);
  given_of_sheet(e::HoursInvoiced{kInvoice, {}});
  EXPECT_EQ(open_rows(), 0);
}

TEST_F(OpenItemsTest, SettledHoursThatAreJudgedAgainAreToBeRecoveredAndCredited) {
  given_approved_day();
  given_of_sheet(e::HoursPaid{kPayslip, {}});
  given_of_sheet(e::HoursInvoiced{kInvoice, {}});
  given_of_sheet(e::HoursReversed{{day(0)}, sealed("not worked")});
  EXPECT_EQ(open_minutes(OpenKind::to_approve, 0), 480);
  EXPECT_EQ(open_minutes(OpenKind::to_recover, 0), 480);
  EXPECT_EQ(open_minutes(OpenKind::to_credit, 0), 480);
  // The next payslip and a credit note take it back.
  given_of_sheet(e::HoursPaid{kPayslip, {}});
  given_of_sheet(e::HoursCredited{kInvoice, InvoiceId({29, 2})});
  EXPECT_EQ(open_minutes(OpenKind::to_recover, 0), 0);
  EXPECT_EQ(open_minutes(OpenKind::to_credit, 0), 0);
  EXPECT_EQ(open_minutes(OpenKind::to_approve, 0), 480);
}

TEST_F(OpenItemsTest, SettledHoursOfAnotherRateByNowStandOpenFromTheDayOfTheNewTerms) {
  given_approved_day();
  given_entry(2, 2, 60);
  given_submitted({day(2)}, 60);
  given_approved({day(2)}, 60);
  given_of_sheet(e::HoursPaid{kPayslip, {}});
  given_of_sheet(e::HoursInvoiced{kInvoice, {}});
  given_terms(1'600, 3'100, day(1));
  EXPECT_EQ(open_minutes(OpenKind::pay_moved, 0), 0);
  EXPECT_EQ(open_minutes(OpenKind::pay_moved, 2), 60);
  EXPECT_EQ(open_minutes(OpenKind::invoice_moved, 2), 60);
  // Paid again at the new rate; and back to the old one before it was invoiced.
  given_of_sheet(e::HoursPaid{kPayslip, {}});
  given(testing::stream(Category::placement, kPlacement), e::ClientTermsAgreed{{Money::of(3'000), {}, {}}, day(1)});
  EXPECT_EQ(open_rows(), 0);
}

TEST_F(OpenItemsTest, ACreditedCorrectionOfThePriceLeavesTheHoursOnTheFirstInvoiceAndThePriceOpen) {
  given_approved_day();
  given_of_sheet(e::HoursPaid{kPayslip, {}});
  given_of_sheet(e::HoursInvoiced{kInvoice, {}});
  given_terms(1'500, 3'100, kMonday);
  EXPECT_EQ(open_minutes(OpenKind::invoice_moved, 0), 480);
  const InvoiceId second({29, 2});
  given_of_sheet(e::HoursInvoiced{second, {}});
  EXPECT_EQ(open_rows(), 0);
  given_of_sheet(e::HoursCredited{second, InvoiceId({29, 3})});
  EXPECT_EQ(open_minutes(OpenKind::to_invoice, 0), 0);
  EXPECT_EQ(open_minutes(OpenKind::invoice_moved, 0), 480);
}

TEST_F(OpenItemsTest, AProposalWaitsUntilTheSecondPersonAgrees) {
  const StreamId placement = testing::stream(Category::placement, kPlacement);
  const LogPosition proposed = ledger_.write(placement, e::ActProposed{49, "act", digest(3)});
  const OpenProposals::Row row = view().get<OpenProposals>(proposed).value().value();
  EXPECT_EQ(row.stream, placement);
  EXPECT_EQ(row.command, 49);
  given(placement, e::ActAgreed{proposed, kOlga, digest(3)});
  EXPECT_EQ(count<OpenProposals>(), 0);
}

// ---- directory

TEST_F(DirectoryTest, TermsOfEachPartyStandByTheirFirstDay) {
  const StreamId placement = testing::stream(Category::placement, kPlacement);
  given_placement();
  given(placement, e::PayTermsAgreed{{Money::of(1'550), Money::of(23), {{e::HourType::overtime, 2'500}}}, day(0)});
  given(placement, e::PayTermsAgreed{{Money::of(1'600), Money::of(23), {}}, day(14)});
  given(placement, e::ClientTermsAgreed{{Money::of(3'023), Money::of(0), {}}, day(0)});
  EXPECT_EQ(count<PayTermsByDay>(kPlacement), 2);
  const auto pay = view().get<PayTermsByDay>({kPlacement, day(0)}).value().value();
  EXPECT_EQ(pay.per_hour, Money::of(1'550));
  ASSERT_EQ(pay.surcharges.size(), 1);
  EXPECT_EQ(pay.surcharges[0].basis_points, 2'500);
  EXPECT_EQ(view().get<ClientTermsByDay>({kPlacement, day(0)}).value()->per_hour, Money::of(3'023));
  EXPECT_EQ(count<PlacementsOfParty>(PartyId(kAgency.value)), 1);
}

TEST_F(DirectoryTest, AnApproverEndsOnTheDaySaid) {
  const StreamId placement = testing::stream(Category::placement, kPlacement);
  given_placement();
  given(placement, e::ApproverAppointed{kClara, day(0), {}});
  given(placement, e::SubstituteNamed{kClara, kSven, day(2), day(4)});
  given(placement, e::ApproverEnded{kClara, day(10)});
  EXPECT_EQ(view().get<Approvers>({kPlacement, kClara, day(0)}).value()->until, day(10));
  EXPECT_EQ(view().get<Substitutes>({kPlacement, kClara, kSven, day(2)}).value()->until, day(4));
  EXPECT_EQ(count<PlacementsOfApprover>(kSven), 1);
}

TEST_F(DirectoryTest, ANewContractTextIsSignedByNobodyYet) {
  const StreamId employment = testing::stream(Category::employment, kEmployment);
  const e::ContractTerms terms{
      e::ContractRegime::agency_work, e::ContractPhase::a, e::ContractHours::on_call, Minutes(), day(0), {}};
  given(employment, e::ContractDrawnUp{kWorker, kWim, digest(1), terms});
  given(employment, e::ContractSent{digest(1)});
  given(employment, e::ContractSigned{e::ContractParty::worker, digest(1)});
  EXPECT_TRUE(view().get<Employments>(kEmployment).value()->signed_by_worker.has_value());
  given(employment, e::ContractAmended{digest(2), terms});
  const auto row = view().get<Employments>(kEmployment).value().value();
  EXPECT_EQ(row.text, digest(2));
  EXPECT_FALSE(row.sent);
  EXPECT_FALSE(row.signed_by_worker.has_value());
}

TEST_F(DirectoryTest, ARevokedRoleIsHeldByNobody) {
  const StreamId person = testing::stream(Category::person, kClara);
  const PartyId client(kClient.value);
  given(person, e::PersonRegistered{sealed("Clara")});
  given(person, e::RoleGranted{e::Role::client_contact, client, day(0), {}});
  EXPECT_EQ(count<RoleHolders>(client, e::Role::client_contact), 1);
  given(person, e::RoleRevoked{e::Role::client_contact, client});
  EXPECT_EQ(count<RoleHolders>(client), 0);
  EXPECT_EQ(count<Roles>(kClara), 0);
  EXPECT_EQ(view().get<Persons>(kClara).value()->name.box, sealed("Clara"));
}

TEST_F(DirectoryTest, PagesGoOnBehindTheLastKey) {
  for (std::uint64_t i = 1; i <= 5; ++i)
    given(testing::stream(Category::person, PersonId({10, i})), e::PersonRegistered{sealed("somebody")});
  std::vector<PersonId> page;
  ASSERT_TRUE(view()
                  .scan_behind<Persons>(key_bytes(PersonId({10, 2})),
                                        [&](const PersonId& id, const Persons::Row&) {
                                          page.push_back(id);
                                          return page.size() < 2;
                                        })
                  .has_value());
  EXPECT_EQ(page, (std::vector{PersonId({10, 3}), PersonId({10, 4})}));
}

}  // namespace
}  // namespace placet::projections
