#include "engine/command_index.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "store/memory/event_log.h"

namespace placet::engine {
namespace {

constexpr Digest kContent{1};
constexpr Timestamp kNow{1'791'800'000'000'000};
/// An id of `millis` after then, or before.
constexpr Uuid id(std::int64_t millis, std::uint64_t rest = 0) {
  return {first_uuid_of({kNow.micros + millis * 1'000}).hi, rest};
}
constexpr std::int64_t kYear = 365LL * 86'400'000;

class CommandIndexTest : public testing::Test {
 protected:
  /// Whether this command was seen before. One that was not is taken into the group.
  bool seen(Uuid command, Uuid account) {
    std::vector<std::unique_ptr<Request>> requests;
    requests.push_back(std::make_unique<Request>());
    Submission& submission = requests.back()->submissions.emplace_back();
    submission.id = CommandId(command);
    submission.actor.account = AccountId(account);
    index_.look_up(requests, kNow);
    const auto first = index_.first_answer(0, kContent).value();
    if (!first) index_.add(index_.key(0), {{taken_++}, 1}, kContent, domain::RejectionCode::unspecified);
    return first.has_value();
  }

  store::MemoryEventLog log_;
  CommandIndex index_{log_, {id(100), id(10 * kYear)}};
  std::uint64_t taken_ = 0;
};

TEST_F(CommandIndexTest, ARepeatIsSeenWhetherItsIdIsAboveOrBelowAllOthers) {
  const std::int64_t all[] = {200, 50, 300, 250, 100, -kYear, 11 * kYear, kYear, 2 * kYear, 400};
  for (const std::int64_t millis : all) {
    EXPECT_FALSE(seen(id(millis), {1, 1})) << millis;
    EXPECT_FALSE(seen(id(millis), {2, 2})) << millis << " of another account";
  }
  for (const std::int64_t millis : all) {
    EXPECT_TRUE(seen(id(millis), {1, 1})) << millis;
    EXPECT_TRUE(seen(id(millis), {2, 2})) << millis;
  }
}

TEST_F(CommandIndexTest, RepeatsAreSeenHoweverManyAccountsCameBetween) {
  constexpr std::uint64_t kAccounts = 10'000;  // more than it keeps in mind
  for (std::uint64_t i = 0; i < kAccounts; ++i) EXPECT_FALSE(seen(id(1'000, i % 7), {i, 1}));
  for (std::uint64_t i = 0; i < kAccounts; ++i) EXPECT_TRUE(seen(id(1'000, i % 7), {i, 1}));
}

TEST_F(CommandIndexTest, ARepeatOfWhatTheLogHeldAtTheStartIsAskedOfTheLog) {
  store::Group group(log_.size());
  group.add_record({}, {0}, "no record");
  group.add_command({id(100), {1, 1}}, {{0}, 1});
  ASSERT_TRUE(log_.append(group));
  std::vector<std::unique_ptr<Request>> requests;
  requests.push_back(std::make_unique<Request>());
  requests.back()->submissions.emplace_back().id = CommandId(id(100));
  requests.back()->submissions.back().actor.account = AccountId(Uuid{1, 1});
  index_.look_up(requests, kNow);
  EXPECT_FALSE(index_.first_answer(0, kContent)) << "what the log has under this id was not read";
}

}  // namespace
}  // namespace placet::engine
