#include "access/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "access/private_file.h"
#include "tools/client/scratch_folder.h"

namespace placet::access {
namespace {

using ::testing::HasSubstr;

class Keys : public ::testing::Test {
 protected:
  mode_t mode_of(const std::filesystem::path& path) const {
    struct stat info{};
    EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 07777;
  }
  Bytes content_of(const std::filesystem::path& path) const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void set_mode(const std::filesystem::path& path, mode_t mode) const { ASSERT_EQ(chmod(path.c_str(), mode), 0); }

  client::ScratchFolder temp_;
  const std::filesystem::path folder_ = temp_.path() / "ledger.keys";
};

TEST_F(Keys, AreTheSameWhenTheFolderIsOpenedAgain) {
  const auto made = KeyFolder::create(folder_).value();
  const auto opened = KeyFolder::open(folder_).value();
  EXPECT_EQ(made.index_key(), opened.index_key());
  EXPECT_EQ(made.request_key(), opened.request_key());
  EXPECT_EQ(made.wrap_key(), opened.wrap_key());
  EXPECT_EQ(made.signing_key().public_key(), opened.signing_key().public_key());
}

TEST_F(Keys, OfOneFolderDifferFromEachOtherAndFromTheRoot) {
  const auto keys = KeyFolder::create(folder_).value();
  const Bytes root = content_of(folder_ / "root.key");
  EXPECT_EQ(root.size(), 32u);
  EXPECT_FALSE(keys.index_key() == keys.request_key());
  EXPECT_FALSE(keys.index_key() == keys.wrap_key());
  EXPECT_FALSE(keys.request_key() == keys.wrap_key());
  EXPECT_NE(keys.wrap_key().bytes(), root);
}

TEST_F(Keys, OfTwoFoldersDiffer) {
  const auto one = KeyFolder::create(folder_).value();
  const auto other = KeyFolder::create(temp_.path() / "other").value();
  EXPECT_FALSE(one.index_key() == other.index_key());
  EXPECT_NE(one.signing_key().public_key(), other.signing_key().public_key());
}

TEST_F(Keys, AreReachableByTheirOwnerAlone) {
  const mode_t before = umask(0);
  ASSERT_TRUE(KeyFolder::create(folder_));
  umask(before);
  EXPECT_EQ(mode_of(folder_), 0700u);
  EXPECT_EQ(mode_of(folder_ / "root.key"), 0600u);
  EXPECT_EQ(mode_of(folder_ / "signing.key"), 0600u);
}

TEST_F(Keys, AreNeverOverwritten) {
  ASSERT_TRUE(KeyFolder::create(folder_));
  const Bytes root = content_of(folder_ / "root.key");
  const auto again = KeyFolder::create(folder_);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::invalid);
  EXPECT_THAT(again.error().message, HasSubstr("never overwritten"));
  EXPECT_EQ(content_of(folder_ / "root.key"), root);
}

TEST_F(Keys, ThatOthersCouldReadAreRefusedWithTheWayToMendIt) {
  ASSERT_TRUE(KeyFolder::create(folder_));
  for (const char* file : {"root.key", "signing.key"}) {
    for (const mode_t mode : {0640u, 0604u, 0620u}) {
      set_mode(folder_ / file, mode);
      const auto opened = KeyFolder::open(folder_);
      ASSERT_FALSE(opened) << file << " " << mode;
      EXPECT_EQ(opened.error().code, ErrorCode::denied);
      EXPECT_THAT(opened.error().message, HasSubstr("chmod 600 " + (folder_ / file).string()));
    }
    set_mode(folder_ / file, 0600);
  }
  EXPECT_TRUE(KeyFolder::open(folder_));
}

TEST_F(Keys, InAFolderThatOthersMayEnterAreRefused) {
  ASSERT_TRUE(KeyFolder::create(folder_));
  set_mode(folder_, 0750);
  const auto opened = KeyFolder::open(folder_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::denied);
  EXPECT_THAT(opened.error().message, HasSubstr("chmod 700 " + folder_.string()));
}

TEST_F(Keys, AreNotMadeInAFolderThatOthersMayEnter) {
  std::filesystem::create_directory(folder_);
  set_mode(folder_, 0755);
  const auto made = KeyFolder::create(folder_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::denied);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(Keys, ThatAreMissingAreNamed) {
  const auto no_folder = KeyFolder::open(folder_);
  ASSERT_FALSE(no_folder);
  EXPECT_EQ(no_folder.error().code, ErrorCode::not_found);

  ASSERT_TRUE(KeyFolder::create(folder_));
  std::filesystem::remove(folder_ / "signing.key");
  const auto no_file = KeyFolder::open(folder_);
  ASSERT_FALSE(no_file);
  EXPECT_EQ(no_file.error().code, ErrorCode::not_found);
  EXPECT_THAT(no_file.error().message, HasSubstr("signing.key"));
}

TEST_F(Keys, OfAnotherLengthAreRefused) {
  ASSERT_TRUE(KeyFolder::create(folder_));
  for (const std::size_t size : {0u, 31u, 33u, 1'000u}) {
    std::filesystem::remove(folder_ / "root.key");
    ASSERT_TRUE(write_private_file(folder_ / "root.key", Bytes(size, 'k')));
    const auto opened = KeyFolder::open(folder_);
    ASSERT_FALSE(opened) << size;
    EXPECT_EQ(opened.error().code, ErrorCode::invalid);
    EXPECT_THAT(opened.error().message, HasSubstr("root.key"));
  }
}

TEST_F(Keys, MayLieInAFolderNamedWithASlashAtTheEnd) {
  EXPECT_TRUE(KeyFolder::create(folder_ / ""));
  EXPECT_TRUE(KeyFolder::open(folder_));
}

}  // namespace
}  // namespace placet::access
