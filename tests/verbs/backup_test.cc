// A ledger is copied while it serves, and made again of the copy: all of it, or nothing and why.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "store/rocks/event_log.h"
#include "tests/e2e/stage.h"
#include "tests/support/seed.h"
#include "tests/verbs/run.h"

namespace placet {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr int kNo = 1;

class BackupVerbs : public ::testing::Test {
 protected:
  BackupVerbs() {
    invites_ = client::found_ledger(data(), "backup.placet.example");
    start();
    world_ = std::make_unique<client::World>(daemon_->server(), invites_[0], invites_[1], e2e::kFirstMonday);
    std::ofstream(path("token")) << world_->office_token();
    world_->place(5);
  }
  ~BackupVerbs() noexcept override = default;  // those of Cap'n Proto may throw; those of fixtures must not

  fs::path path(const std::string& name) const { return scratch_.path() / name; }
  fs::path data() const { return path("ledger"); }
  fs::path backups() const { return path("ledger.backups"); }

  void start() { daemon_ = std::make_unique<client::Daemon>(data()); }
  void stop() {
    world_.reset();
    daemon_.reset();
  }
  Ran placet(std::vector<std::string> arguments) const { return run_placet(scratch_.path(), std::move(arguments)); }
  Ran ask(std::vector<std::string> arguments) const {
    const std::vector<std::string> as = {"--server", daemon_->server(), "--token-file", path("token")};
    arguments.insert(arguments.begin(), as.begin(), as.end());
    return placet(std::move(arguments));
  }
  void back_up() const {
    const Ran ran = ask({"backup"});
    ASSERT_EQ(ran.status, 0) << ran.errors;
  }
  LogSize size() const { return world_->office().connection().size(); }
  /// The key folder as it is now: what was signed later is not known there.
  void keep_keys() const { copy(path("ledger.keys"), path("keys")); }
  Ran restore(int id, const std::vector<std::string>& how) const {
    std::vector<std::string> arguments = {"restore", backups(), "--id", std::to_string(id)};
    arguments.insert(arguments.end(), how.begin(), how.end());
    return placet(arguments);
  }
  Ran restore_to(const std::string& name, int id) const {
    return restore(id, {"--data", path(name), "--keys", path("keys")});
  }
  static void copy(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
  }
  static std::vector<Bytes> records_in(const fs::path& ledger) {
    const auto log = store::open_event_log(ledger / "log", store::OpenMode::read_only).value();
    std::vector<Bytes> records;
    EXPECT_TRUE(log->read({}, [&](LogPosition, BytesView record) {
      records.emplace_back(record);
      return true;
    }));
    return records;
  }
  static std::ptrdiff_t files_in(const fs::path& folder) {
    std::ptrdiff_t count = 0;
    std::error_code gone;  // somebody is at work there
    for (fs::recursive_directory_iterator at(folder, gone), end; at != end && !gone; at.increment(gone)) ++count;
    return count;
  }
  void expect_nothing_left_of(const std::string& name) const {
    EXPECT_FALSE(fs::exists(path(name)));
    EXPECT_FALSE(fs::exists(path(name + ".restoring")));
  }

  client::ScratchFolder scratch_;
  std::vector<std::string> invites_;
  std::unique_ptr<client::Daemon> daemon_;
  std::unique_ptr<client::World> world_;
};

TEST_F(BackupVerbs, ACopyMadeWhileOthersWriteBecomesALedgerThatVerifiesAndServes) {
  const LogSize answered = size();
  keep_keys();
  auto backup = std::async(std::launch::async, [&] { return ask({"backup", "-o", path("now.checkpoint")}); });
  do world_->place(2);
  while (backup.wait_for(std::chrono::seconds(0)) != std::future_status::ready);
  const Ran made = backup.get();
  ASSERT_EQ(made.status, 0) << made.errors;
  std::string key = ask({"checkpoint", "--key"}).out;
  key.pop_back();
  stop();

  const Ran restored = restore_to("again", 1);
  ASSERT_EQ(restored.status, 0) << restored.errors;
  EXPECT_THAT(restored.out, HasSubstr("and every key"));
  const auto verify = [&] {
    return placet({"verify", "--data", path("again"), "--key", key, "--since", path("now.checkpoint")});
  };
  EXPECT_EQ(verify().status, 0) << verify().out;
  const std::vector<Bytes> before = records_in(data()), after = records_in(path("again"));
  ASSERT_GE(after.size(), answered.value) << "what was answered before the copy began is in it";
  ASSERT_LE(after.size(), before.size());
  EXPECT_TRUE(std::equal(after.begin(), after.end(), before.begin()));

  fs::rename(path("keys"), path("again.keys"));
  {
    client::Daemon daemon(path("again"));
    EXPECT_EQ(placet({"--server", daemon.server(), "--token-file", path("token"), "workers", "--as-of",
                      std::to_string(after.size())})
                  .status,
              0);
  }
  EXPECT_EQ(verify().status, 0) << verify().out;
  EXPECT_THAT(verify().out, HasSubstr("rows of projections against a fold"));
}

TEST_F(BackupVerbs, EachIsRestoredByItsId) {
  keep_keys();
  back_up();
  const LogSize first = size();
  world_->place(5);
  back_up();
  const LogSize second = size();
  stop();
  EXPECT_THAT(placet({"restore", backups()}).out, HasSubstr(std::to_string(first.value)));
  ASSERT_EQ(restore_to("first", 1).status, 0);
  ASSERT_EQ(restore_to("second", 2).status, 0);
  EXPECT_EQ(records_in(path("first")).size(), first.value);
  EXPECT_EQ(records_in(path("second")).size(), second.value);
  const Ran unknown = restore_to("third", 3);
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.errors, HasSubstr("there is no back-up 3"));
  expect_nothing_left_of("third");
  EXPECT_EQ(restore_to("first", 1).status, 2) << "writes over nothing";
}

TEST_F(BackupVerbs, OneThatWouldBeAForkIsRefused) {
  back_up();
  world_->place(1);
  stop();  // signs a checkpoint over what the copy lacks
  const Ran refused = restore(1, {"--data", path("fork"), "--keys", path("ledger.keys")});
  EXPECT_EQ(refused.status, kNo);
  EXPECT_THAT(refused.errors, AllOf(HasSubstr("a checkpoint of"), HasSubstr("When it does not start")));
  expect_nothing_left_of("fork");
}

TEST_F(BackupVerbs, ADrillLeavesNothingButItsDateInTheStatus) {
  const auto status = [&] {
    const Ran ran = ask({"status", "--output", "json"});
    EXPECT_EQ(ran.status, 0) << ran.errors;
    return nlohmann::json::parse(ran.out).at("rows").at(0).at("backups");
  };
  EXPECT_FALSE(status().contains("newest"));
  EXPECT_THAT(ask({"status"}).out, HasSubstr("backed up    never"));
  back_up();
  world_->place(1);
  EXPECT_EQ(status()["newest"]["id"], 1);
  EXPECT_FALSE(status().contains("restored"));
  const Ran drill = restore(1, {"--drill", "--keys", path("ledger.keys")});
  EXPECT_EQ(drill.status, 0) << drill.errors;
  EXPECT_EQ(status()["restored"]["id"], 1);
  EXPECT_EQ(status()["restored"]["size"], status()["newest"]["size"]);
  EXPECT_THAT(ask({"status"}).out, HasSubstr("restored     0 minutes ago: back-up 1, of "));
  EXPECT_FALSE(fs::exists(backups() / "drill"));
  EXPECT_FALSE(fs::exists(backups() / "drill.restoring"));
}

TEST_F(BackupVerbs, ADamagedOneIsToldAndLeavesNothing) {
  keep_keys();
  back_up();
  stop();
  int damaged = 0;
  for (const auto& entry : fs::recursive_directory_iterator(backups())) {
    if (!entry.is_regular_file() || entry.file_size() == 0 || entry.path().extension() == ".checkpoint") continue;
    const std::string right = bytes_in(entry.path());
    std::string wrong = right;
    wrong[wrong.size() / 2] = static_cast<char>(wrong[wrong.size() / 2] ^ 1);
    std::ofstream(entry.path(), std::ios::binary) << wrong;
    const Ran ran = restore_to("broken", 1);
    EXPECT_NE(ran.status, 0) << entry.path();
    EXPECT_FALSE(ran.errors.empty());
    expect_nothing_left_of("broken");
    std::ofstream(entry.path(), std::ios::binary) << right;
    ++damaged;
  }
  EXPECT_GT(damaged, 10);
  EXPECT_EQ(restore_to("whole", 1).status, 0);
}

TEST_F(BackupVerbs, AStateThatLacksAKeyOfTheLogIsRefused) {
  keep_keys();
  back_up();
  copy(backups() / "state", path("older state"));
  world_->place(1);  // somebody new
  back_up();
  stop();
  copy(path("older state"), backups() / "state");
  const Ran ran = restore_to("keyless", 2);
  EXPECT_EQ(ran.status, kNo);
  EXPECT_THAT(ran.errors, HasSubstr("state/ does not know the key"));
  expect_nothing_left_of("keyless");
}

TEST_F(BackupVerbs, AKillInTheMiddleOfOneSpoilsNoneAndTheNextOneHolds) {
  std::mt19937_64 random(testing::seed_or(20261127));
  world_->place(20);
  back_up();
  stop();
  for (int i = 0; i < 10; ++i) {
    start();
    auto backup = std::async(std::launch::async, [&] { return ask({"backup"}); });
    const auto enough = files_in(backups()) + static_cast<std::ptrdiff_t>(random() % 16);
    while (files_in(backups()) < enough && backup.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
    }
    daemon_->stop(SIGKILL);
    backup.wait();
  }
  EXPECT_EQ(restore(1, {"--drill", "--keys", path("ledger.keys")}).status, 0);
  start();
  back_up();
  const Ran listed = placet({"restore", backups()});
  const auto newest = std::count(listed.out.begin(), listed.out.end(), '\n') - 2;
  const Ran drill = restore(static_cast<int>(newest), {"--drill", "--keys", path("ledger.keys")});
  EXPECT_EQ(drill.status, 0) << listed.out << drill.errors;
}

}  // namespace
}  // namespace placet
