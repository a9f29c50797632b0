// P1 when calls of the operating system fail: the n-th of a kind, for every n, until a pass in which none did.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <stdexcept>

#include "base/check.h"
#include "tests/crash/failing_calls.h"
#include "tests/crash/judge.h"
#include "tests/support/seed.h"
#include "tests/verbs/run.h"
#include "tools/client/daemon.h"
#include "tools/client/office.h"
#include "tools/client/scratch_folder.h"

namespace placet::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::HasSubstr;

struct Failure {
  CallKind kind = CallKind::open;
  std::uint64_t at = 0;  // never
  int error = EIO;       // EIO happens once, a full disk stays full

  std::string to_string() const {
    return std::string(std::strerror(error)) + " at " + kCallKinds.at(static_cast<std::size_t>(kind)) + " " +
           std::to_string(at);
  }
};

/// While one lives, this process starts programs whose calls fail.
class FailingCalls {
 public:
  FailingCalls(const fs::path& data, const Failure& failure) {
    const std::string file = data.string() + ".calls";
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    PLACET_CHECK(fd >= 0 && ::ftruncate(fd, sizeof(CallCounts)) == 0);
    void* shared = ::mmap(nullptr, sizeof(CallCounts), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    PLACET_CHECK(shared != MAP_FAILED);
    ::close(fd);
    counts_ = static_cast<CallCounts*>(shared);
    ::setenv("LD_PRELOAD", PLACET_FAILING_CALLS_LIBRARY, 1);
    ::setenv("PLACET_FAILING_CALLS", file.c_str(), 1);
    ::setenv("PLACET_FAILING_BELOW", data.c_str(), 1);
    ::setenv("PLACET_FAILING",
             (std::to_string(static_cast<unsigned>(failure.kind)) + "," + std::to_string(failure.at) + "," +
              std::to_string(failure.error) + "," + (failure.error == ENOSPC ? "1" : "0"))
                 .c_str(),
             1);
  }
  ~FailingCalls() {
    ::unsetenv("LD_PRELOAD");
    ::munmap(counts_, sizeof(CallCounts));
  }
  FailingCalls(const FailingCalls&) = delete;
  FailingCalls& operator=(const FailingCalls&) = delete;

  std::uint64_t calls(CallKind kind) const { return counts_->calls.at(static_cast<std::size_t>(kind)); }
  bool failed() const { return counts_->failed != 0; }
  std::string file() const { return counts_->file.data(); }

 private:
  CallCounts* counts_ = nullptr;
};

/// A ledger that was killed; each pass is on a copy of it.
class FailingCall : public ::testing::Test {
 protected:
  FailingCall() : ledger_(original(), 1, 20261127) {
    client::Daemon daemon(original());
    client::Connection connection(daemon.server());
    connection.sign_in(ledger_.token);
    const auto answer = connection.proofs().checkpointRequest().send().wait(connection.wait_scope());
    EXPECT_TRUE(answer.hasResult());
    for (int i = 0; i < 20; ++i) Call(ledger_.hours[0], 1).send(connection);
    const fs::path token = scratch_.path() / "token";
    std::ofstream(token) << ledger_.token;
    key_ = run_placet(scratch_.path(), {"--server", daemon.server(), "--token-file", token, "checkpoint", "--key"}).out;
    key_.pop_back();
    daemon.stop(SIGKILL);
  }
  ~FailingCall() noexcept override = default;  // those of Cap'n Proto may throw; those of fixtures must not

  /// One life of placetd with that failure in it, and the next one without. False: nothing failed.
  bool pass(const Failure& failure) {
    SCOPED_TRACE(failure.to_string());
    copy();
    client::HourCommands hours = ledger_.hours[0];
    std::vector<Call> calls;
    bool failed = false;
    {
      FailingCalls injected(data(), failure);
      live(injected, failure, hours, calls);
      failed = injected.failed();
      file_ = injected.file();
      for (std::size_t kind = 0; kind < kCallKinds.size(); ++kind)
        counted_.at(kind) = injected.calls(static_cast<CallKind>(kind));
    }
    SCOPED_TRACE(file_);
    live_again(calls);
    return failed;
  }

  /// For one kind and error: a failure of each call until a pass without one, or of so many of `calls`, spread.
  void fail_calls(CallKind kind, int error, std::uint64_t calls, std::uint64_t wanted) {
    not_started_ = ended_ = asserted_ = 0;
    std::uint64_t passes = 0;
    if (wanted == 0) {
      while (!HasFailure() && pass({kind, passes + 1, error})) ++passes;
    } else {
      for (; passes < wanted && !HasFailure(); ++passes)
        pass({kind, 1 + (2 * passes + 1) * calls / (2 * wanted), error});
    }
    std::printf(
        "%s, %s: %llu passes, %s; %u starts failed, %u lives ended early, %u of these in an assertion of RocksDB\n",
        kCallKinds.at(static_cast<std::size_t>(kind)), std::strerror(error), static_cast<unsigned long long>(passes),
        wanted == 0 ? "then one in which nothing failed" : "spread", not_started_, ended_, asserted_);
  }
  std::uint64_t counted(CallKind kind) const { return counted_.at(static_cast<std::size_t>(kind)); }

 private:
  fs::path original() const { return scratch_.path() / "original"; }
  fs::path data() const { return scratch_.path() / "copy" / "ledger"; }

  void copy() const {
    fs::remove_all(data().parent_path());
    fs::create_directories(data().parent_path());
    fs::copy(original(), data(), fs::copy_options::recursive);
    fs::copy(original().string() + ".keys", data().string() + ".keys", fs::copy_options::recursive);
  }

  void live(const FailingCalls& injected, const Failure& failure, client::HourCommands& hours,
            std::vector<Call>& calls) {
    int status = 0;
    try {
      client::Daemon daemon(data());
      const bool at_start = injected.failed();
      const auto send = [&](client::Connection& connection) {
        const bool after = failure.kind == CallKind::sync && injected.failed();
        Call& call = calls.emplace_back(hours, 1);
        call.answered = call.send(connection);
        if (after && !may_be_overlooked(injected.file(), at_start))
          ADD_FAILURE() << "answered a command after a failed sync of " << injected.file();
      };
      try {
        client::Desk office(daemon.server(), ledger_.token);
        for (int i = 0; i < 5; ++i) send(office.connection());
        SeededRandom ids(failure.at);
        office.act({domain::RegisterPerson{PersonId(new_uuid(ids, client::kBirthOfIds)), Box::plain("Somebody")}}, ids);
        office.connection().proofs().checkpointRequest().send().wait(office.connection().wait_scope());
        for (int i = 0; i < 5; ++i) send(office.connection());
      } catch (const kj::Exception&) {
        // It ended, or said that it does not know: see what the next one has.
      } catch (const client::Refused&) {
      }
      status = daemon.stop(SIGTERM);
    } catch (const std::runtime_error&) {
      ++not_started_;
      EXPECT_TRUE(injected.failed()) << "it does not start, but nothing failed";
      expect_a_reason(failure);
      return;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
    ++ended_;
    EXPECT_TRUE(injected.failed()) << "it ended with " << status << ", but nothing failed";
    expect_a_reason(failure);
  }

  /// Whether commands may be answered after a failed sync of that file. Rows of views can be made anew. RocksDB
  /// overlooks a failure when it notes its options at the start: that of the note, which nobody reads, and that of the
  /// folder, which it syncs again with the first write to a new log.
  bool may_be_overlooked(const fs::path& file, bool at_start) const {
    if (file.string().starts_with((data() / "views").string())) return true;
    if (file.filename().string().starts_with("OPTIONS-")) return true;
    return at_start && (file == data() / "log" || file == data() / "state");
  }

  /// Debian's RocksDB checks its assertions, and some do not hold behind an error.
  void expect_a_reason(const Failure& failure) {
    const std::string log = bytes_in(data().string() + ".placetd.log");
    if (log.find("rocksdb::") != std::string::npos && log.find("Assertion") != std::string::npos)
      ++asserted_;
    else
      EXPECT_THAT(log, AnyOf(HasSubstr(std::strerror(failure.error)), HasSubstr(data().string())));
  }

  void live_again(const std::vector<Call>& calls) {
    {
      const client::Daemon daemon(data());
      client::Connection connection(daemon.server());
      connection.sign_in(ledger_.token);
      Judge().judge(connection, calls);
    }
    const Ran verified = run_placet(scratch_.path(), {"verify", "--data", data(), "--key", key_});
    EXPECT_EQ(verified.status, 0) << verified.out << verified.errors;
  }

  client::ScratchFolder scratch_;
  FoundedLedger ledger_;
  std::string key_;
  std::array<std::uint64_t, kCallKinds.size()> counted_{};  // in the last pass
  std::string file_;                                        // whose call failed
  unsigned not_started_ = 0, ended_ = 0, asserted_ = 0;
};

TEST_F(FailingCall, LosesNothingThatWasAnsweredWhicheverItIs) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer must be loaded before everything else";
#endif
  const std::uint64_t wanted = times_or("PLACET_FAILING_PASSES", 1);
  EXPECT_FALSE(pass({}));
  std::array<std::uint64_t, kCallKinds.size()> calls{};
  for (std::size_t i = 0; i < calls.size(); ++i) {
    calls.at(i) = counted(static_cast<CallKind>(i));
    std::printf("%s: %llu calls\n", kCallKinds.at(i), static_cast<unsigned long long>(calls.at(i)));
    EXPECT_GT(calls.at(i), 0U);
  }
  for (std::size_t i = 0; i < calls.size(); ++i)
    for (const int error : {EIO, ENOSPC}) fail_calls(static_cast<CallKind>(i), error, calls.at(i), wanted);
}

}  // namespace
}  // namespace placet::testing
