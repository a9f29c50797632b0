// Real hours through a running ledger: the published timesheets, from the import to the approvals. What the ledger then
// holds must be what expected.py computes from the same files.

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "codec/ids.h"
#include "codec/record.h"
#include "domain/rejection.h"
#include "domain/streams.h"
#include "tests/conformance/timesheets/agency.h"
#include "tools/client/daemon.h"
#include "tools/client/scratch.h"
#include "tools/import/hours_import.h"

namespace placet::timesheets {
namespace {

using namespace domain;
using Json = nlohmann::json;

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

void add(Json& counts, const std::string& what, std::int64_t more) {
  counts[what] = (counts.contains(what) ? counts[what].get<std::int64_t>() : 0) + more;
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
  }

  /// Sends every hour; breaks off after the first call if so wished.
  importing::HoursImport import_all(bool break_off = false) {
    client::Connection& connection = agency_->office().desk().connection();
    importing::HoursImport hours(tasks_.file, importing::zone_of(connection));
    for (const Piece& piece : tasks_.pieces) {
      RecordEntry entry;
      entry.placement = agency_->placement(piece.job);
      entry.period = week_of(piece.day);
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

  std::size_t count(const importing::HoursImport& hours, importing::RowOutcome outcome) {
    return static_cast<std::size_t>(std::count_if(hours.rows().begin(), hours.rows().end(),
                                                  [&](const auto& row) { return row.outcome == outcome; }));
  }

  void submit_all() {
    std::vector<Command> commands;
    for (const SheetAt& sheet : sheets_) commands.push_back(SubmitSheet{agency_->placement(sheet.job), sheet.week});
    agency_->office().act(commands);
  }

  /// `approver` looks at those sheets with his own token, and approves what he sees. Answers how many he was refused.
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
    for (const SheetAt& sheet : sheets) {
      const PlacementId placement = agency_->placement(sheet.job);
      commands.push_back(ApproveHours{placement, sheet.week, {}, seen.at(sheet_of(ledger_, placement, sheet.week))});
    }
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
};

/// What the log says of each authoriser, added up from its events alone.
struct ReadBack {
  Json authorisers = Json::object();
  std::size_t entries = 0, warnings = 0;
  std::int64_t by_substitute = 0;
  std::map<SheetId, std::int64_t> entered, approved;
};

TEST_F(Timesheets, ComeOutOfTheLedgerAsAScriptReadsThem) {
  const Json wanted = expected();
  const auto who = agency_->office().desk().connection().session().whoAmIRequest().send().wait(
      agency_->office().desk().connection().wait_scope());
  ledger_ = LedgerId(codec::read_id(who.getBasis().getLedger()));
  const auto administrator = PersonId(codec::read_id(who.getPerson()));

  // Given every hour that has a date is imported, by an import that broke off and was run again; and every sheet is
  // submitted
  const auto done_before = count(import_all(true), importing::RowOutcome::recorded);
  EXPECT_GT(done_before, 0U);
  const auto hours = import_all();
  EXPECT_EQ(count(hours, importing::RowOutcome::repeated), done_before);
  EXPECT_EQ(count(hours, importing::RowOutcome::recorded), tasks_.pieces.size() - done_before);
  submit_all();

  // When each authoriser approves, and the substitute what was their own
  std::map<std::string, std::vector<SheetAt>> sheets_of;
  for (const SheetAt& sheet : sheets_) sheets_of[sheet.job.authoriser].push_back(sheet);
  std::vector<SheetAt> own;
  for (const auto& [authoriser, sheets] : sheets_of) {
    for (const auto& [sheet, code] : approve(authoriser, sheets)) {
      EXPECT_EQ(code, RejectionCode::own_hours);
      EXPECT_EQ(sheet.job.developer, authoriser);
      own.push_back(sheet);
    }
  }
  EXPECT_TRUE(approve(kSubstitute, own).empty());

  // Then the log holds what the script says
  std::map<std::string, std::string> authoriser_of;  // of a placement
  std::map<PersonId, std::string> name_of;
  for (const auto& [job, placement] : agency_->placements()) {
    authoriser_of[placement.to_string()] = job.authoriser;
    name_of[agency_->person(job.authoriser)] = job.authoriser;
  }
  ReadBack log;
  client::Follower().read_on(agency_->office().desk().connection(), [&](BytesView record) {
    const auto stored = codec::read_record(record);
    ASSERT_TRUE(stored);
    const SheetId sheet(stored->meta.stream.id);
    if (const auto* entry = std::get_if<EntryRecorded>(&stored->event)) {
      ++log.entries;
      EXPECT_EQ(stored->meta.actor.person, administrator);
      EXPECT_EQ(stored->meta.actor.channel, Channel::import_);
      Json& counts = log.authorisers[authoriser_of.at(entry->placement.to_string())];
      add(counts, "entered_minutes", entry->worked.minutes.count());
      if (log.entered.emplace(sheet, 0).second) add(counts, "sheets", 1);
      log.entered[sheet] += entry->worked.minutes.count();
    } else if (const auto* approval = std::get_if<DaysApproved>(&stored->event)) {
      log.approved[sheet] += approval->minutes.count();
      if (stored->meta.actor.person == agency_->person(kSubstitute))
        log.by_substitute += approval->minutes.count();
      else
        add(log.authorisers[name_of.at(stored->meta.actor.person)], "approved_minutes", approval->minutes.count());
    } else if (const auto* appointment = std::get_if<ApproverAppointed>(&stored->event)) {
      if (appointment->is_worker) ++log.warnings;
    }
  });
  std::int64_t own_minutes = 0;
  for (const SheetAt& sheet : own) {
    const std::int64_t minutes = log.entered.at(sheet_of(ledger_, agency_->placement(sheet.job), sheet.week));
    add(log.authorisers[sheet.job.authoriser], "own_hours_sheets", 1);
    add(log.authorisers[sheet.job.authoriser], "own_hours_minutes", minutes);
    own_minutes += minutes;
  }
  std::size_t own_jobs = 0, own_rows = 0;
  for (const auto& [job, rows] : tasks_.jobs) {
    add(log.authorisers[job.authoriser], "rows", static_cast<std::int64_t>(rows));
    if (job.developer == job.authoriser) ++own_jobs;
  }
  for (const RefusedRow& row : tasks_.refused) {
    add(log.authorisers[row.job.authoriser], row.code + "_rows", 1);
    add(log.authorisers[row.job.authoriser], row.code + "_minutes", row.minutes.count());
  }
  std::set<unsigned> lines_of_own;
  for (const Piece& piece : tasks_.pieces) {
    if (piece.job.developer == piece.job.authoriser) lines_of_own.insert(piece.line);
  }
  own_rows = lines_of_own.size();

  EXPECT_EQ(log.authorisers, wanted["authorisers"]) << Json::diff(wanted["authorisers"], log.authorisers).dump(1);
  EXPECT_EQ(log.entries, wanted["entries"]);
  EXPECT_EQ(log.entered.size(), wanted["sheets"]);
  EXPECT_EQ(agency_->placements().size(), wanted["placements"]);
  EXPECT_EQ(tasks_.rows, wanted["rows"]);
  EXPECT_EQ(own_rows, wanted["own_hours_rows"]);
  EXPECT_EQ(log.warnings, own_jobs) << "appointments of a worker";
  EXPECT_EQ(log.by_substitute, own_minutes);
  EXPECT_EQ(log.approved, log.entered) << "every sheet is approved, whole and once";
}

}  // namespace
}  // namespace placet::timesheets
