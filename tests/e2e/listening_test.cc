// Where placetd listens: on ports of this machine and in socket files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/e2e/stage.h"
#include "tests/support/bytes_in.h"

namespace placet::e2e {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class SocketFile : public testing::Test {
 protected:
  ~SocketFile() noexcept override = default;  // those of Cap'n Proto may throw; those of test fixtures must not

  /// A ledger whose office sent nothing yet.
  std::vector<std::string> found(const std::string& name) {
    return client::found_ledger(scratch_.path() / name, name + ".placet.example");
  }
  client::Daemon serve(const std::string& name, const std::string& address) {
    return client::Daemon(scratch_.path() / name, {address});
  }
  std::string log_of(const std::string& name) { return bytes_in(scratch_.path() / (name + ".placetd.log")); }

  client::ScratchFolder scratch_;
  const std::filesystem::path file_ = scratch_.path() / "rpc.sock";
  const std::string address_ = "unix:" + file_.string();
};

TEST_F(SocketFile, ServesTheProgramsThatConnectToItAndGoesWhenTheServiceStops) {
  const auto invites = found("ledger");
  {
    const client::Daemon daemon = serve("ledger", address_);
    EXPECT_EQ(daemon.server(), address_);
    client::Office office(daemon.server(), invites[0], invites[1]);
    EXPECT_TRUE(office.desk().ask({domain::RegisterPerson{office.fresh<PersonId>(), Box::plain("Somebody")}},
                                  office.random())[0]);
  }
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(SocketFile, LeftBehindByAKilledServiceIsReplaced) {
  const auto invites = found("ledger");
  serve("ledger", address_).stop(SIGKILL);
  ASSERT_TRUE(std::filesystem::exists(file_));
  const client::Daemon daemon = serve("ledger", address_);
  EXPECT_GT(log_size(client::Office(daemon.server(), invites[0], invites[1]).desk().connection()), 0U);
}

TEST_F(SocketFile, OfARunningServiceIsNotTakenByAnother) {
  const auto invites = found("ledger");
  found("second");
  const client::Daemon daemon = serve("ledger", address_);
  EXPECT_THROW(serve("second", address_), std::runtime_error);
  EXPECT_THAT(log_of("second"), HasSubstr("cannot listen on " + address_));
  client::Office office(daemon.server(), invites[0], invites[1]);
  EXPECT_GT(log_size(office.desk().connection()), 0U);
}

TEST_F(SocketFile, IsNotMadeWhereAnotherFileStands) {
  found("ledger");
  std::ofstream(file_) << "the minutes of a meeting";
  EXPECT_THROW(serve("ledger", address_), std::runtime_error);
  EXPECT_EQ(std::filesystem::file_size(file_), 24U);
}

TEST_F(SocketFile, StandsBesideAPort) {
  const auto invites = found("ledger");
  const client::Daemon daemon(scratch_.path() / "ledger", {"127.0.0.1:0", address_});
  EXPECT_THAT(daemon.servers(), ElementsAre(StartsWith("127.0.0.1:"), address_));
  client::Office office(daemon.servers()[0], invites[0], invites[1]);
  client::Desk another(daemon.servers()[1], office.token());
  EXPECT_EQ(log_size(another.connection()), log_size(office.desk().connection()));
}

TEST_F(SocketFile, OrPortOfThisMachineIsAllThatCanBeListenedOn) {
  found("ledger");
  EXPECT_THROW(serve("ledger", "0.0.0.0:0"), std::runtime_error);
  EXPECT_THAT(log_of("ledger"), HasSubstr("--rpc 0.0.0.0:0: only loopback addresses"));
}

}  // namespace
}  // namespace placet::e2e
