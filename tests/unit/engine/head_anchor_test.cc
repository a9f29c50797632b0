#include "engine/head_anchor.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <thread>

#include "tools/client/scratch_folder.h"

namespace placet::engine {
namespace {

store::Head head_of(std::uint64_t size) {
  store::Head head{{size}, {}};
  head.root.fill(static_cast<std::uint8_t>(size));
  return head;
}

class HeadAnchorTest : public ::testing::Test {
 protected:
  std::optional<store::Head> in_file() const { return store::HeadFile::open(path_).value().read().value(); }
  /// Returns when that head stands in the file; otherwise ctest ends the test.
  void await(const store::Head& head) const { await(head, path_); }
  static void await(const store::Head& head, const std::filesystem::path& path) {
    while (store::HeadFile::open(path).value().read().value() != head) std::this_thread::yield();
  }

 private:
  client::ScratchFolder folder_;

 protected:
  std::filesystem::path path_ = folder_.path() / "head";
  HeadAnchor anchor_{store::HeadFile::create(path_).value()};
};

TEST_F(HeadAnchorTest, WhatWasReachedBeforeItIsHurriedStandsInTheFileAfterTheWait) {
  for (std::uint64_t size = 1; size <= 1'000; ++size) {
    anchor_.reached(head_of(size));
    anchor_.hurry();
    anchor_.wait();
    ASSERT_EQ(in_file(), head_of(size));
  }
}

TEST_F(HeadAnchorTest, WritesByItselfWhenNothingHurriesIt) {
  anchor_.reached(head_of(1));
  await(head_of(1));
}

TEST_F(HeadAnchorTest, WritesByItselfAfterARest) {
  anchor_.reached(head_of(1));
  await(head_of(1));
  // The rest lasts as long as it takes another one to write 20 heads by itself.
  const client::ScratchFolder folder;
  const std::filesystem::path path = folder.path() / "head";
  HeadAnchor other(store::HeadFile::create(path).value());
  for (std::uint64_t size = 1; size <= 20; ++size) {
    other.reached(head_of(size));
    await(head_of(size), path);
  }

  anchor_.reached(head_of(2));
  await(head_of(2));
}

TEST_F(HeadAnchorTest, WithNothingReachedSinceTheLastWriteThereIsNothingToWaitFor) {
  anchor_.hurry();
  anchor_.wait();
  EXPECT_EQ(in_file(), std::nullopt);
}

TEST(HeadAnchorEnd, LeavesWhatWasReachedInTheFile) {
  const client::ScratchFolder folder;
  const std::filesystem::path path = folder.path() / "head";
  {
    HeadAnchor anchor(store::HeadFile::create(path).value());
    anchor.reached(head_of(1));
    anchor.reached(head_of(2));
  }
  EXPECT_EQ(store::HeadFile::open(path).value().read().value(), head_of(2));
}

}  // namespace
}  // namespace placet::engine
