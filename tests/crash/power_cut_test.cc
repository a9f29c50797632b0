// P1, P2 and P4 when the power fails at any operation on the disk, over and over: appends, syncs, flushes, compactions,
// and the start after the cut before.

#include <gtest/gtest.h>

#include <bit>
#include <cinttypes>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>

#include "audit/chain.h"
#include "base/check.h"
#include "merkle/hash.h"
#include "merkle/note.h"
#include "store/head_file.h"
#include "store/rocks/event_log.h"
#include "store/rocks/log_tables.h"
#include "store/rocks/row_store.h"
#include "store/rocks/short_turns.h"
#include "tests/crash/orderly_env.h"
#include "tests/crash/power_cut_disk.h"
#include "tests/support/bytes_in.h"
#include "tests/support/group_maker.h"
#include "tests/support/seed.h"
#include "tests/support/write_ahead_log.h"
#include "tools/client/scratch_folder.h"

namespace placet::testing {
namespace {

namespace fs = std::filesystem;
using store::Durability;
using store::OpenMode;

std::uint64_t below(std::mt19937_64& random, std::uint64_t n) { return random() % n; }

/// From 1 on; each power of two as likely as the next.
std::uint64_t mostly_small(std::mt19937_64& random, std::uint64_t most) {
  const std::uint64_t range = std::uint64_t{1} << below(random, static_cast<unsigned>(std::bit_width(most)));
  return std::min(most, range + below(random, range));
}

struct Counts {
  std::uint64_t cuts = 0, operations = 0, answered = 0, unanswered_there = 0, unanswered_gone = 0;
};

/// A few cuts, one after the other, and a start after each.
class Trial {
 public:
  Trial(std::uint64_t seed, Counts& counts) : random_(seed), counts_(counts) {}
  virtual ~Trial() = default;

  void run() {
    const auto cuts = 1 + below(random_, 8);
    for (std::uint64_t cut = 0; cut < cuts && !::testing::Test::HasFailure(); ++cut) cut_once();
    if (::testing::Test::HasFailure()) return;
    OrderlyEnv env(store::table_pieces_env(rocksdb::FileSystem::Default()));
    judge_at_last(env);
  }

 protected:
  /// Opens, judges, and goes on until the power fails.
  virtual void work(PowerCutDisk& disk, OrderlyEnv& env) = 0;
  /// With power.
  virtual void judge_at_last(OrderlyEnv& env) = 0;

  client::ScratchFolder scratch_;
  std::mt19937_64 random_;
  Counts& counts_;

 private:
  void cut_once() {
    const auto disk = std::make_shared<PowerCutDisk>(scratch_.path() / "aside", mostly_small(random_, 4'000));
    {
      OrderlyEnv env(store::table_pieces_env(disk));
      work(*disk, env);
    }
    ++counts_.cuts;
    counts_.operations += disk->operations();
    disk->settle(random_);
  }
};

/// A log and its head.
class LogTrial final : public Trial {
 public:
  LogTrial(std::uint64_t seed, Counts& counts) : Trial(seed, counts), answered_(seed), tried_(answered_) {
    PLACET_CHECK(store::HeadFile::create(head_path()).has_value());
  }

 private:
  fs::path log_path() const { return scratch_.path() / "log"; }
  fs::path head_path() const { return scratch_.path() / "head"; }

  Result<std::unique_ptr<store::EventLog>> open(OrderlyEnv& env) const {
    const auto holds_head = [this](const store::EventLog& log) -> Result<void> {
      PLACET_ASSIGN(auto file, store::HeadFile::open(head_path()));
      PLACET_ASSIGN(const auto head, file.read());
      if (head && log.size() < head->size) return fail(ErrorCode::corrupt, "shorter than the head");
      return {};
    };
    return store::recover_event_log(log_path(), OpenMode::create, holds_head, &env);
  }

  void work(PowerCutDisk& disk, OrderlyEnv& env) override {
    env.hold();  // so that nothing happens beside an append
    const auto log = open(env);
    if (!log) {
      EXPECT_FALSE(disk.has_power()) << log.error().message;
      return;
    }
    judge(**log);
    if (!::testing::Test::HasFailure()) append_until_the_cut(**log, disk, env);
  }

  /// The log holds what was answered, and the group that was not, or nothing of it.
  void judge(const store::EventLog& log) {
    if (tried_.size() != answered_.size()) {
      const bool there = log.size() == tried_.size();
      ++(there ? counts_.unanswered_there : counts_.unanswered_gone);
      (there ? answered_ : tried_) = there ? tried_ : answered_;
    }
    ASSERT_EQ(log.size().value, answered_.size().value) << "neither with the last group nor without it";
    merkle::Tree tree;
    const auto read = log.read({0}, [&](LogPosition, BytesView record) {
      tree.append(merkle::leaf_hash(record));
      return true;
    });
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(tree.root(), answered_.root()) << "a record is not the one that was appended";
  }

  void append_until_the_cut(store::EventLog& log, PowerCutDisk& disk, OrderlyEnv& env) {
    constexpr std::size_t kBytesMax = std::size_t{10} << 20U;
    auto head = store::HeadFile::open(head_path()).value();
    const auto commands_max = static_cast<unsigned>(mostly_small(random_, 300));
    const auto text_bytes = mostly_small(random_, 20'000);
    for (std::size_t written = 0; written < kBytesMax;) {
      const store::Group group = tried_.next(commands_max, text_bytes);
      if (!log.append(group)) return;
      env.let_go();
      env.drain();
      env.hold();
      answered_ = tried_;
      ++counts_.answered;
      written += group.bytes();
      if (below(random_, 16) == 0 && !write_head(head, disk)) return;
    }
  }

  /// False: the power failed in the middle of it.
  bool write_head(store::HeadFile& head, PowerCutDisk& disk) {
    const Bytes before = bytes_in(head_path());
    EXPECT_TRUE(head.write({answered_.size(), answered_.root()}));
    if (disk.spend()) return true;
    const Bytes after = bytes_in(head_path());
    const auto cut = below(random_, after.size());
    std::ofstream(head_path(), std::ios::binary) << after.substr(0, cut) << before.substr(cut);
    return false;
  }

  /// And by what knows the format by itself.
  void judge_at_last(OrderlyEnv& env) override {
    {
      const auto log = open(env);
      ASSERT_TRUE(log) << log.error().message;
      judge(**log);
    }
    const auto tables = store::open_log_tables(log_path(), &env);
    ASSERT_TRUE(tables) << tables.error().message;
    auto head = store::HeadFile::open(head_path());
    ASSERT_TRUE(head) << head.error().message;
    const auto seed = crypto::SecretKey::from_bytes(Bytes(32, 'k')).value();
    const auto signer = merkle::NoteSigner::of("placet.example", crypto::SigningKey::from_seed(seed)).value();
    const auto report = audit::check_chain({.tables = **tables,
                                            .identity = {signer.verifier().name().name, signer.verifier()},
                                            .head = head->read().value(),
                                            .since = {},
                                            .progress = {}});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->root, answered_.root());
    for (const audit::Fault& fault : report->faults) ADD_FAILURE() << fault.what;
  }

  GroupMaker answered_;  // stands where the last append returned
  GroupMaker tried_;     // and at the last one that was called
};

/// Rows that are made of a log: commit n writes n into its cursor and into some rows.
class RowsTrial final : public Trial {
 public:
  using Trial::Trial;

 private:
  static constexpr std::uint64_t kOften = 50, kSeldom = 700;  // so many rows
  static constexpr std::size_t kWideRow = 8'192;

  void work(PowerCutDisk& disk, OrderlyEnv& env) override {
    const auto rows = open(&env);
    if (!rows) {
      EXPECT_FALSE(disk.has_power()) << rows.error().message;
      return;
    }
    judge(**rows);
    while (!::testing::Test::HasFailure() && tried_ < durable_ + 500) {
      const bool synced = below(random_, 8) == 0;
      const bool wide = below(random_, 64) == 0;  // so that it goes in as files
      if (!commit(**rows, ++tried_, wide, synced ? Durability::synced : Durability::buffered)) return;
      env.drain();
      ++counts_.answered;
      if (synced) durable_ = tried_;
    }
  }

  void judge_at_last(OrderlyEnv& env) override {
    const auto rows = open(&env);
    ASSERT_TRUE(rows) << rows.error().message;
    judge(**rows);
  }

  Result<std::unique_ptr<store::RowStore>> open(rocksdb::Env* env) const {
    const std::vector<std::string> tables = {"cursor", "often", "wide"};
    return store::open_row_store(scratch_.path() / "views", store::RowKind::rebuildable, OpenMode::create, tables, env);
  }

  bool commit(store::RowStore& rows, std::uint64_t n, bool wide, Durability durability) {
    store::RowBatch batch;
    batch.put("cursor", "", std::to_string(n));
    batch.put("often", std::to_string(n % kOften), std::to_string(n));
    if (wide) {
      wide_.push_back(n);
      for (std::uint64_t row = 0; row < kSeldom; ++row)
        batch.put("wide", std::to_string(1'000 + row), std::to_string(n) + Bytes(kWideRow, ' '));
    }
    return rows.write(batch, durability).has_value();
  }

  /// All rows are of one moment, at or after the last that was synced.
  void judge(const store::RowStore& rows) {
    const auto cursor = number_of(rows, "cursor", "");
    ASSERT_GE(cursor, durable_) << "synced rows are gone";
    ASSERT_LE(cursor, tried_);
    ++(cursor == tried_ ? counts_.unanswered_there : counts_.unanswered_gone);
    durable_ = tried_ = cursor;
    std::erase_if(wide_, [&](std::uint64_t n) { return n > cursor; });
    for (std::uint64_t row = 0; row < kOften; ++row)
      ASSERT_EQ(number_of(rows, "often", std::to_string(row)), newest_below(cursor, row)) << "at cursor " << cursor;
    for (std::uint64_t row = 0; row < kSeldom; ++row)
      ASSERT_EQ(number_of(rows, "wide", std::to_string(1'000 + row)), wide_.empty() ? 0 : wide_.back())
          << "at cursor " << cursor;
  }

  /// The last commit up to `cursor` that wrote that row; 0 if none did.
  static std::uint64_t newest_below(std::uint64_t cursor, std::uint64_t row) {
    return cursor < row ? 0 : cursor - (cursor - row) % kOften;
  }
  static std::uint64_t number_of(const store::RowStore& rows, std::string_view table, const std::string& key) {
    const auto row = rows.get(table, key);
    if (!row) ADD_FAILURE() << row.error().message;
    return row && *row ? std::stoull(**row) : 0;
  }

  std::uint64_t durable_ = 0;  // the newest commit that was synced
  std::uint64_t tried_ = 0;
  std::vector<std::uint64_t> wide_;  // commits that wrote the rows of "wide"
};

template <class Kind>
void run_trials() {
  const std::uint64_t seeds = times_or("PLACET_POWER_CUTS", 10);
  const std::uint64_t first = seed_or(20261127);
  Counts counts;
  for (std::uint64_t seed = first; seed < first + seeds && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("PLACET_POWER_CUTS=1 PLACET_SEED=" + std::to_string(seed));
    Kind(seed, counts).run();
  }
  std::printf("%" PRIu64 " seeds, %" PRIu64 " cuts among %" PRIu64 " operations on the disk, %" PRIu64
              " writes answered; of unanswered ones %" PRIu64 " were there and %" PRIu64 " not\n",
              seeds, counts.cuts, counts.operations, counts.answered, counts.unanswered_there, counts.unanswered_gone);
}

TEST(PowerCut, LeavesEveryGroupThatWasAnsweredAndNoPartOfAnother) { run_trials<LogTrial>(); }
TEST(PowerCut, LeavesRowsOfOneCursor) { run_trials<RowsTrial>(); }

}  // namespace
}  // namespace placet::testing
