#include "tests/contract/event_log_contract.h"

#include <gmock/gmock.h>

#include <map>

#include "base/check.h"
#include "store/log_format.h"

namespace placet::testing {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void EventLogContract::append(const std::vector<std::pair<StreamId, Bytes>>& records) {
  store::Group group(log().size());
  std::map<StreamId, std::uint32_t> next;
  for (const auto& [stream, record] : records) {
    if (!next.contains(stream)) {
      const auto head = log().head(stream).value();
      next[stream] = head ? head->value + 1 : 0;
    }
    group.add_record(stream, {next[stream]++}, record);
  }
  const auto appended = log().append(group);
  ASSERT_TRUE(appended) << appended.error().message;
}

EventLogContract::Records EventLogContract::read_from(std::uint64_t position) {
  Records found;
  const auto done = log().read({position}, [&](LogPosition at, BytesView record) {
    EXPECT_EQ(at.value, position + found.size());
    found.emplace_back(record);
    return true;
  });
  EXPECT_TRUE(done) << done.error().message;
  return found;
}

EventLogContract::Records EventLogContract::stream_from(const StreamId& stream, std::uint32_t version) {
  Records found;
  const auto done = log().read_stream(stream, {version}, [&](StreamVersion at, LogPosition position, BytesView record) {
    EXPECT_EQ(at.value, version + found.size());
    EXPECT_EQ(log().record(position).value(), record);
    found.emplace_back(record);
    return true;
  });
  EXPECT_TRUE(done) << done.error().message;
  return found;
}

std::vector<std::uint64_t> EventLogContract::positions(const StreamId& stream, std::uint32_t from, std::size_t max) {
  std::vector<std::uint64_t> found;
  const auto listed = log().positions(stream, {from}, max).value();
  for (const LogPosition position : listed) found.push_back(position.value);
  return found;
}

TEST_P(EventLogContract, ANewLogIsEmptyEverywhere) {
  EXPECT_EQ(log().size().value, 0u);
  EXPECT_THAT(read_from(0), IsEmpty());
  EXPECT_THAT(stream_from(kAnna, 0), IsEmpty());
  EXPECT_THAT(positions(kAnna, 0, 10), IsEmpty());
  EXPECT_EQ(log().head(kAnna).value(), std::nullopt);
  EXPECT_EQ(log().command({{0, 1}, {0, 2}}).value(), std::nullopt);
  EXPECT_EQ(log().tile(0, 0).value(), std::nullopt);
  EXPECT_FALSE(log().latest_checkpoint().value());
  EXPECT_FALSE(log().next_checkpoint({0}).value());
}

TEST_P(EventLogContract, AStreamThatGrewIsNeverSaidToStandStill) {
  append({{kAnna, "a0"}});
  EXPECT_TRUE(log().may_have_grown(kAnna, {0}));
  EXPECT_FALSE(log().may_have_grown(kAnna, {1}));
  append({{kBart, "b0"}});
  append({{kAnna, "a1"}});
  EXPECT_TRUE(log().may_have_grown(kAnna, {1}));
  EXPECT_TRUE(log().may_have_grown(kAnna, {2}));
  EXPECT_FALSE(log().may_have_grown(kAnna, {3}));
  reopen();
  EXPECT_TRUE(log().may_have_grown(kAnna, {2}));
  EXPECT_FALSE(log().may_have_grown(kAnna, {3}));
}

TEST_P(EventLogContract, PositionsAreGaplessAcrossGroups) {
  append({{kAnna, "a0"}, {kBart, "b0"}});
  append({{kAnna, "a1"}});
  append({{kBart, "b1"}, {kBart, "b2"}, {kAnna, "a2"}});

  EXPECT_EQ(log().size().value, 6u);
  EXPECT_THAT(read_from(0), ElementsAre("a0", "b0", "a1", "b1", "b2", "a2"));
  EXPECT_THAT(read_from(2), ElementsAre("a1", "b1", "b2", "a2"));
  EXPECT_THAT(read_from(4), ElementsAre("b2", "a2"));
  EXPECT_THAT(read_from(6), IsEmpty());
  EXPECT_THAT(read_from(99), IsEmpty());
}

TEST_P(EventLogContract, AReaderMayStopAnywhere) {
  append({{kAnna, "a0"}, {kAnna, "a1"}, {kAnna, "a2"}});

  int visits = 0;
  EXPECT_TRUE(log().read({0}, [&](LogPosition, BytesView) { return ++visits < 2; }));
  EXPECT_EQ(visits, 2);
  EXPECT_TRUE(log().read_stream(kAnna, {1}, [&](StreamVersion, LogPosition, BytesView) { return ++visits < 3; }));
  EXPECT_EQ(visits, 3);
}

TEST_P(EventLogContract, AReaderMayAskTheLogAgainWhileItVisits) {
  append({{kAnna, "a0"}, {kAnna, "a1"}});

  std::vector<Bytes> seen;
  EXPECT_TRUE(log().read({0}, [&](LogPosition at, BytesView) {
    seen.push_back(log().record(at).value());
    return true;
  }));
  EXPECT_THAT(seen, ElementsAre("a0", "a1"));
}

TEST_P(EventLogContract, ARecordAtOrAboveTheSizeIsNotFound) {
  append({{kAnna, "a0"}});

  EXPECT_EQ(log().record({0}).value(), "a0");
  EXPECT_EQ(log().record({1}).error().code, ErrorCode::not_found);
  EXPECT_EQ(log().record({UINT64_MAX}).error().code, ErrorCode::not_found);
}

TEST_P(EventLogContract, AStreamIsOneSequenceOfVersionsAcrossGroups) {
  append({{kAnna, "a0"}, {kBart, "b0"}, {kAnna, "a1"}});
  append({{kBart, "b1"}});
  append({{kAnna, "a2"}, {kBart, "b2"}, {kAnna, "a3"}});

  EXPECT_EQ(log().head(kAnna).value(), StreamVersion{3});
  EXPECT_EQ(log().head(kBart).value(), StreamVersion{2});
  EXPECT_THAT(positions(kAnna, 0, 10), ElementsAre(0, 2, 4, 6));
  EXPECT_THAT(positions(kAnna, 1, 2), ElementsAre(2, 4));
  EXPECT_THAT(positions(kAnna, 3, 10), ElementsAre(6));
  EXPECT_THAT(positions(kAnna, 4, 10), IsEmpty());
  EXPECT_THAT(positions(kAnna, 0, 0), IsEmpty());
  EXPECT_THAT(stream_from(kAnna, 0), ElementsAre("a0", "a1", "a2", "a3"));
  EXPECT_THAT(stream_from(kAnna, 3), ElementsAre("a3"));
  EXPECT_THAT(stream_from(kBart, 1), ElementsAre("b1", "b2"));
}

TEST_P(EventLogContract, StreamsOfOtherCategoriesAndNeighbouringIdsDoNotMix) {
  const StreamId last_of_category{1, {UINT64_MAX, UINT64_MAX}};
  const StreamId first_of_next{2, {0, 0}};
  append({{last_of_category, "last"}, {kAnnaOtherCategory, "other"}, {kAnna, "anna"}});

  EXPECT_THAT(stream_from(kAnna, 0), ElementsAre("anna"));
  EXPECT_THAT(stream_from(kAnnaOtherCategory, 0), ElementsAre("other"));
  EXPECT_THAT(stream_from(kAnnaOtherCategory, 7), IsEmpty());
  EXPECT_THAT(stream_from(last_of_category, 0), ElementsAre("last"));
  EXPECT_THAT(stream_from(first_of_next, 0), IsEmpty());
  EXPECT_EQ(log().head(first_of_next).value(), std::nullopt);
}

TEST_P(EventLogContract, RecordsOfEverySizeComeBackAcrossChunkBorders) {
  std::vector<std::pair<StreamId, Bytes>> group;
  Records all;
  for (const std::size_t size : {1, 2, 127, 128, 8'189, 8'190, 8'191, 8'192, 8'193, 1, 65'534, 65'535, 1, 300}) {
    all.emplace_back(size, static_cast<char>('a' + all.size()));
    group.emplace_back(all.size() % 2 ? kAnna : kBart, all.back());
  }
  append(group);
  append(group);
  Records twice = all;
  twice.insert(twice.end(), all.begin(), all.end());

  EXPECT_EQ(read_from(0), twice);
  for (std::size_t i = 0; i < twice.size(); ++i) {
    EXPECT_EQ(log().record({i}).value(), twice[i]) << i;
    EXPECT_EQ(read_from(i), Records(twice.begin() + static_cast<std::ptrdiff_t>(i), twice.end())) << i;
  }
  EXPECT_EQ(stream_from(kAnna, 0).size() + stream_from(kBart, 0).size(), twice.size());
}

TEST_P(EventLogContract, ALongStreamIsReadFromAnyVersion) {
  for (int group = 0; group < 20; ++group) {
    std::vector<std::pair<StreamId, Bytes>> records;
    for (int i = 0; i < 50; ++i)
      records.emplace_back(i % 3 ? kAnna : kBart, "record " + std::to_string(group) + " " + std::to_string(i));
    append(records);
  }

  const Records whole = stream_from(kAnna, 0);
  ASSERT_EQ(whole.size(), 20u * 33);
  for (const std::uint32_t version : {1u, 32u, 33u, 34u, 500u, 659u})
    EXPECT_EQ(stream_from(kAnna, version), Records(whole.begin() + version, whole.end())) << version;
}

TEST_P(EventLogContract, AnAcceptedCommandIsFoundByItsKeyAlone) {
  store::Group group(log().size());
  group.add_record(kAnna, {0}, "a0");
  group.add_record(kAnna, {1}, "a1");
  group.add_command({{7, 7}, {1, 1}}, {{0}, 2});
  group.add_record(kBart, {0}, "b0");
  group.add_command({{8, 8}, {1, 1}}, {{2}, 1});
  ASSERT_TRUE(log().append(group));

  EXPECT_EQ(log().command({{7, 7}, {1, 1}}).value(), (store::CommandRow{{0}, 2}));
  EXPECT_EQ(log().command({{8, 8}, {1, 1}}).value(), (store::CommandRow{{2}, 1}));
  EXPECT_EQ(log().command({{7, 8}, {1, 1}}).value(), std::nullopt) << "another id";
  EXPECT_EQ(log().command({{7, 7}, {1, 2}}).value(), std::nullopt) << "the same id of another account";
}

TEST_P(EventLogContract, ManyCommandsAreFoundInTheOrderOfTheirKeys) {
  constexpr std::uint64_t kCommands = 100;
  store::Group group(log().size());
  for (std::uint64_t i = 0; i < kCommands; ++i) {
    group.add_record(kAnna, {static_cast<std::uint32_t>(i)}, "a");
    group.add_command({{i, 0}, {}}, {{i}, 1});
  }
  ASSERT_TRUE(log().append(group));

  std::vector<store::CommandKey> keys;
  for (std::uint64_t i = kCommands; i-- > 0;) keys.insert(keys.end(), {{{i, 0}, {}}, {{i, 1}, {}}});
  const auto rows = log().commands(keys).value();
  ASSERT_EQ(rows.size(), keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool known = keys[i].command.lo == 0;
    EXPECT_EQ(rows[i], known ? std::optional(store::CommandRow{{keys[i].command.hi}, 1}) : std::nullopt);
  }
  EXPECT_TRUE(log().commands({}).value().empty());
}

TEST_P(EventLogContract, ManyHeadsAreFoundInTheOrderOfTheirStreams) {
  constexpr std::uint64_t kStreams = 100;
  const auto stream = [](std::uint64_t i) { return StreamId{kAnna.category, {i, 0}}; };
  store::Group group(log().size());
  for (std::uint64_t i = 0; i < kStreams; i += 2) {
    for (std::uint32_t version = 0; version <= i; ++version) group.add_record(stream(i), {version}, "a");
  }
  ASSERT_TRUE(log().append(group));

  std::vector<StreamId> streams;
  for (std::uint64_t i = kStreams; i-- > 0;) streams.push_back(stream(i));
  const auto heads = log().heads(streams).value();
  ASSERT_EQ(heads.size(), streams.size());
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const std::uint64_t number = kStreams - 1 - i;
    const auto newest = StreamVersion{static_cast<std::uint32_t>(number)};
    EXPECT_EQ(heads[i], number % 2 == 0 ? std::optional(newest) : std::nullopt) << number;
  }
  EXPECT_TRUE(log().heads({}).value().empty());
}

TEST_P(EventLogContract, TheNearestCommandIdsAreThoseOfAllAccounts) {
  EXPECT_EQ(log().nearest_command_ids({8, 0}).value(), store::NearestIds{});
  store::Group group(log().size());
  for (const store::CommandKey& key : {store::CommandKey{{7, 2}, {1, 1}}, {{9, 1}, {1, 2}}, {{9, 0}, {9, 9}}}) {
    group.add_record(kAnna, {static_cast<std::uint32_t>(group.commands().size())}, "a");
    group.add_command(key, {{group.commands().size()}, 1});
  }
  ASSERT_TRUE(log().append(group));
  const auto nearest = [&](Uuid to) { return log().nearest_command_ids(to).value(); };
  EXPECT_EQ(nearest({7, 1}), (store::NearestIds{{}, {7, 2}}));
  EXPECT_EQ(nearest({7, 2}), (store::NearestIds{{}, {7, 2}}));
  EXPECT_EQ(nearest({8, 0}), (store::NearestIds{{7, 2}, {9, 0}}));
  EXPECT_EQ(nearest({9, 1}), (store::NearestIds{{9, 0}, {9, 1}}));
  EXPECT_EQ(nearest({9, 2}), (store::NearestIds{{9, 1}, store::NearestIds{}.from}));
}

TEST_P(EventLogContract, FullTilesComeBackByLevelAndIndex) {
  store::Group group(log().size());
  group.add_record(kAnna, {0}, "a0");
  group.add_tile({0, 3, Bytes(store::kTileBytes, 'x')});
  group.add_tile({1, 3, Bytes(store::kTileBytes, 'y')});
  ASSERT_TRUE(log().append(group));

  EXPECT_EQ(log().tile(0, 3).value(), Bytes(store::kTileBytes, 'x'));
  EXPECT_EQ(log().tile(1, 3).value(), Bytes(store::kTileBytes, 'y'));
  EXPECT_EQ(log().tile(3, 0).value(), std::nullopt);
}

TEST_P(EventLogContract, TheLatestCheckpointIsTheOneOfTheLargestSize) {
  ASSERT_TRUE(log().put_checkpoint({300}, "third"));
  ASSERT_TRUE(log().put_checkpoint({2}, "first"));
  ASSERT_TRUE(log().put_checkpoint({255}, "second"));
  ASSERT_TRUE(log().put_checkpoint({300}, "third again"));

  const auto latest = log().latest_checkpoint().value();
  ASSERT_TRUE(latest);
  EXPECT_EQ(latest->size.value, 300u);
  EXPECT_EQ(latest->note, "third again");
  EXPECT_EQ(log().next_checkpoint({2}).value()->note, "first");
  EXPECT_EQ(log().next_checkpoint({3}).value()->size.value, 255u);
  EXPECT_FALSE(log().next_checkpoint({301}).value());
  std::vector<Bytes> notes;
  EXPECT_TRUE(log().read_checkpoints([&](LogSize, BytesView note) {
    notes.emplace_back(note);
    return true;
  }));
  EXPECT_THAT(notes, ElementsAre("first", "second", "third again"));
}

TEST_P(EventLogContract, AnEmptyGroupChangesNothing) {
  append({{kAnna, "a0"}});

  EXPECT_TRUE(log().append(store::Group(log().size())));
  EXPECT_EQ(log().size().value, 1u);
}

TEST_P(EventLogContract, EverythingIsThereAfterTheNextStart) {
  store::Group group(log().size());
  group.add_record(kAnna, {0}, Bytes(9'000, 'a'));
  group.add_record(kAnna, {1}, "a1");
  group.add_record(kBart, {0}, "b0");
  group.add_command({{7, 7}, {1, 1}}, {{0}, 3});
  group.add_tile({0, 0, Bytes(store::kTileBytes, 'x')});
  ASSERT_TRUE(log().append(group));
  ASSERT_TRUE(log().put_checkpoint({3}, "note"));

  reopen();

  EXPECT_EQ(log().size().value, 3u);
  EXPECT_THAT(read_from(0), ElementsAre(Bytes(9'000, 'a'), "a1", "b0"));
  EXPECT_EQ(log().head(kAnna).value(), StreamVersion{1});
  EXPECT_EQ(log().command({{7, 7}, {1, 1}}).value(), (store::CommandRow{{0}, 3}));
  EXPECT_TRUE(log().tile(0, 0).value());
  EXPECT_EQ(log().latest_checkpoint().value()->note, "note");
  append({{kAnna, "a2"}});
  EXPECT_THAT(stream_from(kAnna, 1), ElementsAre("a1", "a2"));
}

TEST_P(EventLogContract, AGroupThatDoesNotStartAtTheSizeIsABug) {
  append({{kAnna, "a0"}});
  const BugBarrier barrier;

  EXPECT_THROW(static_cast<void>(log().append(store::Group({0}))), BugFound);
  EXPECT_THROW(static_cast<void>(log().append(store::Group({2}))), BugFound);
}

}  // namespace placet::testing
