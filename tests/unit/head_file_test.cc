#include "store/head_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "store/disk.h"
#include "tools/client/scratch_folder.h"

namespace placet::store {
namespace {

constexpr std::streamoff kSlotBytes = 4096;

Head head_of(std::uint64_t size) {
  Head head{{size}, {}};
  head.root.fill(static_cast<std::uint8_t>(size));
  return head;
}

class HeadFileTest : public ::testing::Test {
 protected:
  std::filesystem::path path() const { return folder_.path() / "head"; }
  void flip_byte(std::streamoff offset) {
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(offset);
    const char byte = static_cast<char>(file.get());
    file.seekp(offset);
    file.put(static_cast<char>(byte ^ 1));
  }
  void write_heads(std::uint64_t count) {
    auto file = HeadFile::create(path()).value();
    for (std::uint64_t size = 1; size <= count; ++size) ASSERT_TRUE(file.write(head_of(size)));
  }

 private:
  client::ScratchFolder folder_;
};

TEST_F(HeadFileTest, ANewFileNamesNoHeadAndHasItsFullSize) {
  auto file = HeadFile::create(path()).value();
  EXPECT_EQ(file.read().value(), std::nullopt);
  EXPECT_EQ(std::filesystem::file_size(path()), 8192u);
  EXPECT_EQ(HeadFile::open(path()).value().read().value(), std::nullopt);
}

TEST_F(HeadFileTest, TheNewestHeadIsReadBackAfterEachWriteAndByTheNextProcess) {
  auto file = HeadFile::create(path()).value();
  for (std::uint64_t size = 1; size <= 5; ++size) {
    ASSERT_TRUE(file.write(head_of(size)));
    EXPECT_EQ(file.read().value(), head_of(size));
    EXPECT_EQ(HeadFile::open(path()).value().read().value(), head_of(size));
  }
  EXPECT_EQ(std::filesystem::file_size(path()), 8192u);
}

TEST_F(HeadFileTest, ATornWriteLeavesTheHeadBefore) {
  for (const std::uint64_t count : {4, 5}) {
    std::filesystem::remove(path());
    write_heads(count);
    flip_byte((count % 2 == 0 ? kSlotBytes : 0) + 20);  // the first write goes to the first slot

    auto file = HeadFile::open(path()).value();
    EXPECT_EQ(file.read().value(), head_of(count - 1));
    ASSERT_TRUE(file.write(head_of(count + 1)));  // goes over the torn slot, not over the readable one
    EXPECT_EQ(HeadFile::open(path()).value().read().value(), head_of(count + 1));
    flip_byte((count % 2 == 0 ? kSlotBytes : 0) + 20);
    EXPECT_EQ(HeadFile::open(path()).value().read().value(), head_of(count - 1));
  }
}

TEST_F(HeadFileTest, EveryFlippedByteOfASlotIsNoticed) {
  for (std::streamoff offset = 0; offset < 60; ++offset) {
    std::filesystem::remove(path());
    write_heads(2);
    flip_byte(kSlotBytes + offset);
    EXPECT_EQ(HeadFile::open(path()).value().read().value(), head_of(1)) << offset;
  }
}

TEST_F(HeadFileTest, AFileWithoutAReadableSlotIsCorrupt) {
  write_heads(2);
  flip_byte(0);
  flip_byte(kSlotBytes + 59);
  EXPECT_EQ(HeadFile::open(path()).error().code, ErrorCode::corrupt);
}

TEST_F(HeadFileTest, AMissingOrShortFileIsRefused) {
  EXPECT_EQ(HeadFile::open(path()).error().code, ErrorCode::not_found);
  write_heads(2);
  std::filesystem::resize_file(path(), 4096);
  EXPECT_EQ(HeadFile::open(path()).error().code, ErrorCode::corrupt);
}

TEST_F(HeadFileTest, CreateDoesNotReplaceAFile) {
  write_heads(1);
  EXPECT_EQ(HeadFile::create(path()).error().code, ErrorCode::invalid);
  EXPECT_EQ(HeadFile::open(path()).value().read().value(), head_of(1));
}

TEST(Disk, FreeSpaceOfAFolderThatIsNotThereIsAnError) {
  const client::ScratchFolder folder;
  EXPECT_GT(free_bytes(folder.path()).value(), 0u);
  EXPECT_EQ(free_bytes(folder.path() / "nowhere").error().code, ErrorCode::io);
  EXPECT_TRUE(sync_directory(folder.path()));
  EXPECT_FALSE(sync_directory(folder.path() / "nowhere"));
}

}  // namespace
}  // namespace placet::store
