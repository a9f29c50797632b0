#include "engine/head_anchor.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <thread>

#include "tools/client/scratch_folder.h"

namespace placet::engine {
namespace {

store::Head head_of(std::uint64_t size) { return {{size}, Digest{static_cast<std::uint8_t>(size)}}; }

std::optional<store::Head> head_in(const std::filesystem::path& file) {
  return store::HeadFile::open(file).value().read().value();
}

/// Returns when that head stands in the file; otherwise ctest ends the test.
void await(const store::Head& head, const std::filesystem::path& file) {
  while (head_in(file) != head) std::this_thread::yield();
}

class HeadAnchorTest : public ::testing::Test {
 private:
  client::ScratchFolder folder_;

 protected:
  std::filesystem::path path_ = folder_.path() / "head";
  HeadAnchor anchor_{store::HeadFile::create(path_).value()};
};

TEST_F(HeadAnchorTest, WhatWasReachedStandsInTheFileAfterTheWait) {
  for (std::uint64_t size = 1; size <= 1'000; ++size) {
    anchor_.reached(head_of(size));
    anchor_.wait();
    ASSERT_EQ(head_in(path_), head_of(size));
  }
}

TEST_F(HeadAnchorTest, WritesByItselfWhenNobodyWaits) {
  anchor_.reached(head_of(1));
  await(head_of(1), path_);
}

TEST_F(HeadAnchorTest, WritesByItselfAfterARest) {
  anchor_.reached(head_of(1));
  await(head_of(1), path_);
  // The rest lasts as long as it takes another one to write 20 heads by itself.
  const client::ScratchFolder folder;
  const std::filesystem::path path = folder.path() / "head";
  HeadAnchor other(store::HeadFile::create(path).value());
  for (std::uint64_t size = 1; size <= 20; ++size) {
    other.reached(head_of(size));
    await(head_of(size), path);
  }

  anchor_.reached(head_of(2));
  await(head_of(2), path_);
}

TEST_F(HeadAnchorTest, WithNothingReachedThereIsNothingToWaitFor) {
  anchor_.wait();
  EXPECT_EQ(head_in(path_), std::nullopt);
}

TEST(HeadAnchorEnd, LeavesWhatWasReachedInTheFile) {
  const client::ScratchFolder folder;
  const std::filesystem::path path = folder.path() / "head";
  {
    HeadAnchor anchor(store::HeadFile::create(path).value());
    anchor.reached(head_of(1));
    anchor.reached(head_of(2));
  }
  EXPECT_EQ(head_in(path), head_of(2));
}

}  // namespace
}  // namespace placet::engine
