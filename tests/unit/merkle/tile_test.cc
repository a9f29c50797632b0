#include "merkle/tile.h"

#include <gtest/gtest.h>

#include "base/check.h"

namespace placet::merkle {
namespace {

TEST(TilePath, IsWrittenAsTheSpecificationShows) {
  EXPECT_EQ((TilePath{.level = 0, .index = 1'234'067}.to_string()), "tile/0/x001/x234/067");
  EXPECT_EQ((TilePath{.level = 1, .index = 0, .width = 17}.to_string()), "tile/1/000.p/17");
  EXPECT_EQ((TilePath{.level = {}, .index = 273, .width = 112}.to_string()), "tile/entries/273.p/112");
}

TEST(TilePath, HasOneSpelling) {
  for (const std::string_view path : {"",
                                      "tile",
                                      "tile/",
                                      "tile/0",
                                      "tile/0/",
                                      "tile/0/1",
                                      "tile/0/0001",
                                      "tile/0/x000/001",
                                      "tile/0/x001",
                                      "tile/00/001",
                                      "tile/+1/001",
                                      "tile/64/001",
                                      "tile/256/001",
                                      "tile/Entries/001",
                                      "tile/0/001/",
                                      "tile/0/001.p",
                                      "tile/0/001.p/",
                                      "tile/0/001.p/0",
                                      "tile/0/001.p/01",
                                      "tile/0/001.p/256",
                                      "tile/0/001.p/1/",
                                      "tile/0/001.p/1.p/1",
                                      "/tile/0/001",
                                      "tile/0/x18/446",
                                      "tile/0/x018/x446/x744/x073/x709/x551/616",
                                      "tile//001",
                                      "tile/0/../001",
                                      "tile/0/001 "}) {
    const auto parsed = TilePath::parse(path);
    ASSERT_FALSE(parsed) << path;
    EXPECT_EQ(parsed.error().code, ErrorCode::invalid);
  }
  EXPECT_EQ(TilePath::parse("tile/0/x018/x446/x744/x073/x709/x551/615").value().index, UINT64_MAX);
}

TEST(Tiles, APartialOneIsWhatTheFullOnesLeave) {
  EXPECT_EQ(full_tiles({0}, 0), 0u);
  EXPECT_EQ(partial_width({0}, 0), 0u);
  EXPECT_EQ(full_tiles({256}, 0), 1u);
  EXPECT_EQ(partial_width({256}, 0), 0u);
  EXPECT_EQ(partial_width({256}, 1), 1u);
  EXPECT_EQ(full_tiles({UINT64_MAX}, 7), 0u);
  EXPECT_EQ(partial_width({UINT64_MAX}, 7), 255u);
  EXPECT_EQ(full_tiles({UINT64_MAX}, 8), 0u);
  EXPECT_EQ(partial_width({UINT64_MAX}, 8), 0u);
}

TEST(EntryBundle, HoldsEntriesUpTo65535BytesAndNoLongerOne) {
  Bytes bundle;
  append_entry(bundle, Bytes(kEntryBytesMax, 'e'));
  append_entry(bundle, "");
  const auto entries = decode_bundle(bundle, 2);
  ASSERT_TRUE(entries) << entries.error().message;
  EXPECT_EQ((*entries)[0].size(), kEntryBytesMax);
  EXPECT_EQ((*entries)[1], "");
  const BugBarrier barrier;
  EXPECT_THROW(append_entry(bundle, Bytes(kEntryBytesMax + 1, 'e')), BugFound);
}

TEST(EntryBundle, CutAnywhereIsCorrupt) {
  Bytes bundle;
  append_entry(bundle, "one");
  append_entry(bundle, "three");
  for (std::size_t size = 0; size < bundle.size(); ++size) {
    const auto entries = decode_bundle(BytesView(bundle).substr(0, size), 2);
    ASSERT_FALSE(entries) << size;
    EXPECT_EQ(entries.error().code, ErrorCode::corrupt);
  }
}

}  // namespace
}  // namespace placet::merkle
