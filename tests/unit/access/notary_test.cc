#include "access/notary.h"

#include <gtest/gtest.h>

#include "merkle/hash.h"
#include "merkle/proof.h"
#include "merkle/tree.h"
#include "store/log_tree.h"
#include "store/memory/event_log.h"
#include "tools/client/scratch_folder.h"

namespace placet::access {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

crypto::SigningKey key_of(char seed) {
  return crypto::SigningKey::from_seed(*crypto::SecretKey::from_bytes(Bytes(32, seed)));
}

/// A log that grows by records nobody reads, with its tiles, and a key folder.
class NotaryTest : public ::testing::Test {
 protected:
  NotaryTest() { EXPECT_TRUE(store::HeadFile::create(file())); }

  std::filesystem::path file() const { return scratch_.path() / "last-signed"; }

  /// Appends so many, which begin with `text`.
  static store::Head grow(store::MemoryEventLog& log, std::size_t count, const std::string& text = "record") {
    merkle::Tree tree = store::tree_of(log, log.size()).value();
    store::Group group(log.size());
    for (std::size_t i = 0; i < count; ++i) {
      const Bytes record = text + " " + std::to_string(tree.size().value);
      group.add_record(StreamId{1, Uuid{1, tree.size().value}}, {0}, record);
      tree.append(merkle::leaf_hash(record));
    }
    for (merkle::Tile& tile : tree.take_full_tiles()) group.add_tile({tile.level, tile.index, std::move(tile.hashes)});
    EXPECT_TRUE(log.append(group));
    return {tree.size(), tree.root()};
  }

  Result<std::unique_ptr<Notary>> open(store::MemoryEventLog& log, const crypto::SigningKey& key) {
    const merkle::Tree tree = store::tree_of(log, log.size()).value();
    return Notary::open(
        {.log = log, .clock = clock_, .origin = "placet.example", .key = key, .reached = {tree.size(), tree.root()}},
        store::HeadFile::open(file()).value());
  }
  Result<std::unique_ptr<Notary>> open() { return open(log_, key_); }

  /// What a note says, once its signature is checked.
  merkle::Checkpoint read(const store::Checkpoint& kept) const {
    const merkle::LogIdentity pinned{"placet.example", merkle::NoteSigner::of("placet.example", key_)->verifier()};
    const auto opened = merkle::open_checkpoint(kept.note, pinned);
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? opened->checkpoint : merkle::Checkpoint{};
  }

  client::ScratchFolder scratch_;
  ManualClock clock_{Timestamp{0}};
  const crypto::SigningKey key_ = key_of('k');
  store::MemoryEventLog log_;
};

TEST_F(NotaryTest, SignsWhatTheLogHasReachedAndKeepsTheNote) {
  const store::Head head = grow(log_, 700);
  auto notary = open().value();
  const auto note = notary->over({1}).value();
  ASSERT_TRUE(note);
  EXPECT_EQ(read(*note), (merkle::Checkpoint{"placet.example", head.size, head.root}));
  EXPECT_EQ(log_.latest_checkpoint().value()->note, note->note);
  EXPECT_EQ(store::HeadFile::open(file())->read().value(), head);
}

TEST_F(NotaryTest, SignsOnceASecondAndAnswersWithTheNewestUntilThen) {
  grow(log_, 10);
  auto notary = open().value();
  const auto first = notary->over({10}).value();
  const store::Head later = grow(log_, 5);
  notary->reached(later);
  EXPECT_EQ(notary->over({10}).value()->size, LogSize{10});
  EXPECT_FALSE(notary->over({11}).value()) << "too soon";
  clock_.advance_micros(kSecond);
  const auto second = notary->over({11}).value();
  ASSERT_TRUE(second);
  EXPECT_EQ(read(*second).size, later.size);
  EXPECT_EQ(notary->over({3}).value()->note, second->note);
}

TEST_F(NotaryTest, AnswersNothingBeforeItHeardOfTheSize) {
  grow(log_, 10);
  auto notary = open().value();
  const store::Head later = grow(log_, 1);
  EXPECT_FALSE(notary->over(later.size).value());
  notary->reached(later);
  EXPECT_TRUE(notary->over(later.size).value());
}

TEST_F(NotaryTest, KeepsTheNewestWhateverTheTime) {
  grow(log_, 10);
  auto notary = open().value();
  ASSERT_TRUE(notary->over({10}));
  notary->reached(grow(log_, 1));
  ASSERT_TRUE(notary->keep_newest());
  ASSERT_TRUE(notary->keep_newest());
  std::vector<std::uint64_t> sizes;
  EXPECT_TRUE(log_.read_checkpoints([&](LogSize size, BytesView) {
    sizes.push_back(size.value);
    return true;
  }));
  EXPECT_EQ(sizes, (std::vector<std::uint64_t>{10, 11}));
}

TEST_F(NotaryTest, GoesOnAfterARestart) {
  grow(log_, 300);
  ASSERT_TRUE(open().value()->keep_newest());
  const store::Head later = grow(log_, 300);
  auto notary = open().value();
  EXPECT_EQ(read(*notary->over(later.size).value()).root, later.root);
}

TEST_F(NotaryTest, MakesTheNoteAgainThatTheLogLost) {
  store::MemoryEventLog lost;
  grow(log_, 10);
  grow(lost, 10);
  Bytes note;
  {
    const auto notary = open().value();
    note = notary->over({10}).value()->note;
  }
  ASSERT_FALSE(lost.latest_checkpoint().value());
  const auto notary = open(lost, key_).value();
  ASSERT_TRUE(lost.latest_checkpoint().value());
  EXPECT_EQ(lost.latest_checkpoint().value()->note, note);
  EXPECT_EQ(notary->over({10}).value()->note, note);
}

TEST_F(NotaryTest, RefusesALogThatIsShorterThanWhatWasSigned) {
  grow(log_, 20);
  ASSERT_TRUE(open().value()->keep_newest());
  store::MemoryEventLog restored;
  grow(restored, 19);
  const auto refused = open(restored, key_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
  EXPECT_NE(refused.error().message.find("holds 19 records, but a checkpoint of 20 was signed"), std::string::npos);
}

TEST_F(NotaryTest, RefusesALogWithAnotherHistory) {
  grow(log_, 20);
  ASSERT_TRUE(open().value()->keep_newest());
  store::MemoryEventLog fork;
  grow(fork, 19);
  grow(fork, 5, "forged");
  const auto refused = open(fork, key_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
  EXPECT_NE(refused.error().message.find("the root differs"), std::string::npos);
}

TEST_F(NotaryTest, RefusesKeysOfAnotherLedger) {
  grow(log_, 20);
  ASSERT_TRUE(open().value()->keep_newest());
  const auto refused = open(log_, key_of('x'));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::denied);
}

TEST_F(NotaryTest, IsNotFooledByAFileThatSomebodyPutBack) {
  grow(log_, 20);
  ASSERT_TRUE(open().value()->keep_newest());
  std::filesystem::remove(file());
  ASSERT_TRUE(store::HeadFile::create(file()));
  store::MemoryEventLog fork;
  grow(fork, 21, "forged");
  ASSERT_TRUE(fork.put_checkpoint({20}, log_.latest_checkpoint().value()->note));
  EXPECT_FALSE(open(fork, key_));
  EXPECT_TRUE(open());
}

}  // namespace
}  // namespace placet::access
