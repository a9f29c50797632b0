// What placetd does not start on, and that it says why and what to do.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/stage.h"
#include "tests/support/bytes_in.h"

namespace placet::e2e {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A ledger that was stopped, and a copy of it from before its last events.
class Start : public ::testing::Test {
 protected:
  Start() {
    const auto invites = client::found_ledger(data(), "start.placet.example");
    {
      client::Daemon daemon(data());
      client::World world(daemon.server(), invites[0], invites[1], kFirstMonday);
    }
    fs::copy(data(), older(), fs::copy_options::recursive);
    client::Daemon daemon(data());
  }
  ~Start() noexcept override = default;  // those of Cap'n Proto may throw; those of test fixtures must not

  fs::path data() const { return scratch_.path() / "ledger"; }
  fs::path keys() const { return scratch_.path() / "ledger.keys"; }
  fs::path older() const { return scratch_.path() / "older"; }

  static void replace(const fs::path& what, const fs::path& by) {
    fs::remove_all(what);
    fs::copy(by, what, fs::copy_options::recursive);
  }
  /// What it says instead of starting.
  std::string refusal() const {
    const fs::path said = data().string() + ".placetd.log";
    fs::remove(said);
    EXPECT_THROW(client::Daemon{data()}, std::runtime_error);
    return bytes_in(said);
  }

  client::ScratchFolder scratch_;
};

TEST_F(Start, GoesOnWhereItStopped) { EXPECT_NO_THROW(client::Daemon{data()}); }

TEST_F(Start, IsRefusedOnAnOlderCopyOfWhatWasSignedFurther) {
  replace(data(), older());
  EXPECT_THAT(refusal(), AllOf(HasSubstr("but a checkpoint of"), HasSubstr("When it does not start")));
}

TEST_F(Start, IsRefusedOnALogThatIsOlderThanItsHead) {
  replace(data() / "log", older() / "log");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("were acknowledged"), HasSubstr("When it does not start")));
}

TEST_F(Start, IsRefusedWithoutAHeadFile) {
  fs::remove(data() / "head");
  EXPECT_THAT(refusal(), HasSubstr("there is no head file"));
}

TEST_F(Start, IsRefusedOnALogThatWasWrittenWithOtherOptions) {
  {
    const std::string log = data() / "log";
    std::vector<std::string> names;
    ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, log, &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> columns;
    for (const std::string& name : names) columns.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* raw = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, log, columns, &handles, &raw).ok());
    const std::unique_ptr<rocksdb::DB> database(raw);
    ASSERT_TRUE(database->CreateColumnFamily({}, "of a later version", &handles.emplace_back()).ok());
    for (rocksdb::ColumnFamilyHandle* handle : handles) database->DestroyColumnFamilyHandle(handle);
  }
  EXPECT_THAT(refusal(), AllOf(HasSubstr("log was written with other options"), HasSubstr("of a later version"),
                               HasSubstr("restore a back-up")));
}

TEST_F(Start, IsRefusedWithTheKeysOfAnotherLedger) {
  client::found_ledger(scratch_.path() / "other", "start.placet.example");
  replace(keys(), scratch_.path() / "other.keys");
  EXPECT_THAT(refusal(), HasSubstr("key"));
}

TEST_F(Start, IsRefusedWithASigningKeyOfAnotherLedger) {
  client::found_ledger(scratch_.path() / "other", "start.placet.example");
  replace(keys() / "signing.key", scratch_.path() / "other.keys" / "signing.key");
  EXPECT_THAT(refusal(), HasSubstr("the key folder is of another ledger"));
}

TEST_F(Start, IsRefusedWhereNobodyKnowsWhatWasSigned) {
  fs::remove(keys() / "last-signed");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("last-signed is missing"), HasSubstr("When it does not start")));
}

}  // namespace
}  // namespace placet::e2e
