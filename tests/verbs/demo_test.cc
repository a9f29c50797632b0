#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tools/client/daemon.h"
#include "tools/client/office.h"
#include "tools/client/scratch.h"

namespace placet {
namespace {

using domain::RejectionCode;

constexpr Timestamp kFirstMonday{1'791'777'600'000'000};  // 2026-10-12T04:00:00Z
constexpr std::int64_t kDay = 86'400'000'000;
constexpr Timestamp kTuesday{kFirstMonday.micros + kDay};

struct Printed {
  int status = 0;
  std::string text;
};

Printed run_demo(const std::string& arguments) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "placet";
  FILE* pipe = ::popen((program + " demo " + arguments + " 2>&1").c_str(), "r");
  Printed printed;
  char buffer[4096];
  for (std::size_t count = 0; (count = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    printed.text.append(buffer, count);
  printed.status = ::pclose(pipe);
  return printed;
}

/// The lines between the fences that follow the marker.
std::string block_of_readme() {
  std::ifstream in(PLACET_README);
  const std::string readme(std::istreambuf_iterator<char>(in), {});
  const auto marker = readme.find("<!-- demo-output -->\n```\n");
  if (marker == std::string::npos) return "no block marked demo-output";
  const auto first = readme.find("```\n", marker) + 4;
  return readme.substr(first, readme.find("```", first) - first);
}

TEST(Demo, PrintsWhatTheReadmeShows) {
  const Printed printed = run_demo("");
  EXPECT_EQ(printed.status, 0);
  EXPECT_EQ(printed.text, block_of_readme());
}

TEST(Demo, KeepsTheDataAndEndsWithItsSumsAsJson) {
  const client::ScratchFolder scratch;
  const Printed printed = run_demo("--json --data " + (scratch.path() / "kept").string());
  ASSERT_EQ(printed.status, 0) << printed.text;
  const auto start_of_last = printed.text.rfind('\n', printed.text.size() - 2) + 1;
  const auto sums = nlohmann::json::parse(printed.text.substr(start_of_last));
  EXPECT_EQ(sums.size(), 10U);
  EXPECT_EQ(sums["placements"], 41);
  EXPECT_EQ(sums["head"].get<std::string>().size(), 64U);
  EXPECT_GT(sums["minutes_approved"], 0);
  EXPECT_GT(sums["approvals"], 0);
  EXPECT_GT(sums["payslips"], 0);
  EXPECT_GT(sums["invoices"], 0);
  EXPECT_GT(sums["payments"], 0);
  EXPECT_EQ(sums["journal_sum_cents"], 0);
  EXPECT_EQ(sums["open_minutes_unexplained"], 0);
  EXPECT_GT(sums["events"], sums["approvals"]);
  EXPECT_NO_THROW(client::Daemon(scratch.path() / "kept")) << "the kept ledger starts again";
}

Timestamp clock_of(client::Connection& connection) {
  const auto status = connection.operations().statusRequest().send().wait(connection.wait_scope());
  return {status.getResult().getLedger().getNow()};
}

std::string read_line(FILE* pipe) {
  std::string line;
  for (int c = 0; (c = std::fgetc(pipe)) != EOF && c != '\n';) line.push_back(static_cast<char>(c));
  return line;
}

TEST(Demo, StaysUpUntilItIsStoppedAndSaysHowToTalkToIt) {
  const client::ScratchFolder scratch;
  const auto data = scratch.path() / "served";
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "placet";
  const std::string command = "echo $$; exec " + program + " demo --serve --data " + data.string() + " 2>&1";
  FILE* pipe = ::popen(command.c_str(), "r");
  const pid_t pid = std::stoi(read_line(pipe));
  std::string server, line;
  const std::string before_server = "export PLACET_SERVER=";
  while (line != "Ctrl-C stops it." && std::feof(pipe) == 0) {
    line = read_line(pipe);
    if (const auto at = line.find(before_server); at != std::string::npos)
      server = line.substr(at + before_server.size());
  }
  ASSERT_EQ(line, "Ctrl-C stops it.");
  for (const std::string name : {"ada", "vera", "carla", "sanne"}) {
    const auto file = data.string() + ".keys/" + name + ".token";
    struct stat status{};
    ASSERT_EQ(::stat(file.c_str(), &status), 0) << file;
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << file;
    std::string token;
    std::getline(std::ifstream(file), token);
    EXPECT_NO_THROW(client::Desk(server, token)) << name << " signs in";
  }
  std::string token;
  std::getline(std::ifstream(data.string() + ".keys/ada.token"), token);
  {
    client::Desk ada(server, token);
    const Timestamp first = clock_of(ada.connection());
    EXPECT_LT(first, clock_of(ada.connection())) << "the clock ticks";
    EXPECT_GE(first, *Timestamp::parse("2026-11-02T07:55:00Z"));
  }
  ::kill(pid, SIGINT);
  EXPECT_EQ(::pclose(pipe), 0);
}

/// What the ledger says to the call.
RejectionCode code_of(client::Connection& connection, Timestamp to) {
  try {
    connection.move_clock(to, false);
    return RejectionCode::unspecified;
  } catch (const client::Refused& refused) {
    return refused.code;
  }
}

class MoveClock : public ::testing::Test {
 protected:
  void found(const std::string& origin) {
    data_ = scratch_.path() / "ledger";
    const auto invites = client::found_ledger(data_, origin);
    daemon_ = std::make_unique<client::Daemon>(data_);
    office_ = std::make_unique<client::Office>(daemon_->server(), invites[0], invites[1]);
  }
  client::Connection& ada() { return office_->desk().connection(); }

  client::ScratchFolder scratch_;
  std::filesystem::path data_;
  std::unique_ptr<client::Daemon> daemon_;
  std::unique_ptr<client::Office> office_;
};

TEST_F(MoveClock, MovesOnADemoLedgerAndCommandsAreDecidedAtThatTime) {
  found("demo.placet.example");
  EXPECT_EQ(clock_of(ada()), kFirstMonday);
  EXPECT_EQ(code_of(ada(), kTuesday), RejectionCode::unspecified);
  EXPECT_EQ(clock_of(ada()), kTuesday);
  EXPECT_NO_THROW(office_->act({domain::RegisterPerson{office_->fresh<PersonId>(), Box::plain("Cas")}}));
}

TEST_F(MoveClock, StandsWhereTheLogEndsAfterARestart) {
  found("demo.placet.example");
  const std::string token = office_->token();
  ada().move_clock(kTuesday, false);
  office_->act({domain::RegisterPerson{office_->fresh<PersonId>(), Box::plain("Cas")}});
  office_.reset();
  daemon_.reset();
  daemon_ = std::make_unique<client::Daemon>(data_);
  client::Desk desk(daemon_->server(), token);
  EXPECT_EQ(clock_of(desk.connection()), kTuesday);
}

TEST_F(MoveClock, IsRefusedBackwardsAndTooFar) {
  found("demo.placet.example");
  EXPECT_EQ(code_of(ada(), {kFirstMonday.micros - 1}), RejectionCode::malformed);
  EXPECT_EQ(code_of(ada(), {kFirstMonday.micros + 62 * kDay + 1}), RejectionCode::too_large);
  EXPECT_EQ(code_of(ada(), {INT64_MAX}), RejectionCode::too_large);
  EXPECT_EQ(code_of(ada(), {INT64_MIN}), RejectionCode::malformed);
  EXPECT_EQ(clock_of(ada()), kFirstMonday);
}

TEST_F(MoveClock, IsRefusedOnALedgerThatIsNoDemo) {
  found("ledger.placet.example");
  EXPECT_EQ(code_of(ada(), {clock_of(ada()).micros + kDay}), RejectionCode::not_found);
}

TEST_F(MoveClock, IsRefusedToWhoeverIsNoAdministrator) {
  found("demo.placet.example");
  const auto person = office_->fresh<PersonId>();
  office_->act({domain::RegisterPerson{person, Box::plain("Cas")}});
  office_->act_by_two({domain::GrantRole{person, domain::Role::back_office, {}, {}, {}}});
  const auto cas = office_->sign_in(person, "cas@demo.example");
  EXPECT_EQ(code_of(cas->connection(), kTuesday), RejectionCode::not_found);
  EXPECT_EQ(clock_of(ada()), kFirstMonday);
}

}  // namespace
}  // namespace placet
