#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "codec/record.h"
#include "tests/verbs/run.h"
#include "tools/client/daemon.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet {
namespace {

using Json = nlohmann::json;
using ::testing::Each;
using ::testing::HasSubstr;

constexpr Date kMonday{18'267};  // 2020-01-06
constexpr unsigned kWorkers = 3;

struct Printed {
  int status = 0;
  std::vector<Json> rows;
  std::string errors;
};

class ImportHours : public ::testing::Test {
 protected:
  ImportHours()
      : data_(scratch_.path() / "ledger"),
        invites_(client::found_ledger(data_, "import.placet.example")),
        daemon_(data_),
        world_(std::make_unique<client::World>(daemon_.server(), invites_[0], invites_[1], kMonday)),
        workers_(world_->place(kWorkers)) {
    write("token", world_->office_token());
  }

  std::string write(const std::string& name, const std::string& text) {
    const auto path = scratch_.path() / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  /// `placet import hours` on such a file.
  Printed import(const std::string& csv, std::vector<std::string> options = {}) {
    const std::vector<std::string> verb = {"import", "hours", write("hours.csv", csv)};
    options.insert(options.begin(), verb.begin(), verb.end());
    const Ran ran = placet("ndjson", std::move(options));
    Printed run{ran.status, {}, ran.errors};
    std::istringstream lines(ran.out);
    for (std::string line; std::getline(lines, line);) run.rows.push_back(Json::parse(line));
    return run;
  }
  Ran placet(const std::string& form, std::vector<std::string> arguments) {
    const std::vector<std::string> start = {
        "--server", daemon_.server(), "--token-file", scratch_.path() / "token", "--output", form};
    arguments.insert(arguments.begin(), start.begin(), start.end());
    return run_placet(scratch_.path(), std::move(arguments));
  }

  /// The periods of the sheets on which the log has entries, one for each entry.
  std::vector<domain::Period> periods_in_the_log() {
    std::vector<domain::Period> periods;
    client::Follower().read_on(world_->office().connection(), [&](BytesView record) {
      const auto stored = codec::read_record(record);
      if (!stored) return;
      if (const auto* entry = std::get_if<domain::EntryRecorded>(&stored->event)) periods.push_back(entry->period);
    });
    return periods;
  }
  std::size_t entries_in_the_log() { return periods_in_the_log().size(); }

  /// A placement by four weeks, two periods of which are published, from kMonday on.
  std::string placement_by_four_weeks() {
    domain::PublishCalendar calendar{domain::PeriodKind::four_weeks, 2020, {}};
    for (int first = 0; first < 56; first += 28) {
      const Date begin = kMonday.plus_days(first), next = begin.plus_days(28);
      calendar.periods.push_back({begin, next.plus_days(-1), next, next, next, next, next});
    }
    SeededRandom random(20'200'106);
    world_->office().act({calendar}, random);
    return world_->place(1, domain::PeriodKind::four_weeks).front().placement.to_string();
  }

  std::string placement(unsigned worker) const { return workers_.at(worker).placement.to_string(); }

  client::ScratchFolder scratch_;
  std::filesystem::path data_;
  std::vector<std::string> invites_;
  client::Daemon daemon_;
  std::unique_ptr<client::World> world_;
  std::vector<client::PlacedWorker> workers_;
};

std::vector<std::string> outcomes_of(const Printed& run) {
  std::vector<std::string> outcomes;
  for (const Json& row : run.rows) outcomes.push_back(row["outcome"]);
  return outcomes;
}

std::string day(int after_monday) { return kMonday.plus_days(after_monday).to_string(); }

TEST_F(ImportHours, OfASmallFileIsOneCommandAndRepeatsAsOne) {
  const std::string csv = "placement,day,hours\n" + placement(0) + "," + day(0) + ",8\n" + placement(1) + "," + day(0) +
                          ",7.5\n" + placement(0) + "," + day(7) + ",8\n";
  const Printed first = import(csv);
  EXPECT_EQ(first.status, 0) << first.errors;
  EXPECT_THAT(outcomes_of(first), ::testing::ElementsAre("recorded", "recorded", "recorded"));
  const auto position = std::stoull(first.rows.at(0)["position"].get<std::string>());
  EXPECT_EQ(first.rows[2]["position"], std::to_string(position + 2));
  EXPECT_EQ(first.rows[2]["line"], 4);

  const Printed again = import(csv);
  EXPECT_EQ(again.status, 0) << again.errors;
  EXPECT_THAT(outcomes_of(again), Each("repeated"));
  EXPECT_EQ(again.rows.at(0)["position"], first.rows[0]["position"]);
  EXPECT_EQ(entries_in_the_log(), 3U);
}

TEST_F(ImportHours, OfMoreSheetsThanOneCommandTakesIsOneCommandPerSheet) {
  std::string csv = "placement,day,hours\n";
  constexpr int kWeeks = 30;
  for (unsigned worker = 0; worker < kWorkers; ++worker) {
    for (int week = 0; week < kWeeks; ++week) csv += placement(worker) + "," + day(7 * week) + ",8\n";
  }
  EXPECT_THAT(outcomes_of(import(csv)), Each("recorded"));
  EXPECT_EQ(entries_in_the_log(), std::size_t{kWorkers * kWeeks});
  EXPECT_THAT(outcomes_of(import(csv)), Each("repeated"));
  EXPECT_EQ(entries_in_the_log(), std::size_t{kWorkers * kWeeks});
}

TEST_F(ImportHours, DryRunRecordsNothing) {
  const Printed run = import("placement,day,hours\n" + placement(0) + "," + day(0) + ",8\n", {"--dry-run"});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_THAT(outcomes_of(run), Each("valid"));
  EXPECT_EQ(entries_in_the_log(), 0U);
}

TEST_F(ImportHours, RefusesEachBadRowAndRecordsNone) {
  const Printed run = import("placement,day,hours\n" + placement(0) + "," + day(0) + ",8\n" + placement(0) + ",,8\n" +
                             placement(0) + "," + day(0) + ",17\n" + placement(0) + "," + day(1) + "\n");
  EXPECT_EQ(run.status, 1) << run.errors;
  EXPECT_THAT(outcomes_of(run), ::testing::ElementsAre("valid", "refused", "refused", "refused"));
  EXPECT_EQ(run.rows[1]["code"], "noDate");
  EXPECT_EQ(run.rows[2]["code"], "hoursOverDay");
  EXPECT_EQ(run.rows[3]["code"], "malformed");
  EXPECT_EQ(entries_in_the_log(), 0U);
}

TEST_F(ImportHours, LeavesOutWhatIsInOneCommandWithARefusedRow) {
  EXPECT_EQ(import("placement,day,hours\n" + placement(0) + "," + day(0) + ",20\n").status, 0);
  const Printed run =
      import("placement,day,hours\n" + placement(1) + "," + day(0) + ",8\n" + placement(0) + "," + day(0) + ",8\n");
  EXPECT_EQ(run.status, 1) << run.errors;
  EXPECT_THAT(outcomes_of(run), ::testing::ElementsAre("leftOut", "refused"));
  EXPECT_EQ(run.rows[1]["code"], "hoursOverDay");
  EXPECT_THAT(run.rows[0]["message"].get<std::string>(), HasSubstr("line 3"));
  EXPECT_EQ(entries_in_the_log(), 1U);
}

TEST_F(ImportHours, GoesOnThePeriodsByWhichEachPlacementIsKept) {
  const std::string by_four_weeks = placement_by_four_weeks();
  const std::string csv = "placement,day,hours\n" + by_four_weeks + "," + day(0) + ",8\n" + by_four_weeks + "," +
                          day(27) + ",8\n" + by_four_weeks + "," + day(28) + ",8\n" + placement(0) + "," + day(27) +
                          ",8\n";
  const Printed run = import(csv);
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_THAT(outcomes_of(run), Each("recorded"));
  const domain::Period first{domain::PeriodKind::four_weeks, kMonday};
  EXPECT_THAT(
      periods_in_the_log(),
      ::testing::ElementsAre(first, first, domain::Period{domain::PeriodKind::four_weeks, kMonday.plus_days(28)},
                             domain::Period{domain::PeriodKind::week, kMonday.plus_days(21)}));
  EXPECT_THAT(outcomes_of(import(csv)), Each("repeated"));
}

TEST_F(ImportHours, RefusesADayThatNoPublishedPeriodHoldsInADryRunToo) {
  const std::string by_four_weeks = placement_by_four_weeks();
  for (const std::vector<std::string>& options : {std::vector<std::string>{}, {"--dry-run"}}) {
    const Printed run = import(
        "placement,day,hours\n" + by_four_weeks + "," + day(55) + ",8\n" + by_four_weeks + "," + day(56) + ",8\n",
        options);
    EXPECT_EQ(run.status, 1) << run.errors;
    EXPECT_THAT(outcomes_of(run), ::testing::ElementsAre("valid", "refused"));
    EXPECT_EQ(run.rows[1]["code"], "notPublished");
    EXPECT_THAT(run.rows[1]["message"].get<std::string>(), HasSubstr("payroll calendar"));
  }
  EXPECT_EQ(entries_in_the_log(), 0U);
}

TEST_F(ImportHours, RefusesAPlacementThatIsNotThere) {
  const Printed run = import("placement,day,hours\n0190163d-8694-739b-aea5-966c26f8ad91," + day(0) + ",8\n");
  EXPECT_EQ(run.status, 1) << run.errors;
  EXPECT_EQ(run.rows.at(0)["code"], "notFound");
}

TEST_F(ImportHours, RefusesTheSameHoursFromAnotherFile) {
  const std::string row = placement(0) + "," + day(0) + ",8\n";
  EXPECT_EQ(import("placement,day,hours\n" + row).status, 0);
  const Printed other = import("placement,day,hours\n" + row + placement(0) + "," + day(1) + ",8\n");
  EXPECT_EQ(other.status, 1);
  EXPECT_EQ(other.rows.at(0)["code"], "alreadyExists");
  EXPECT_EQ(entries_in_the_log(), 1U);
}

TEST_F(ImportHours, ReadsWhatASpreadsheetWrites) {
  write("placements.csv", "name;id\nKade;" + placement(0) + "\n");
  const Printed run = import("Opdracht;Datum;Van;Tot;Pauze;Opmerking\r\nKade;13-10-2025;08:30;17:00;30;Caf\xe9\r\n",
                             {"--separator", ";", "--encoding", "windows-1252", "--date-format", "%d-%m-%Y",
                              "--placements", scratch_.path() / "placements.csv", "--map",
                              "placement=Opdracht,day=Datum,start=Van,end=Tot,break=Pauze,note=Opmerking"});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_THAT(outcomes_of(run), Each("recorded"));
}

TEST_F(ImportHours, AreReportedInEveryForm) {
  const std::string file =
      write("hours.csv", "placement,day,hours\n" + placement(0) + "," + day(0) + ",8\nx," + day(0) + ",8\n");
  const Ran table = placet("table", {"import", "hours", file});
  EXPECT_THAT(table.out,
              ::testing::StartsWith("    line  outcome     position  why not\n       2  valid\n       3  refused"));
  EXPECT_EQ(table.status, 1);
  const Ran csv = placet("csv", {"import", "hours", file});
  EXPECT_THAT(csv.out,
              ::testing::StartsWith("line,outcome,position,code,message\r\n2,valid,,,\r\n3,refused,,malformed,"));
  EXPECT_EQ(Json::parse(placet("json", {"import", "hours", file}).out)["rows"].size(), 2U);
}

TEST_F(ImportHours, StandOnTheSheetByDay) {
  std::string csv = "placement,day,hours\n";
  for (const int on : {4, 0, 3, 1, 2}) csv += placement(0) + "," + day(on) + ",8\n";
  EXPECT_EQ(import(csv).status, 0);
  const auto sheet = Json::parse(placet("json", {"timesheets"}).out)["rows"].at(0)["sheet"].get<std::string>();
  std::vector<std::string> days;
  const Json entries = Json::parse(placet("json", {"entries", sheet}).out);
  for (const Json& row : entries["rows"]) days.push_back(row["day"]);
  EXPECT_THAT(days, ::testing::ElementsAre(day(0), day(1), day(2), day(3), day(4)));
}

TEST_F(ImportHours, SaysWhereAFileIsNoCsv) {
  const Printed run = import("placement,day,hours\nx,\"y\"z,8\n");
  EXPECT_EQ(run.status, 1) << run.errors;
  EXPECT_EQ(run.rows.at(0)["line"], 2);
  EXPECT_THAT(run.rows[0]["message"].get<std::string>(), HasSubstr("column 2"));
}

TEST_F(ImportHours, NeedsTheColumnsThatMakeHours) {
  const Printed run = import("placement,when,hours\n");
  EXPECT_EQ(run.status, 64);
  EXPECT_THAT(run.errors, HasSubstr("no column 'day'"));
}

}  // namespace
}  // namespace placet
