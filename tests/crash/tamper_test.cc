// P10 on disk: whatever is done to the files of a ledger, `placet verify` notices, or nothing that counts has changed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <utility>

#include "store/rocks/log_tables.h"
#include "tests/support/seed.h"
#include "tests/support/write_ahead_log.h"
#include "tests/verbs/run.h"
#include "tools/client/daemon.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr Date kFirstMonday{10'959};  // 2000-01-03
constexpr int kRight = 0, kWrong = 1;
constexpr auto kCheckpoints = static_cast<std::size_t>(store::LogColumn::checkpoints);

using Dump = std::array<std::map<Bytes, Bytes>, store::kLogColumnNames.size()>;

/// Every row of the log, as RocksDB reads it.
Dump dump_of(const fs::path& data) {
  Dump dump;
  const auto tables = store::open_log_tables(data / "log").value();
  for (std::size_t i = 0; i < dump.size(); ++i) {
    const auto walk = tables->walk(static_cast<store::LogColumn>(i)).value();
    while (const auto row = walk->next().value()) dump[i][Bytes(row->key)] = row->value;
  }
  return dump;
}

/// A ledger of some thousand events that was restarted and then killed: tables and write-ahead logs.
class Tampering : public ::testing::Test {
 protected:
  Tampering() {
    const auto invites = client::found_ledger(data(), "tamper.placet.example");
    std::string token;
    {
      client::Daemon daemon(data());
      client::World world(daemon.server(), invites[0], invites[1], kFirstMonday);
      token = world.office_token();
      work(world.office(), world.place(40));
      key_ = placet(daemon, token, {"checkpoint", "--key"}).out;
      key_.pop_back();
    }
    client::Daemon daemon(data());
    client::Desk office(daemon.server(), token);
    for (int i = 0; i < 300; ++i)
      office.act({domain::RegisterPerson{PersonId(new_uuid(ids_, client::kBirthOfIds)), Box::plain("Somebody")}}, ids_);
    EXPECT_EQ(placet(daemon, token, {"checkpoint"}).status, kRight);
    daemon.stop(SIGKILL);
  }
  ~Tampering() noexcept override = default;  // those of Cap'n Proto may throw; those of fixtures must not

  fs::path data() const { return scratch_.path() / "ledger"; }

  void work(client::Desk& office, const std::vector<client::PlacedWorker>& workers) {
    std::vector<domain::Command> entries;
    for (const client::PlacedWorker& worker : workers) {
      for (int day = 0; day < 40; ++day) {
        domain::RecordEntry entry;
        entry.entry = EntryId(new_uuid(ids_, client::kBirthOfIds));
        entry.placement = worker.placement;
        entry.period = {domain::PeriodKind::week, kFirstMonday.plus_days(day - day % 7)};
        entry.hour_type = domain::HourType::normal;
        entry.worked.day = kFirstMonday.plus_days(day);
        entry.worked.minutes = Minutes::of(480);
        entries.emplace_back(entry);
      }
    }
    office.act(entries, ids_);
  }

  Ran placet(const client::Daemon& daemon, const std::string& token, std::vector<std::string> arguments) {
    std::ofstream(scratch_.path() / "token") << token;
    const std::vector<std::string> as = {"--server", daemon.server(), "--token-file", scratch_.path() / "token"};
    arguments.insert(arguments.begin(), as.begin(), as.end());
    return run_placet(scratch_.path(), std::move(arguments));
  }
  /// Whether a ledger holds what it held. A note of what was signed last may be missing: how far that was stands beside
  /// the key, and the next start makes the same note again.
  bool holds(const fs::path& folder, Dump original) const {
    Dump dump = dump_of(folder);
    const std::map<Bytes, Bytes> kept = std::exchange(original[kCheckpoints], {});
    if (std::exchange(dump[kCheckpoints], {}) == kept) return dump == original;
    if (dump != original) return false;
    const fs::path keys = folder.string() + ".keys";
    fs::remove_all(keys);
    fs::copy(data().string() + ".keys", keys, fs::copy_options::recursive);
    {
      const client::Daemon daemon(folder);
    }
    const std::map<Bytes, Bytes> again = dump_of(folder)[kCheckpoints];
    return std::ranges::all_of(kept, [&](const auto& note) {
      const auto found = again.find(note.first);
      return found != again.end() && found->second == note.second;
    });
  }
  Ran verify(const fs::path& folder) const {
    return run_placet(scratch_.path(), {"verify", "--data", folder, "--key", key_});
  }

  client::ScratchFolder scratch_;
  SeededRandom ids_{20261127};
  std::string key_;
};

/// Does something to the files of a ledger.
class Tamperer {
 public:
  Tamperer(fs::path data, std::uint64_t seed) : data_(std::move(data)), random_(seed) {}

  /// Answers what was done.
  std::string tamper() {
    // What follows a damaged length looks like a torn end, which RocksDB forgives.
    if (below(8) == 0) return "a length in the last block of the write-ahead log at " + std::to_string(flip_length());
    const std::vector<fs::path> all = files();
    const fs::path file = all[below(all.size())], other = all[below(all.size())];
    const std::string name = fs::relative(file, data_);
    switch (below(6)) {
      case 0: return "a bit of " + name + " at " + std::to_string(flip(file));
      case 1: {
        const auto size = fs::file_size(file);
        const auto left = size == 0 ? 0 : below(size);
        fs::resize_file(file, left);
        return name + " cut to " + std::to_string(left);
      }
      case 2: fs::remove(file); return name + " deleted";
      case 3:
        if (other != file) fs::copy_file(other, file, fs::copy_options::overwrite_existing);
        return name + " replaced by " + fs::relative(other, data_).string();
      case 4:
        fs::rename(file, data_ / "aside");
        if (other != file) fs::rename(other, file);
        fs::rename(data_ / "aside", other);
        return name + " swapped with " + fs::relative(other, data_).string();
      default: return "a page of " + name + " at " + std::to_string(wipe(file));
    }
  }

 private:
  std::uint64_t below(std::uint64_t n) { return random_() % n; }

  /// Each folder as likely as the next, so that large ones do not take all.
  std::vector<fs::path> files() {
    std::vector<fs::path> found;
    const auto where = below(5);
    if (where == 0) return {data_ / "head"};
    for (const auto& entry : fs::directory_iterator(data_ / (where == 1 ? "views" : "log")))
      if (entry.is_regular_file()) found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
  }

  std::uint64_t flip_length() {
    constexpr std::uint64_t kLengthAt = 4, kLengthBytes = 2;
    const fs::path log = testing::write_ahead_log(data_ / "log");
    const auto records = testing::records_of_last_block(bytes_in(log));
    return flip(log, records.at(below(records.size())) + kLengthAt + below(kLengthBytes));
  }
  std::uint64_t flip(const fs::path& file) {
    const auto size = fs::file_size(file);
    return size == 0 ? 0 : flip(file, below(size));
  }
  std::uint64_t flip(const fs::path& file, std::uint64_t at) {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(bytes.get() ^ (1 << below(8)));
    bytes.seekp(static_cast<std::streamoff>(at));
    bytes.put(byte);
    return at;
  }
  std::uint64_t wipe(const fs::path& file) {
    constexpr std::uint64_t kPage = 4'096;
    const auto pages = fs::file_size(file) / kPage;
    if (pages == 0) return flip(file);
    const auto at = below(pages) * kPage;
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(at));
    bytes << std::string(kPage, '\0');
    return at;
  }

  const fs::path data_;
  std::mt19937_64 random_;
};

TEST_F(Tampering, IsNoticedByVerifyWhateverFileItIs) {
  const Ran right = verify(data());
  ASSERT_EQ(right.status, kRight) << right.out << right.errors;
  EXPECT_THAT(right.out, HasSubstr("All of that is right."));
  const Dump original = dump_of(data());
  const std::uint64_t seed = testing::seed_or(20261127);
  const std::uint64_t cases = testing::times_or("PLACET_TAMPER_CASES", 100);
  unsigned named = 0, unreadable = 0, harmless = 0;
  for (std::uint64_t n = 0; n < cases; ++n) {
    const fs::path copy = scratch_.path() / "copy";
    fs::remove_all(copy);
    fs::copy(data(), copy, fs::copy_options::recursive);
    const std::string what = Tamperer(copy, seed + n).tamper() + ", PLACET_SEED=" + std::to_string(seed + n);
    const Ran ran = verify(copy);
    ASSERT_TRUE(ran.status == kRight || ran.status == kWrong) << what << "\n" << ran.status << ran.errors;
    EXPECT_EQ(ran.status == kWrong, ran.out.find("WRONG") != std::string::npos) << what;
    if (ran.status == kWrong) {
      ++(ran.out.find(" position ") != std::string::npos ? named : unreadable);
      continue;
    }
    ++harmless;
    EXPECT_TRUE(holds(copy, original)) << "unnoticed: " << what << "\n" << ran.out;
  }
  std::printf("%llu cases: %u found by position, %u found by what cannot be read, %u changed nothing that is read\n",
              static_cast<unsigned long long>(cases), named, unreadable, harmless);
  EXPECT_LT(harmless, cases - cases / 4) << "this test would find little";
}

}  // namespace
}  // namespace placet
