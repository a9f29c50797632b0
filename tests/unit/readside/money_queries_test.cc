#include <gtest/gtest.h>

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
using placet::testing::kLedger;

const PersonId kPerson({10, 1}), kApprover({10, 2}), kAda({10, 3}), kBo({10, 4});
const WorkerId kWorker({20, 1});
const ClientId kClient({21, 1});
const AgencyId kAgency({22, 1});
const EmploymentId kEmployment({23, 1});
const PlacementId kPlacement({24, 1});
const EntryId kEntry({26, 1});
const RunId kRun({27, 1});
const InvoiceId kInvoice({28, 1});
const Date kMonday = *Date::of(2026, 10, 5);
const e::Period kWeek{e::PeriodKind::week, kMonday};
const SheetId kSheet = e::sheet_of(kLedger, kPlacement, kWeek);
const PayslipId kPayslip = e::payslip_of(kLedger, kEmployment, 0);
const e::PricedLine kPaid{e::HourType::normal, Money::of(1'550), 0, Minutes::of(480), Money::of(12'400)};
const e::PricedLine kBilled{e::HourType::normal, Money::of(3'023), 0, Minutes::of(480), Money::of(24'184)};

/// A worker's eight hours, approved, paid and invoiced.
class MoneyQueries : public ::testing::Test {
 protected:
  MoneyQueries() {
    const CommandId next({7, log_.size().value + 1});
    const access::BoxContext context{kLedger, kPerson.value, next, "personRegistered", "name"};
    const Box name = vault_.vault->seal("Sanne Smit", context, e::RetentionClass::contact, 2026).value();
    ledger_.write(e::stream_of(kPerson), e::PersonRegistered{name});
    ledger_.write(e::stream_of(kWorker), e::WorkerRegistered{kPerson, kAgency});
    ledger_.write(e::stream_of(kClient), e::ClientRegistered{{"Kade Logistics", {}, {}}, kAgency});
    ledger_.write(
        e::stream_of(kPlacement),
        e::PlacementProposed{kWorker, kPerson, kClient, kAgency, kEmployment, e::PeriodKind::week, kMonday, {}});
    ledger_.actor.person = kAda;
    ledger_.write(e::stream_of(kPlacement), e::PayTermsAgreed{{Money::of(1'550), {}, {}}, kMonday});
    terms_ = ledger_.write(e::stream_of(kPlacement), e::ClientTermsAgreed{{Money::of(3'023), {}, {}}, kMonday});
    ledger_.actor.person = kPerson;
    e::Worked worked;
    worked.day = kMonday;
    worked.minutes = Minutes::of(480);
    entry_ = ledger_.write(e::stream_of(kSheet),
                           e::EntryRecorded{kEntry, kPlacement, kWeek, e::HourType::normal, worked, {}});
    ledger_.write(e::stream_of(kSheet), e::SheetSubmitted{{kMonday}, Minutes::of(480), Digest{}});
    ledger_.actor.person = kApprover;
    approval_ = ledger_.write(e::stream_of(kSheet),
                              e::DaysApproved{{kMonday}, Minutes::of(480), Digest{}, e::Right::appointment, kApprover});
    ledger_.actor.person = kAda;
    pay();
    invoice();
  }

  void pay() {
    e::PayslipCalculated payslip;
    payslip.payslip = kPayslip;
    payslip.run = kRun;
    payslip.worker = kWorker;
    payslip.booked_on = kMonday.plus_days(8);
    e::PayslipLine hours, reserve;
    hours.kind = e::PayslipLineKind::hours;
    hours.placement = kPlacement;
    hours.period = kWeek;
    hours.hours = kPaid;
    hours.amount = kPaid.amount;
    reserve.kind = e::PayslipLineKind::holiday_allowance;
    reserve.amount = Money::of(992);
    reserve.rate = e::Parameter{e::ParameterKind::holiday_allowance, 8, 100};
    reserve.base = 12'400;
    payslip.lines = {hours, reserve};
    payslip.minutes = Minutes::of(480);
    payslip.gross = payslip.net = kPaid.amount;
    ledger_.write(
        {{e::stream_of(kSheet), e::HoursPaid{kPayslip, {kPaid}}}, {e::pay_account_stream_of(kEmployment), payslip}});
  }
  void invoice() {
    ledger_.write(e::stream_of(kInvoice), e::InvoiceDrafted{e::InvoiceKind::invoice, kClient, kAgency, {}});
    ledger_.write({{e::stream_of(kSheet), e::HoursInvoiced{kInvoice, {kBilled}}},
                   {e::stream_of(kSheet), e::MarginBooked{kInvoice, {{0, Money::of(20'088), Money::of(4'096)}}}},
                   {e::stream_of(kInvoice), e::InvoiceLinesAdded{0, {{kPlacement, kWeek, kBilled}}, kBilled.amount}}});
    ledger_.write(e::stream_of(kInvoice),
                  e::InvoiceIssued{e::InvoiceKind::invoice,
                                   2026,
                                   1,
                                   kMonday.plus_days(8),
                                   kMonday.plus_days(38),
                                   1,
                                   kBilled.amount,
                                   {{e::VatTreatment::standard, 2'100, kBilled.amount, Money::of(5'079)}},
                                   Money::of(29'263),
                                   Digest{},
                                   {}});
  }

  template <class Ask>
  auto ask(Ask question, e::Role role = e::Role::back_office, PartyId scope = {}) {
    const View view = as_of_.at(log_.size()).value();
    access::Caller caller;
    caller.grants = {{role, scope, Date{}, {}, {}}};
    Queries queries({view, caller, vault_.vault.get(), log_, ledger_.now, ledger_.today, {}});
    return question(queries);
  }

  placet::testing::VaultInMemory vault_;
  store::MemoryEventLog log_;
  placet::testing::LedgerWriter ledger_{log_};
  std::vector<projections::ProjectionType> types_ = projections::all();
  store::MemoryRowArchive archive_;
  Snapshots snapshots_{log_, kLedger, types_, archive_};
  AsOf as_of_{log_, kLedger, types_, snapshots_};
  LogPosition terms_, entry_, approval_;
};

std::vector<StepKind> kinds_of(const Page<Step>& page) {
  std::vector<StepKind> kinds;
  for (const Step& step : page.rows) kinds.push_back(step.kind);
  return kinds;
}

TEST_F(MoneyQueries, AnApprovalIsLateByTheCalendarWheneverThatWasPublished) {
  const auto approval = [&] { return ask([](Queries& queries) { return queries.approvals({}); }).value().rows.at(0); };
  EXPECT_EQ(approval().days_late, std::nullopt);
  e::CalendarPeriod period;
  period.first = kMonday;
  period.approve_by = ledger_.today.plus_days(-2);
  ledger_.write(e::stream_of(e::calendar_of(kLedger, e::PeriodKind::week, 2026)),
                e::CalendarPublished{e::PeriodKind::week, 2026, {period}});
  EXPECT_EQ(approval().days_late, 2);
  EXPECT_EQ(approval().approve_by, period.approve_by);
  period.approve_by = ledger_.today.plus_days(1);
  ledger_.write(e::stream_of(e::calendar_of(kLedger, e::PeriodKind::week, 2026)),
                e::CalendarPublished{e::PeriodKind::week, 2026, {period}});
  EXPECT_EQ(approval().days_late, 0);
}

TEST_F(MoneyQueries, AnInvoiceLineIsExplainedFromTheEntryToTheRate) {
  const auto page = ask([](Queries& queries) { return queries.explain(kInvoice.value, 0); }).value();
  ASSERT_EQ(kinds_of(page),
            (std::vector{StepKind::entry, StepKind::approved, StepKind::terms, StepKind::rule, StepKind::document}));
  EXPECT_EQ(page.rows[0].position, entry_);
  EXPECT_EQ(page.rows[0].minutes, Minutes::of(480));
  EXPECT_EQ(page.rows[1].position, approval_);
  EXPECT_EQ(page.rows[1].person, kApprover);
  EXPECT_EQ(page.rows[2].position, terms_);
  EXPECT_EQ(page.rows[2].person, kAda);
  EXPECT_EQ(page.rows[3].amount, kBilled.amount);
  EXPECT_NE(page.rows[3].text.find("480 minutes x 30.23"), std::string::npos) << page.rows[3].text;
}

TEST_F(MoneyQueries, WhatIsReservedIsExplainedByItsRateAndItsSumSoFar) {
  const auto page = ask([](Queries& queries) { return queries.explain(kPayslip.value, 1); }).value();
  ASSERT_EQ(kinds_of(page), (std::vector{StepKind::rule, StepKind::document}));
  EXPECT_NE(page.rows[0].text.find("8/100 of 124.00"), std::string::npos) << page.rows[0].text;
}

TEST_F(MoneyQueries, ALineThatTheDocumentDoesNotHaveIsRefusedWithWhatItHas) {
  const auto answer = ask([](Queries& queries) { return queries.explain(kInvoice.value, 1); });
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, ErrorCode::invalid);
}

TEST_F(MoneyQueries, TheClientSeesNoMarginAndTheWorkerNoInvoice) {
  const auto lines = [](Queries& queries) { return queries.invoice_lines(kInvoice); };
  EXPECT_EQ(ask(lines, e::Role::client_contact, PartyId(kClient.value)).value().rows.at(0).margin, std::nullopt);
  EXPECT_EQ(ask(lines, e::Role::agency, PartyId(kAgency.value)).value().rows.at(0).margin, Money::of(4'096));
  EXPECT_FALSE(ask(lines, e::Role::worker, PartyId(kWorker.value)).has_value());
  const auto payslips = [](Queries& queries) { return queries.payslips({}); };
  EXPECT_EQ(ask(payslips, e::Role::worker, PartyId(kWorker.value)).value().rows.size(), 1U);
  EXPECT_TRUE(ask(payslips, e::Role::client_contact, PartyId(kClient.value)).value().rows.empty());
  EXPECT_TRUE(ask(payslips, e::Role::agency, PartyId(kAgency.value)).value().rows.empty());
}

TEST_F(MoneyQueries, HoursAreReconciledToTheMinute) {
  const auto rows = ask([](Queries& queries) { return queries.reconcile_hours(); }).value().rows;
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].paid, Minutes::of(480));
  EXPECT_EQ(rows[0].invoiced, Minutes::of(480));
  EXPECT_EQ(rows[0].pay_difference, Minutes());
  EXPECT_EQ(rows[0].invoice_difference, Minutes());
}

TEST_F(MoneyQueries, TotalsStandWhenTheDataOfAPersonIsErased) {
  const auto balance = [&] { return ask([](Queries& queries) { return queries.balances({}); }).value().rows.at(0); };
  const auto trial = [&] {
    std::vector<std::pair<std::string, Money>> accounts;
    const auto page = ask([](Queries& queries) { return queries.trial_balance({}); }).value();
    for (const AccountBalance& row : page.rows) accounts.emplace_back(row.account, row.balance);
    return accounts;
  };
  const PayBalance before = balance();
  const auto accounts = trial();
  EXPECT_EQ(before.worker_name, "Sanne Smit");
  vault_.fence(kPerson.value);
  const PayBalance after = balance();
  EXPECT_EQ(after.worker_name, kErased);
  EXPECT_EQ(after.gross, before.gross);
  EXPECT_EQ(after.holiday_allowance, before.holiday_allowance);
  EXPECT_EQ(trial(), accounts);
  EXPECT_GE(accounts.size(), 8U);
}

}  // namespace
}  // namespace placet::readside
