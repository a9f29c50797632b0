#include "audit/chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/own_tree.h"
#include "merkle/hash.h"
#include "merkle/tree.h"
#include "tests/support/seed.h"
#include "tests/unit/audit/written_log.h"

namespace placet::audit {
namespace {

using store::LogColumn;
using ::testing::HasSubstr;
using testing::Tables;
using testing::WrittenLog;

const WrittenLog& right_log() {
  static const WrittenLog log;
  return log;
}

/// The first fault that has a position.
Fault first_fault(const ChainReport& report) {
  EXPECT_FALSE(report.faults.empty());
  return report.faults.empty() ? Fault{} : report.faults.front();
}

std::uint64_t number(BytesView bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8U | static_cast<std::uint8_t>(byte);
  return value;
}

TEST(OwnTree, AgreesWithTheTreeThatWritesAtEverySize) {
  merkle::Tree theirs;
  OwnTree ours([](std::uint8_t, std::uint64_t, const OwnTree::Tile&) {});
  EXPECT_EQ(ours.root(), theirs.root());
  for (int i = 0; i < 70'000; ++i) {
    const Bytes record = std::to_string(i);
    theirs.append(merkle::leaf_hash(record));
    ours.add(OwnTree::leaf(record));
    if (i > 1'000 && i < 65'000) continue;
    ASSERT_EQ(ours.root(), theirs.root()) << i + 1;
  }
}

TEST(Chain, OfARightLogHasNoFault) {
  const WrittenLog& log = right_log();
  const ChainReport report = log.check();
  for (const Fault& fault : report.faults) ADD_FAILURE() << fault.what;
  EXPECT_EQ(report.records, log.head.size.value);
  EXPECT_EQ(report.root, log.head.root);
  EXPECT_EQ(report.stream_rows, report.records);
  EXPECT_EQ(report.tiles, report.records / 256);
  EXPECT_EQ(report.checkpoints, 3U);
  EXPECT_EQ(report.signed_size, log.checkpoints.back().size);
  EXPECT_TRUE(report.head_checked);
  EXPECT_TRUE(report.not_checked.empty());
}

TEST(Chain, NamesTheExactRecordThatWasChangedAmongThoseInATile) {
  for (const std::uint64_t position : {0, 255, 256, 700, 1'279}) {
    // What another history has there, put into this one.
    WrittenLog log = right_log();
    WrittenLog other(position);
    auto& chunks = log.tables.of(LogColumn::records);
    for (auto& [key, chunk] : chunks) chunk = other.tables.of(LogColumn::records).at(key);
    const Fault fault = first_fault(log.check());
    ASSERT_TRUE(fault.first);
    EXPECT_EQ(fault.first->value, position);
    EXPECT_EQ(fault.last.value, position);
    EXPECT_THAT(fault.what, HasSubstr("the tree has another hash for it"));
  }
}

TEST(Chain, NamesTheRangeSinceTheLastCheckpointWhereTheTreeHasNoTileYet) {
  const std::uint64_t position = right_log().head.size.value - 3;
  WrittenLog log = right_log();
  log.tables.of(LogColumn::records) = WrittenLog(position).tables.of(LogColumn::records);
  const Fault fault = first_fault(log.check());
  ASSERT_TRUE(fault.first);
  EXPECT_EQ(fault.first->value, log.checkpoints.back().size.value);
  EXPECT_EQ(fault.last.value, log.head.size.value - 1);
}

TEST(Chain, FindsAHistoryThatWasWrittenAnewWithAllItsHashesByItsSignatures) {
  WrittenLog forged(700);
  forged.tables.of(LogColumn::checkpoints) = WrittenLog(right_log()).tables.of(LogColumn::checkpoints);
  const Fault fault = first_fault(forged.check());
  ASSERT_TRUE(fault.first);
  EXPECT_EQ(fault.first->value, right_log().checkpoints[0].size.value) << "the last size that is right";
  EXPECT_EQ(fault.last.value, right_log().checkpoints[1].size.value - 1);
}

TEST(Chain, HoldsAnAuditorsOwnCheckpointAgainstALogThatForgotIt) {
  WrittenLog forged(700);
  forged.tables.of(LogColumn::checkpoints).clear();
  ChainInput input = forged.input();
  input.since = right_log().checkpoints[2];
  const ChainReport report = check_chain(input).value();
  EXPECT_TRUE(report.since_checked);
  EXPECT_THAT(first_fault(report).what, HasSubstr("are not those of your own checkpoint"));
  input.since = WrittenLog(700).checkpoints[2];
  EXPECT_TRUE(check_chain(input).value().faults.empty());
}

TEST(Chain, OfALogThatWasCutIsFoundByItsHead) {
  WrittenLog log = right_log();
  auto& chunks = log.tables.of(LogColumn::records);
  const std::uint64_t cut = number(std::prev(chunks.end())->first);
  chunks.erase(std::prev(chunks.end()));
  const ChainReport report = log.check();
  EXPECT_FALSE(report.head_checked);
  const bool named = std::ranges::any_of(report.faults, [&](const Fault& fault) {
    return fault.first && fault.first->value == cut && fault.what.find("the head file") != std::string::npos;
  });
  EXPECT_TRUE(named);
}

TEST(Chain, WithoutAHeadFileSaysWhatItCouldNotCheck) {
  ChainInput input = right_log().input();
  input.head.reset();
  const ChainReport report = check_chain(input).value();
  EXPECT_TRUE(report.faults.empty());
  ASSERT_EQ(report.not_checked.size(), 1U);
  EXPECT_THAT(report.not_checked.front(), HasSubstr("no head file"));
}

TEST(Chain, RefusesCheckpointsOfAnotherKey) {
  const WrittenLog& log = right_log();
  const auto seed = crypto::SecretKey::from_bytes(Bytes(32, 'x')).value();
  const auto other = merkle::NoteSigner::of("placet.example", crypto::SigningKey::from_seed(seed)).value();
  ChainInput input = log.input();
  const ChainInput strange{input.tables, {"placet.example", other.verifier()}, input.head, {}, {}};
  const ChainReport report = check_chain(strange).value();
  EXPECT_EQ(report.faults.size(), 3U);
  EXPECT_EQ(report.signed_size, LogSize{});
}

/// Changes one thing somewhere; answers what.
std::string tamper(Tables& tables, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return random() % n; };
  while (true) {
    const std::size_t index = below(store::kLogColumnNames.size());
    auto& rows = tables.of(static_cast<LogColumn>(index));
    if (rows.empty()) continue;
    const std::string in = std::string(" in ") + std::string(store::kLogColumnNames[index]);
    auto row = std::next(rows.begin(), static_cast<std::ptrdiff_t>(below(rows.size())));
    const std::string of = ", row " + to_hex(row->first);
    const auto flip = [&](Bytes& bytes) {
      char& byte = bytes[below(bytes.size())];
      byte = static_cast<char>(byte ^ 1 << below(8));
    };
    switch (below(5)) {
      case 0: flip(row->second); return "a bit of a value" + in + of;
      case 1: {
        Bytes key = row->first, value = row->second;
        rows.erase(row);
        flip(key);
        rows[key] = value;
        return "a bit of a key" + in + of;
      }
      case 2:
        // Whoever keeps fewer checkpoints has told no lie.
        if (static_cast<LogColumn>(index) == LogColumn::checkpoints) continue;
        rows.erase(row);
        return "deleted" + in + of;
      case 3: {
        auto other = std::next(rows.begin(), static_cast<std::ptrdiff_t>(below(rows.size())));
        if (other->second == row->second) continue;
        std::swap(other->second, row->second);
        return "swapped with " + to_hex(other->first) + in + of;
      }
      case 4:
        if (row->second.size() < 2) continue;
        row->second.resize(1 + below(row->second.size() - 1));
        return "cut" + in + of;
      default: break;
    }
  }
}

TEST(Chain, NoticesWhateverIsChangedAndWhere) {
  const auto seed = static_cast<std::uint32_t>(placet::testing::seed_or(20261127));
  std::mt19937 random(seed);
  for (int round = 0; round < 300; ++round) {
    WrittenLog log = right_log();
    const std::string what = tamper(log.tables, random);
    const auto report = check_chain(log.input());
    ASSERT_TRUE(report) << what << ", seed " << seed << ": " << report.error().message;
    ASSERT_FALSE(report->faults.empty()) << what << ", seed " << seed << ", round " << round;
  }
}

}  // namespace
}  // namespace placet::audit
