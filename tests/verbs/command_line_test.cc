// What somebody meets at a terminal: statuses, messages, tables and the forms for scripts.

#include "tests/verbs/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tools/client/daemon.h"
#include "tools/client/office.h"
#include "tools/client/scratch.h"

namespace placet {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr int kNo = 1;
constexpr int kCouldNotFindOut = 2;
constexpr int kWrongUsage = 64;
constexpr const char* kNobody = "0190163d-8694-739b-aea5-966c26f8ad91";

/// On a demo ledger, whose clock stands at Monday 12 October 2026, 06:00 in Amsterdam.
class CommandLine : public ::testing::Test {
 protected:
  CommandLine() { std::ofstream(scratch_.path() / "token") << office_.token() << "\n"; }

  ~CommandLine() noexcept override = default;  // those of Cap'n Proto may throw; those of fixtures must not

  Ran placet(std::vector<std::string> arguments, const std::string& input = "") {
    const std::vector<std::string> who = {"--server", daemon_.server(), "--token-file", scratch_.path() / "token"};
    arguments.insert(arguments.begin(), who.begin(), who.end());
    return run_placet(scratch_.path(), std::move(arguments), input);
  }
  Ran submit(const std::string& lines) { return placet({"submit"}, lines); }
  void expect_wrong_usage(const std::vector<std::string>& arguments, const std::string& words) {
    const Ran ran = placet(arguments);
    EXPECT_EQ(ran.status, kWrongUsage) << ran.errors;
    EXPECT_THAT(ran.errors, HasSubstr(words));
  }

  client::ScratchFolder scratch_;
  std::vector<std::string> invites_ = client::found_ledger(scratch_.path() / "ledger", "demo.placet.example");
  client::Daemon daemon_{scratch_.path() / "ledger"};
  client::Office office_{daemon_.server(), invites_[0], invites_[1]};
};

std::string register_person(const std::string& id) {
  return R"({"command": {"registerPerson": {"person": ")" + id + R"(", "name": "Cas"}}})";
}

TEST_F(CommandLine, EndsWithTheStatusOfTheAnswer) {
  EXPECT_EQ(submit(register_person(kNobody)).status, 0);
  const Ran refused = submit(register_person(kNobody));
  EXPECT_EQ(refused.status, kNo);
  EXPECT_EQ(Json::parse(refused.out)["refused"]["code"], "alreadyExists");
  EXPECT_EQ(placet({"history", "0190163d-8694-739b-aea5-966c26f8ad99"}).status, kNo);
  EXPECT_EQ(placet({"agree", "3"}).status, kNo);
  EXPECT_EQ(placet({"log", "read", "--from", "99999"}).status, kCouldNotFindOut);
  const Ran unreachable =
      run_placet(scratch_.path(), {"--server", "127.0.0.1:1", "--token-file", scratch_.path() / "token", "persons"});
  EXPECT_EQ(unreachable.status, kCouldNotFindOut);
  EXPECT_THAT(unreachable.errors, HasSubstr("127.0.0.1:1: cannot be reached"));
}

TEST_F(CommandLine, SaysHowItIsUsed) {
  expect_wrong_usage({}, "Subcommands:");
  expect_wrong_usage({"sheets"}, "not expected: sheets");
  expect_wrong_usage({"timesheets", "--status", "late"}, "--status: must be one of open, submitted");
  expect_wrong_usage({"timesheets", "--from", "12-10-2026"}, "--from: must be a day");
  expect_wrong_usage({"timesheets", "--placement", "P-1042"}, "--placement: must be a UUID");
  expect_wrong_usage({"timesheets", "--effective", "today"}, "--effective: must be a day");
  expect_wrong_usage({"timesheets", "--as-of", "99999999999999999999"}, "--as-of: must be a number of events");
  expect_wrong_usage({"entries", "P-1042"}, "SHEET: must be a UUID");
  expect_wrong_usage({"user", "add", "--name", "A", "--email", "a@b.example", "--role", "boss", "--invite-file", "x"},
                     "--role: must be worker");
}

TEST_F(CommandLine, RegistersNobodyWhoseInviteHasNoPlace) {
  const std::string before = placet({"persons"}).out;
  expect_wrong_usage({"user", "add", "--name", "A", "--email", "a@b.example", "--role", "auditor", "--invite-file",
                      scratch_.path() / "token"},
                     "is there already");
  EXPECT_EQ(placet({"persons"}).out, before);
}

TEST_F(CommandLine, SaysWhereACommandIsNone) {
  const std::pair<const char*, const char*> faults[] = {
      {R"({"command": {"registerPerson": )", "line 3: column 32: syntax error"},
      {R"({"command": {"registerPersn": {}}})", "line 3: command.registerPersn: there is no such field"},
      {R"({"command": {"registerPerson": {"person": "1"}}})", "line 3: command.registerPerson.person: must be a UUID"},
      {R"({"command": {"recordEntry": {"worked": {"day": "12-10-2026"}}}})",
       "line 3: command.recordEntry.worked.day: must be a day"},
      {R"({"command": {"grantRole": {"role": "boss"}}})", "line 3: command.grantRole.role: must be one of worker,"},
      {R"({"command": {"importHours": {"entries": [{}, {"worked": {"minutes": "x"}}]}}})",
       "line 3: command.importHours.entries[1].worked.minutes: must be a whole number"},
      {R"([])", "line 3: must be an object"}};
  for (const auto& [line, words] : faults) {
    const Ran ran = submit(register_person(kNobody) + "\n\n" + line + "\n");
    EXPECT_EQ(ran.status, kWrongUsage) << line;
    EXPECT_THAT(ran.errors, HasSubstr(words));
    EXPECT_THAT(ran.errors, HasSubstr("Nothing from line 1 on was sent."));
    EXPECT_EQ(ran.out, "");
  }
  EXPECT_EQ(Json::parse(submit(R"({"command": {}})").out)["refused"]["message"], "command: is missing");
  EXPECT_EQ(submit(register_person(kNobody)).status, 0) << "it was not sent before";
}

TEST_F(CommandLine, TellsTimesAsTheClocksOfTheLedgerDo) {
  EXPECT_THAT(placet({"log", "read", "--count", "1"}).out, HasSubstr("2026-10-12 06:00"));
  EXPECT_THAT(placet({"accounts"}).out, HasSubstr("2026-10-12 06:00"));
  EXPECT_THAT(placet({"status"}).out, HasSubstr("its clock says 2026-10-12 06:00\n"));
  EXPECT_THAT(placet({"--output", "csv", "accounts"}).out, HasSubstr("2026-10-12T04:00:00"));
}

TEST_F(CommandLine, ShowsTheRolesOfAPersonInWords) {
  EXPECT_THAT(placet({"persons"}).out, HasSubstr("Ada Admiraal  backOffice, administrator\n"));
}

TEST_F(CommandLine, AnswersWithoutRowsHaveTheirForm) {
  EXPECT_THAT(placet({"--output", "csv", "timesheets"}).out, StartsWith("sheet,parties.placement,"));
  EXPECT_EQ(placet({"--output", "ndjson", "timesheets"}).out, "");
  EXPECT_EQ(Json::parse(placet({"--output", "json", "timesheets"}).out)["rows"], Json::array());
  const Ran table = placet({"timesheets"});
  EXPECT_EQ(table.out, "");
  EXPECT_THAT(table.errors, StartsWith("0 rows, as of size "));
}

TEST_F(CommandLine, SaysHowTheServiceIsInEveryForm) {
  const Ran table = placet({"status"});
  EXPECT_THAT(table.out, HasSubstr("\nprojection        version  state  events  "));
  EXPECT_THAT(table.out, HasSubstr("\ntimesheets  "));
  EXPECT_THAT(table.out, HasSubstr("\nsnapshots    none yet"));
  EXPECT_THAT(table.out, HasSubstr("  live  "));
  EXPECT_THAT(table.errors, StartsWith("8 rows, as of size "));

  const Json json = Json::parse(placet({"--output", "json", "status"}).out);
  ASSERT_EQ(json["rows"].size(), 1U) << "a ledger";
  EXPECT_EQ(json["rows"][0]["basis"]["size"], std::to_string(json["basis"].get<std::uint64_t>()));
  EXPECT_EQ(json["rows"][0]["origin"], "demo.placet.example");
  EXPECT_EQ(json["rows"][0]["projections"].size(), 8U);

  const Ran ndjson = placet({"--output", "ndjson", "status"});
  EXPECT_EQ(ndjson.out.find('\n'), ndjson.out.size() - 1) << "one line";
  EXPECT_EQ(Json::parse(ndjson.out)["now"], "2026-10-12T04:00:00.000000Z");

  const Ran csv = placet({"--output", "csv", "status"});
  EXPECT_THAT(csv.out, StartsWith("version,origin,zone,basis.ledger,basis.size,now,diskFreeBytes,projections,followers,"
                                  "backups.newest.id,backups.newest.size,backups.newest.at,backups.restored.id,"));
  EXPECT_EQ(std::ranges::count(csv.out, '\n'), 2) << "a header and a row";
  EXPECT_THAT(csv.out, HasSubstr("name=timesheets,"));
}

TEST_F(CommandLine, ReadsOfTheLogWhatItIsAskedFor) {
  const Ran ran = placet({"--output", "ndjson", "log", "read", "--type", "personRegistered"});
  std::istringstream lines(ran.out);
  int found = 0;
  for (std::string line; std::getline(lines, line); ++found)
    EXPECT_TRUE(Json::parse(line)["event"].contains("personRegistered")) << line;
  EXPECT_EQ(found, 2) << "the two administrators";
  EXPECT_EQ(placet({"log", "read", "--since", "2030-01-01T00:00:00Z"}).out, "") << "nothing is of then";
  for (const auto& wrong : std::vector<std::vector<std::string>>{
           {"--type", "personregistered"}, {"--category", "people"}, {"--stream", "17"}, {"--since", "yesterday"}}) {
    const Ran refused = placet({"log", "read", wrong[0], wrong[1]});
    EXPECT_EQ(refused.status, 64) << wrong[0];
    EXPECT_THAT(refused.errors, HasSubstr("'" + wrong[1] + "'"));
  }
}

TEST_F(CommandLine, ReadsTheLogFromWhereItIsTold) {
  const Ran ran = placet({"--output", "ndjson", "log", "read", "--from", "3", "--count", "2"});
  std::istringstream lines(ran.out);
  for (const char* position : {"3", "4"}) {
    std::string line;
    std::getline(lines, line);
    const Json event = Json::parse(line);
    EXPECT_EQ(event["position"], position);
    for (const char* id : {"stream", "commandId"})
      EXPECT_TRUE(Uuid::parse(event[id].get<std::string>())) << id << " of " << line;
  }
}

TEST(Help, OfEveryVerbHasAnExample) {
  const client::ScratchFolder scratch;
  std::istringstream help(run_placet(scratch.path(), {"--help"}).out);
  std::string line;
  while (std::getline(help, line) && line != "Subcommands:") {
  }
  unsigned verbs = 0;
  for (std::string verb; std::getline(help, line) && std::istringstream(line) >> verb; ++verbs)
    EXPECT_THAT(run_placet(scratch.path(), {verb, "--help"}).out, HasSubstr("Example:\n  ")) << verb;
  EXPECT_GT(verbs, 20U);
}

}  // namespace
}  // namespace placet
