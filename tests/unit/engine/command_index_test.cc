#include "engine/command_index.h"

#include <gtest/gtest.h>

#include "store/memory/event_log.h"

namespace placet::engine {
namespace {

constexpr Digest kContent{1};

class CommandIndexTest : public testing::Test {
 protected:
  /// Whether this command was seen before. One that was not is taken into the group.
  bool seen(Uuid command, Uuid account) {
    std::vector<std::unique_ptr<Request>> requests;
    requests.push_back(std::make_unique<Request>());
    Submission& submission = requests.back()->submissions.emplace_back();
    submission.id = CommandId(command);
    submission.actor.account = AccountId(account);
    index_.look_up(requests);
    const auto first = index_.first_answer(0, kContent).value();
    if (!first) index_.add(index_.key(0), {{taken_++}, 1}, kContent, domain::RejectionCode::unspecified);
    return first.has_value();
  }

  store::MemoryEventLog log_;
  CommandIndex index_{log_, Uuid{100, 0}};
  std::uint64_t taken_ = 0;
};

TEST_F(CommandIndexTest, ARepeatIsSeenWhetherItsIdIsAboveOrBelowAllOthers) {
  for (const std::uint64_t id : {200, 50, 300, 250, 100}) {
    EXPECT_FALSE(seen({id, 0}, {1, 1})) << id;
    EXPECT_FALSE(seen({id, 0}, {2, 2})) << id << " of another account";
  }
  for (const std::uint64_t id : {200, 50, 300, 250, 100}) {
    EXPECT_TRUE(seen({id, 0}, {1, 1})) << id;
    EXPECT_TRUE(seen({id, 0}, {2, 2})) << id;
  }
}

TEST_F(CommandIndexTest, RepeatsAreSeenHoweverManyAccountsCameBetween) {
  constexpr std::uint64_t kAccounts = 10'000;  // more than it keeps in mind
  for (std::uint64_t i = 0; i < kAccounts; ++i) EXPECT_FALSE(seen({1'000 + i % 7, i}, {i, 1}));
  for (std::uint64_t i = 0; i < kAccounts; ++i) EXPECT_TRUE(seen({1'000 + i % 7, i}, {i, 1}));
}

TEST_F(CommandIndexTest, ARepeatOfWhatTheLogHeldAtTheStartIsAskedOfTheLog) {
  store::Group group(log_.size());
  group.add_record({}, {0}, "no record");
  group.add_command({{100, 0}, {1, 1}}, {{0}, 1});
  ASSERT_TRUE(log_.append(group));
  std::vector<std::unique_ptr<Request>> requests;
  requests.push_back(std::make_unique<Request>());
  requests.back()->submissions.emplace_back().id = CommandId(Uuid{100, 0});
  requests.back()->submissions.back().actor.account = AccountId(Uuid{1, 1});
  index_.look_up(requests);
  EXPECT_FALSE(index_.first_answer(0, kContent)) << "what the log has under this id was not read";
}

}  // namespace
}  // namespace placet::engine
