// Real hours through a running ledger: the published timesheets, from the import to the approvals. What the ledger then
// holds must be what expected.py computes from the same files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "codec/ids.h"
#include "codec/record.h"
#include "domain/rejection.h"
#include "domain/streams.h"
#include "tests/conformance/timesheets/agency.h"
#include "tests/conformance/timesheets/read_back.h"
#include "tools/client/back_office.h"
#include "tools/client/balances.h"
#include "tools/client/daemon.h"
#include "tools/client/rows.h"
#include "tools/client/scratch.h"
#include "tools/import/hours_import.h"

namespace placet::timesheets {
namespace {

using namespace domain;
using importing::RowOutcome;
using Json = nlohmann::json;
using ::testing::ElementsAre;

/// A sheet, as its placement and week.
struct SheetAt {
  Job job;
  Period week;
  friend bool operator<(const SheetAt& a, const SheetAt& b) {
    return std::tie(a.job, a.week.first) < std::tie(b.job, b.week.first);
  }
};

Period week_of(Date day) { return {PeriodKind::week, day.monday_of_week()}; }

Json expected() {
  std::ifstream file(PLACET_EXPECTED);
  return Json::parse(file);
}

struct BrokenOff {};

class Timesheets : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder()))
      GTEST_SKIP() << "no timesheets in " << folder() << "; PLACET_CONFORMANCE names the folder that holds timesheets/";
    tasks_ = read_tasks();
    const auto data = scratch_.path() / "ledger";
    const auto invites = client::found_ledger(data, "sip.placet.example");
    daemon_ = std::make_unique<client::Daemon>(data);
    Date first_day = tasks_.pieces.front().day;
    for (const Piece& piece : tasks_.pieces) {
      first_day = std::min(first_day, piece.day);
      sheets_.insert({piece.job, week_of(piece.day)});
    }
    agency_ = std::make_unique<Agency>(daemon_->server(), invites, tasks_, first_day.monday_of_week());
    client::Connection& office = agency_->office().desk().connection();
    const auto who = office.session().whoAmIRequest().send().wait(office.wait_scope());
    ledger_ = office.ledger();
    administrator_ = PersonId(codec::read_id(who.getPerson()));
  }

  /// Sends every hour; breaks off after the first call if so wished.
  importing::HoursImport import_all(bool break_off = false) {
    client::Connection& connection = agency_->office().desk().connection();
    importing::HoursImport hours(tasks_.file, connection.zone(), importing::periods_of(connection));
    for (const Piece& piece : tasks_.pieces) {
      RecordEntry entry;
      entry.placement = agency_->placement(piece.job);
      entry.hour_type = HourType::normal;
      entry.worked.day = piece.day;
      entry.worked.minutes = piece.minutes;
      hours.add(piece.line, entry);
    }
    EXPECT_FALSE(hours.has_refused());
    try {
      hours.send(connection, [&](std::size_t, std::size_t) {
        if (break_off) throw BrokenOff();
      });
    } catch (const BrokenOff&) {
    }
    return hours;
  }

  std::size_t count(const importing::HoursImport& hours, RowOutcome outcome) {
    return static_cast<std::size_t>(std::count_if(hours.rows().begin(), hours.rows().end(),
                                                  [&](const auto& row) { return row.outcome == outcome; }));
  }

  void submit_all() {
    std::vector<Command> commands;
    for (const SheetAt& sheet : sheets_) commands.push_back(SubmitSheet{agency_->placement(sheet.job), sheet.week});
    agency_->office().act(commands);
  }

  SheetId id_of(const SheetAt& sheet) const { return sheet_of(ledger_, agency_->placement(sheet.job), sheet.week); }

  /// `approver` looks at those sheets with his own token, and approves what he sees. Answers what he was refused.
  std::map<SheetAt, RejectionCode> approve(const std::string& approver, const std::vector<SheetAt>& sheets) {
    client::Desk& desk = agency_->desk_of(approver);
    std::map<SheetId, Digest> seen;
    client::Follower().read_on(desk.connection(), [&](BytesView record) {
      const auto stored = codec::read_record(record);
      if (!stored) throw std::runtime_error(stored.error().message);
      if (const auto* submitted = std::get_if<SheetSubmitted>(&stored->event))
        seen[SheetId(stored->meta.stream.id)] = submitted->content_hash;
    });
    std::vector<Command> commands;
    for (const SheetAt& sheet : sheets)
      commands.push_back(ApproveHours{agency_->placement(sheet.job), sheet.week, {}, seen.at(id_of(sheet)), {}});
    const auto answers = desk.ask(commands, agency_->office().random());
    std::map<SheetAt, RejectionCode> refused;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      if (!answers[i]) refused[sheets[i]] = answers[i].error().code;
    }
    return refused;
  }

  client::ScratchFolder scratch_;
  Tasks tasks_;
  std::unique_ptr<client::Daemon> daemon_;
  std::unique_ptr<Agency> agency_;
  std::set<SheetAt> sheets_;
  LedgerId ledger_;
  PersonId administrator_;
};

/// What can be counted before anything is sent: rows, and those without hours that could be entered.
void add_rows(const Tasks& tasks, Json& authorisers) {
  for (const auto& [job, rows] : tasks.jobs) add(authorisers[job.authoriser], "rows", static_cast<std::int64_t>(rows));
  for (const RefusedRow& row : tasks.refused) {
    add(authorisers[row.job.authoriser], row.code + "_rows", 1);
    add(authorisers[row.job.authoriser], row.code + "_minutes", row.minutes.count());
  }
}

std::size_t rows_of_own_hours(const Tasks& tasks) {
  std::set<unsigned> lines;
  for (const Piece& piece : tasks.pieces) {
    if (piece.job.is_own()) lines.insert(piece.line);
  }
  return lines.size();
}

TEST_F(Timesheets, ComeOutOfTheLedgerAsAScriptReadsThem) {
  // Given every hour that has a date is imported, by an import that broke off and was run again; and every sheet is
  // submitted
  const auto done_before = count(import_all(true), RowOutcome::recorded);
  EXPECT_GT(done_before, 0U);
  const auto hours = import_all();
  EXPECT_EQ(count(hours, RowOutcome::repeated), done_before);
  EXPECT_EQ(count(hours, RowOutcome::recorded), tasks_.pieces.size() - done_before);
  submit_all();

  // When each authoriser approves, and the substitute what was refused to them
  std::map<std::string, std::vector<SheetAt>> sheets_of;
  for (const SheetAt& sheet : sheets_) sheets_of[sheet.job.authoriser].push_back(sheet);
  std::vector<SheetAt> own;
  for (const auto& [authoriser, sheets] : sheets_of) {
    for (const auto& [sheet, code] : approve(authoriser, sheets)) {
      EXPECT_EQ(code, RejectionCode::own_hours);
      EXPECT_TRUE(sheet.job.is_own());
      own.push_back(sheet);
    }
  }
  EXPECT_TRUE(approve(kSubstitute, own).empty());

  // Then the log holds what the script says
  ReadBack log(*agency_);
  add_rows(tasks_, log.authorisers);
  std::int64_t own_minutes = 0;
  for (const SheetAt& sheet : own) {
    const std::int64_t minutes = log.entered.at(id_of(sheet));
    add(log.authorisers[sheet.job.authoriser], "own_hours_sheets", 1);
    add(log.authorisers[sheet.job.authoriser], "own_hours_minutes", minutes);
    own_minutes += minutes;
  }
  const Json wanted = expected();
  EXPECT_EQ(log.authorisers, wanted["authorisers"]) << Json::diff(wanted["authorisers"], log.authorisers).dump(1);
  EXPECT_EQ(log.entries, wanted["entries"]);
  EXPECT_EQ(log.entered.size(), wanted["sheets"]);
  EXPECT_EQ(tasks_.rows, wanted["rows"]);
  EXPECT_EQ(rows_of_own_hours(tasks_), wanted["own_hours_rows"]);
  EXPECT_EQ(agency_->placements().size(), wanted["placements"]);
  EXPECT_EQ(agency_->worker_count(), wanted["workers"]);
  EXPECT_EQ(agency_->client_count(), wanted["clients"]);
  EXPECT_EQ(log.by_substitute, own_minutes);
  EXPECT_EQ(log.approved, log.entered) << "every sheet is approved, whole and once";
  EXPECT_THAT(log.channels, ElementsAre(Channel::import_));
  EXPECT_THAT(log.enterers, ElementsAre(administrator_));
  EXPECT_EQ(static_cast<std::ptrdiff_t>(log.warnings),
            std::count_if(tasks_.jobs.begin(), tasks_.jobs.end(), [](const auto& job) { return job.first.is_own(); }));
}

/// What payslips reserve and invoices come to, by the names of expected.py.
Json money_in(Agency& agency) {
  client::Connection& connection = agency.office().desk().connection();
  Json money = {{"workers", Json::object()}, {"clients", Json::object()}};
  std::map<Uuid, std::string> names;
  for (const auto& [name, worker] : agency.workers()) names[worker.worker.value] = name;
  for (const auto& [name, client] : agency.clients()) names[client.value] = name;
  client::read_rows(
      connection, [&] { return connection.queries().balancesRequest(); },
      [&](schema::PayBalance::Reader row) {
        money["workers"][names.at(codec::read_id(row.getWorker()))] = {{"minutes", row.getMinutes()},
                                                                       {"gross", row.getGross()},
                                                                       {"holiday_allowance", row.getHolidayAllowance()},
                                                                       {"leave_minutes", row.getLeave()}};
        EXPECT_EQ(row.getDue(), 0) << "everything due is paid";
      });
  std::vector<InvoiceId> invoices;
  client::read_rows(
      connection, [&] { return connection.queries().invoicesRequest(); },
      [&](schema::Invoice::Reader row) {
        Json& client = money["clients"][names.at(codec::read_id(row.getClient()))];
        client = {{"minutes", 0}, {"net", row.getNet()}, {"vat", row.getVat()}};
        invoices.emplace_back(codec::read_id(row.getInvoice()));
      });
  for (const InvoiceId invoice : invoices) {
    client::read_rows(
        connection,
        [&] {
          auto request = connection.queries().invoiceLinesRequest();
          codec::write(invoice, request.initInvoice());
          return request;
        },
        [&](schema::BilledLine::Reader row) {
          add(money["clients"][names.at(codec::read_id(row.getParties().getClient()))], "minutes",
              row.getHours().getMinutes());
        });
  }
  return money;
}

Money paid_by_bank(Agency& agency) {
  client::Connection& connection = agency.office().desk().connection();
  std::int64_t cents = 0;
  client::read_rows(
      connection, [&] { return connection.queries().paymentsRequest(); },
      [&](schema::Payment::Reader row) {
        if (row.getStatus() == schema::PaymentStatus::SETTLED) cents += row.getAmount();
      });
  return Money::of(cents);
}

TEST_F(Timesheets, ArePaidAndInvoicedOnceAndComeToTheCentsOfAScript) {
  // Given all hours are approved
  import_all();
  submit_all();
  std::map<std::string, std::vector<SheetAt>> sheets_of;
  for (const SheetAt& sheet : sheets_)
    sheets_of[sheet.job.is_own() ? kSubstitute : sheet.job.authoriser].push_back(sheet);
  for (const auto& [approver, sheets] : sheets_of) EXPECT_TRUE(approve(approver, sheets).empty());

  // When everything is paid and invoiced
  client::BackOffice back_office(agency_->office().desk(), agency_->office().random());
  const Date today = agency_->office().desk().connection().zone().local_day(SystemClock().now());
  const auto run = client::run_payroll(agency_->office(), sheets_.begin()->week, today, today);
  EXPECT_TRUE(run.left.empty());
  const auto payments = back_office.prepare(run.run, true);
  agency_->paymasters().act_by_two({client::BackOffice::release_of(payments)});
  back_office.settle(payments);
  std::vector<client::NotSettled> left;
  const auto invoices = back_office.invoice(back_office.sheets_to_invoice(), left);
  EXPECT_TRUE(left.empty());

  // Then minutes and cents are those of the script, and the books agree with one another
  const Json money = money_in(*agency_), wanted = expected()["money"];
  EXPECT_EQ(money, wanted) << Json::diff(wanted, money).dump(1).substr(0, 4'000);
  EXPECT_EQ(invoices.size(), wanted["clients"].size());
  EXPECT_EQ(payments.payments, wanted["workers"].size());
  EXPECT_EQ(payments.amount, run.net);
  EXPECT_EQ(paid_by_bank(*agency_), run.net);
  EXPECT_EQ(client::balances_of(agency_->office().desk().connection()), client::Balances());
}

}  // namespace
}  // namespace placet::timesheets
