#include <gmock/gmock.h>

#include <fstream>

#include "base/check.h"
#include "store/rocks/event_log.h"
#include "store/rocks/row_archive.h"
#include "store/rocks/row_store.h"
#include "tests/contract/event_log_contract.h"
#include "tests/contract/row_archive_contract.h"
#include "tests/contract/row_store_contract.h"
#include "tests/support/bytes_in.h"
#include "tests/support/write_ahead_log.h"
#include "tools/client/scratch_folder.h"

namespace placet::testing {

using store::OpenMode;
using store::RowKind;

INSTANTIATE_TEST_SUITE_P(OnRocks, EventLogContract, ::testing::Values(std::pair("rocks", &log_on_rocks)));
INSTANTIATE_TEST_SUITE_P(OnRocks, RowArchiveContract,
                         ::testing::Values(std::pair("rocks", &rebuildable_rows_on_rocks)));
INSTANTIATE_TEST_SUITE_P(OnRocks, RowStoreContract,
                         ::testing::Values(std::pair("rebuildable", &rebuildable_rows_on_rocks),
                                           std::pair("kept", &kept_rows_on_rocks)),
                         [](const auto& test) { return test.param.first; });

TEST(RocksStores, AMissingDatabaseIsNotMadeUnlessAskedFor) {
  const client::ScratchFolder folder;
  for (const OpenMode mode : {OpenMode::existing, OpenMode::read_only}) {
    EXPECT_EQ(store::open_event_log(folder.path() / "log", mode).error().code, ErrorCode::not_found);
    EXPECT_EQ(store::open_row_store(folder.path() / "state", RowKind::kept, mode, {}).error().code,
              ErrorCode::not_found);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(RocksStores, ADatabaseOfAnotherFormatIsRefused) {
  const client::ScratchFolder folder;
  ASSERT_TRUE(store::open_row_store(
      folder.path(), RowKind::kept, OpenMode::create,
      std::vector<std::string>{"records", "streams", "heads", "commands", "tiles", "checkpoints"}));

  const auto opened = store::open_event_log(folder.path(), OpenMode::existing);

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::invalid);
  EXPECT_THAT(opened.error().message, ::testing::HasSubstr("placet rows"));
}

TEST(RocksStores, AReaderBesideTheWriterSeesTheLogAsItWasAndCannotAppend) {
  const client::ScratchFolder folder;
  const auto log = store::open_event_log(folder.path(), OpenMode::create).value();
  store::Group group({0});
  group.add_record(kAnna, {0}, "a0");
  ASSERT_TRUE(log->append(group));

  const auto reader = store::open_event_log(folder.path(), OpenMode::read_only);
  ASSERT_TRUE(reader) << reader.error().message;
  group.clear({1});
  group.add_record(kAnna, {1}, "a1");
  ASSERT_TRUE(log->append(group));

  EXPECT_EQ((*reader)->size().value, 1u);
  EXPECT_EQ((*reader)->record({0}).value(), "a0");
  EXPECT_FALSE((*reader)->append(group));
}

TEST(RocksStores, ASecondWriterIsRefused) {
  const client::ScratchFolder folder;
  const auto log = store::open_event_log(folder.path(), OpenMode::create).value();

  EXPECT_FALSE(store::open_event_log(folder.path(), OpenMode::existing));
}

/// What a killed process leaves: the files as they are, without the orderly close.
void copy_files(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  std::filesystem::remove(to / "LOCK");
}

TEST(RocksStores, RebuildableRowsFallBackToOneMomentInAllTables) {
  const client::ScratchFolder folder;
  const std::vector<std::string> tables{"sheets", "cursor"};
  const auto rows =
      store::open_row_store(folder.path() / "views", RowKind::rebuildable, OpenMode::create, tables).value();
  for (const BytesView value : {"1", "2", "3"}) {
    store::RowBatch batch;
    batch.put("sheets", "row", value);
    batch.put("cursor", "size", value);
    ASSERT_TRUE(rows->write(batch, store::Durability::buffered));
    if (value == "2") {
      ASSERT_TRUE(rows->flush());
    }
  }
  copy_files(folder.path() / "views", folder.path() / "killed");

  const auto after = store::open_row_store(folder.path() / "killed", RowKind::rebuildable, OpenMode::existing, {});
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ((*after)->get("sheets", "row").value(), "2");
  EXPECT_EQ((*after)->get("cursor", "size").value(), "2");
}

TEST(RocksStores, ALargeBatchSurvivesTheKillOfTheProcessWithAllThatWasWrittenBefore) {
  const client::ScratchFolder folder;
  const std::vector<std::string> tables{"sheets", "entries", "cursor"};
  const auto rows =
      store::open_row_store(folder.path() / "views", RowKind::rebuildable, OpenMode::create, tables).value();
  store::RowBatch small, large, lost;
  small.put("entries", "row", "1");
  small.put("cursor", "size", "1");
  ASSERT_TRUE(rows->write(small, store::Durability::buffered));
  for (int number = 0; number < 6'000; ++number)
    large.put("sheets", std::to_string(100'000 + number), Bytes(1'000, 'x'));
  large.put("cursor", "size", "2");
  ASSERT_TRUE(rows->write(large, store::Durability::buffered));
  lost.put("entries", "row", "3");
  lost.put("cursor", "size", "3");
  ASSERT_TRUE(rows->write(lost, store::Durability::buffered));
  copy_files(folder.path() / "views", folder.path() / "killed");

  const auto after = store::open_row_store(folder.path() / "killed", RowKind::rebuildable, OpenMode::existing, {});
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ((*after)->get("entries", "row").value(), "1");
  EXPECT_EQ((*after)->get("sheets", "105999").value(), Bytes(1'000, 'x'));
  EXPECT_EQ((*after)->get("cursor", "size").value(), "2");
}

TEST(RocksStores, AnArchiveClearsAwayWhatAKilledProcessLeftHalfDone) {
  const client::ScratchFolder folder;
  const auto archived = folder.path() / "archive";
  {
    const auto rows = store::open_row_store(folder.path() / "views", RowKind::rebuildable, OpenMode::create,
                                            std::vector<std::string>{"sheets"})
                          .value();
    const auto archive = store::open_row_archive(archived).value();
    for (const LogSize size : {LogSize{5}, LogSize{10}}) ASSERT_TRUE(archive->keep(size, *rows));
    const auto opened = archive->open({10}).value();
    const auto read = archive->open_to_read({5}).value();
    ASSERT_TRUE(archive->drop({5}));
    copy_files(archived, folder.path() / "killed");
  }
  std::filesystem::create_directories(folder.path() / "killed" / "20.tmp");  // half of a copy
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "killed" / "open-0"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "killed" / "5")) << "somebody reads in it";
  EXPECT_FALSE(std::filesystem::exists(archived / "open-0")) << "it goes with the store";
  EXPECT_FALSE(std::filesystem::exists(archived / "5")) << "it goes with its last reader";

  const auto after = store::open_row_archive(folder.path() / "killed").value();
  EXPECT_THAT(after->sizes(), ::testing::ElementsAre(LogSize{10}));
  EXPECT_TRUE(after->open({10}));
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "killed"))
    names.push_back(entry.path().filename());
  EXPECT_THAT(names, ::testing::ElementsAre("10"));
}

/// Three groups of a record each, whose writer was killed; then some bytes of the third were zeros.
std::filesystem::path log_with_a_hole(const std::filesystem::path& folder) {
  const auto log = store::open_event_log(folder / "log", OpenMode::create).value();
  for (std::uint32_t at = 0; at < 3; ++at) {
    store::Group group({at});
    group.add_record(kAnna, {at}, Bytes(20'000, 'a'));
    PLACET_CHECK(log->append(group).has_value());
  }
  copy_files(folder / "log", folder / "killed");
  const auto wal = write_ahead_log(folder / "killed");
  std::fstream bytes(wal, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekp(static_cast<std::streamoff>(std::filesystem::file_size(wal)) - 10'000);
  bytes << Bytes(512, '\0');
  return folder / "killed";
}

store::LogCheck holds(std::uint64_t size) {
  return [size](const store::EventLog& log) -> Result<void> {
    if (log.size().value < size) return fail(ErrorCode::corrupt, "too short");
    return {};
  };
}

TEST(RocksStores, AHoleBehindWhatWasAnsweredIsCutOff) {
  const client::ScratchFolder folder;
  const auto killed = log_with_a_hole(folder.path());
  EXPECT_EQ(store::open_event_log(killed, OpenMode::existing).error().code, ErrorCode::corrupt);
  {
    const auto log = store::recover_event_log(killed, OpenMode::existing, holds(2));
    ASSERT_TRUE(log) << log.error().message;
    EXPECT_EQ((*log)->size().value, 2u);
    store::Group group({2});
    group.add_record(kAnna, {2}, "another");
    ASSERT_TRUE((*log)->append(group));
  }
  const auto log = store::open_event_log(killed, OpenMode::existing);
  ASSERT_TRUE(log) << log.error().message;
  EXPECT_EQ((*log)->record({2}).value(), "another");
}

TEST(RocksStores, AHoleInWhatWasAnsweredIsRefusedAndLeftAsItIs) {
  const client::ScratchFolder folder;
  const auto killed = log_with_a_hole(folder.path());
  const Bytes before = bytes_in(write_ahead_log(killed));
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(store::recover_event_log(killed, OpenMode::existing, holds(3)).error().code, ErrorCode::corrupt);
  EXPECT_EQ(bytes_in(write_ahead_log(killed)), before);
}

TEST(RocksStores, AnAppendedGroupSurvivesTheKillOfTheProcess) {
  const client::ScratchFolder folder;
  const auto log = store::open_event_log(folder.path() / "log", OpenMode::create).value();
  store::Group group({0});
  group.add_record(kAnna, {0}, "a0");
  ASSERT_TRUE(log->append(group));
  copy_files(folder.path() / "log", folder.path() / "killed");

  const auto after = store::open_event_log(folder.path() / "killed", OpenMode::existing);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ((*after)->size().value, 1u);
  EXPECT_EQ((*after)->head(kAnna).value(), StreamVersion{0});
}

}  // namespace placet::testing
