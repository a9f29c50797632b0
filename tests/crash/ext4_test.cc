// P1, P2 and P5 when the power fails under a real file system: ext4 on a loop device is shut down under four writers as
// if its disk were gone, and mounted again.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/loop.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "tests/crash/judge.h"
#include "tests/support/seed.h"
#include "tools/client/daemon.h"
#include "tools/client/scratch_folder.h"

namespace placet::testing {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kWriters = 4;

/// An ext4 of its own, in a file.
class Ext4 {
 public:
  Ext4() {
    fs::create_directory(path());
    if (make_device()) mount();
  }
  ~Ext4() {
    if (mounted_) ::umount2(path().c_str(), MNT_DETACH);
    if (loop_ >= 0) ::close(loop_);
  }
  Ext4(const Ext4&) = delete;
  Ext4& operator=(const Ext4&) = delete;

  fs::path path() const { return scratch_.path() / "mounted"; }
  bool is_mounted() const { return mounted_; }
  const std::string& why_not() const { return why_not_; }

  void cut_power() const {
    constexpr unsigned long kShutdown = 0x8004587d;  // EXT4_IOC_SHUTDOWN
    unsigned no_log_flush = 2;
    const int fd = ::open(path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ASSERT_EQ(::ioctl(fd, kShutdown, &no_log_flush), 0) << std::strerror(errno);
    ::close(fd);
  }
  /// Nobody may have a file open.
  void mount_again() {
    ASSERT_EQ(::umount2(path().c_str(), 0), 0) << std::strerror(errno);
    mount();
    ASSERT_TRUE(mounted_) << why_not_;
  }

 private:
  bool make_device() {
    const fs::path image = scratch_.path() / "image";
    const int file = ::open(image.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    constexpr off_t kBytes = off_t{1} << 30;  // placetd wants some of it free; sparse
    if (file < 0 || ::ftruncate(file, kBytes) != 0) return note("image");
    if (!format(image)) return note("mkfs.ext4");
    const int control = ::open("/dev/loop-control", O_RDWR | O_CLOEXEC);
    const int number = control < 0 ? -1 : ::ioctl(control, LOOP_CTL_GET_FREE);
    if (number < 0) return note("/dev/loop-control");
    ::close(control);
    device_ = "/dev/loop" + std::to_string(number);
    loop_ = ::open(device_.c_str(), O_RDWR | O_CLOEXEC);
    loop_config config{};
    config.fd = static_cast<__u32>(file);
    config.info.lo_flags = LO_FLAGS_AUTOCLEAR;  // it goes with the last who has it open
    if (loop_ < 0 || ::ioctl(loop_, LOOP_CONFIGURE, &config) != 0) return note(device_);
    ::close(file);
    return true;
  }
  static bool format(std::string image) {
    std::string program = "mkfs.ext4", quiet = "-q";
    char* const arguments[] = {program.data(), quiet.data(), image.data(), nullptr};
    pid_t pid = 0;
    errno = ::posix_spawnp(&pid, program.c_str(), nullptr, nullptr, arguments, environ);
    int status = 0;
    return errno == 0 && ::waitpid(pid, &status, 0) == pid && status == 0;
  }
  void mount() {
    mounted_ = ::mount(device_.c_str(), path().c_str(), "ext4", 0, "") == 0;
    if (!mounted_) note("mount");
  }
  bool note(const std::string& what) {
    why_not_ = what + ": " + std::strerror(errno);
    return false;
  }

  client::ScratchFolder scratch_;
  std::string device_;
  int loop_ = -1;
  bool mounted_ = false;
  std::string why_not_;
};

TEST(Ext4WithoutPower, KeepsEveryAnsweredCommandAndARepeatGetsTheFirstAnswer) {
  const std::uint64_t cuts = times_or("PLACET_EXT4_CUTS", 5);
  const std::uint64_t seed = seed_or(20261127);
  Ext4 disk;
  if (!disk.is_mounted()) GTEST_SKIP() << "needs a loop device with ext4 on it, as root: " << disk.why_not();
  SeededRandom random(seed);
  const auto data = disk.path() / "ledger";
  FoundedLedger ledger(data, kWriters, seed);

  Judge judge;
  for (std::uint64_t cut = 0; cut < cuts && !HasFailure(); ++cut) {
    client::Daemon daemon(data);
    Writers writers(daemon.server(), ledger);
    std::this_thread::sleep_for(std::chrono::microseconds(random.next() % 500'000));
    // It answers nothing from here on: a sync that is under way may return as if it were done, and nothing be there.
    ::kill(daemon.pid(), SIGSTOP);
    disk.cut_power();
    daemon.stop(SIGKILL);
    writers.join();
    disk.mount_again();
    if (HasFailure()) break;
    judge.judge_next_life(data, ledger, writers);
  }
  judge.report(cuts, "cuts");
}

}  // namespace
}  // namespace placet::testing
