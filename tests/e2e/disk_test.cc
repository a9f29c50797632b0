// A disk that fills up under a running ledger.

#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cstring>
#include <fstream>

#include "store/disk.h"
#include "tests/e2e/stage.h"

namespace placet::e2e {
namespace {

using domain::RejectionCode;

/// A small disk in memory. Only root may mount one.
class SmallDisk {
 public:
  explicit SmallDisk(const char* options)
      : mounted_(::mount("placet-test", at_.path().c_str(), "tmpfs", 0, options) == 0), why_(std::strerror(errno)) {}
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_mounted() const { return mounted_; }
  const std::string& why_not() const { return why_; }
  std::filesystem::path path() const { return at_.path(); }
  std::uint64_t free_bytes() const { return store::free_bytes(path()).value(); }

 private:
  client::ScratchFolder at_;
  const bool mounted_;
  const std::string why_;
};

TEST(Disk, ThatIsNearlyFullRefusesCommandsWhileReadingGoesOnAndTakesThemAgainWhenThereIsRoom) {
  constexpr std::uint64_t kMarkBytes = 256 << 20;  // what placetd leaves free
  const SmallDisk disk("size=352m");
  if (!disk.is_mounted()) GTEST_SKIP() << "needs a mount of its own, as root: " << disk.why_not();
  const auto data = disk.path() / "ledger", ballast = disk.path() / "ballast";
  const auto invites = client::found_ledger(data, "disk.placet.example");
  const client::Daemon daemon(data);
  client::World world(daemon.server(), invites[0], invites[1], kFirstMonday);
  client::Desk& office = world.office();
  SeededRandom random(20261125);
  const auto register_somebody = [&] {
    const PersonId person(new_uuid(random, client::kBirthOfIds));
    return office.ask({domain::RegisterPerson{person, Box::plain("Somebody")}}, random).front();
  };
  ASSERT_TRUE(register_somebody());

  std::ofstream(ballast) << std::string(disk.free_bytes() - kMarkBytes + (1 << 20), 'x');
  const std::uint64_t size = log_size(office.connection());
  const auto refused = register_somebody();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, RejectionCode::disk_low);
  EXPECT_EQ(log_size(office.connection()), size);
  client::Follower follower;
  std::uint64_t events = 0;
  follower.read_on(office.connection(), [&](BytesView) { ++events; });
  EXPECT_EQ(events, size);
  auto persons = office.connection().queries().personsRequest();
  persons.getAsked().setAtLeast(size);
  EXPECT_GT(persons.send().wait(office.connection().wait_scope()).getRows().size(), 0U);

  std::filesystem::remove(ballast);
  EXPECT_TRUE(register_somebody());
}

}  // namespace
}  // namespace placet::e2e
