#include "rpc/engine_port.h"

#include <gtest/gtest.h>

#include <thread>

namespace placet::rpc {
namespace {

using Requests = std::vector<std::unique_ptr<engine::Request>>;

std::unique_ptr<engine::Request> request_of(std::size_t bytes) {
  auto request = std::make_unique<engine::Request>();
  request->submissions.resize(1);
  request->bytes = bytes;
  return request;
}

class EnginePortTest : public ::testing::Test {
 protected:
  ~EnginePortTest() noexcept override = default;

  void run() { wait_scope_.poll(); }
  Requests taken() {
    inbox_.nudge();  // so that it does not wait
    return inbox_.take(0, 1 << 20);
  }
  static void answer(engine::Request& request, std::uint64_t position, LogSize size) {
    request.answer({engine::Accepted{{position}, 1}}, size);
  }

  kj::EventLoop loop_;
  kj::WaitScope wait_scope_{loop_};
  engine::Inbox inbox_{{.requests = 3, .bytes = 1 << 20}};
  std::optional<EnginePort> port_{std::in_place, inbox_};
};

TEST_F(EnginePortTest, PutsWhatOneTurnOfTheLoopBringsIntoTheInboxTogether) {
  auto first = port_->submit(request_of(100));
  auto second = port_->submit(request_of(100));
  EXPECT_TRUE(taken().empty());

  run();

  EXPECT_EQ(taken().size(), 2u);
}

TEST_F(EnginePortTest, LetsALargeRequestNotWaitForTheEndOfTheTurn) {
  auto answered = port_->submit(request_of(100'000));
  EXPECT_EQ(taken().size(), 1u);
}

TEST_F(EnginePortTest, GivesEachCallTheAnswerToItsOwnRequestWhateverTheOrder) {
  auto first = port_->submit(request_of(100));
  auto second = port_->submit(request_of(100));
  run();
  Requests requests = taken();
  ASSERT_EQ(requests.size(), 2u);

  std::thread committer([&] {
    answer(*requests[1], 8, {9});
    answer(*requests[0], 7, {9});
  });
  const auto of_first = first.wait(wait_scope_);
  const auto of_second = second.wait(wait_scope_);
  committer.join();

  ASSERT_TRUE(of_first && of_second);
  EXPECT_EQ(std::get<engine::Accepted>(of_first->outcomes.front()).first, LogPosition{7});
  EXPECT_EQ(std::get<engine::Accepted>(of_second->outcomes.front()).first, LogPosition{8});
  EXPECT_EQ(of_first->size, LogSize{9});
}

TEST_F(EnginePortTest, SaysNothingWasTakenOfWhatDoesNotFitTheInbox) {
  std::vector<kj::Promise<std::optional<EnginePort::Answer>>> calls;
  for (int i = 0; i < 4; ++i) calls.push_back(port_->submit(request_of(100)));

  EXPECT_FALSE(calls.back().wait(wait_scope_).has_value());

  Requests requests = taken();
  ASSERT_EQ(requests.size(), 3u);
  for (auto& request : requests) answer(*request, 1, {2});
  EXPECT_TRUE(calls.front().wait(wait_scope_).has_value());
}

TEST_F(EnginePortTest, TakesAnswersToCallsThatNobodyWaitsForAnyMoreAndAfterItsEnd) {
  {
    auto dropped = port_->submit(request_of(100));
  }
  auto kept = port_->submit(request_of(100));
  run();
  Requests requests = taken();
  ASSERT_EQ(requests.size(), 2u);
  answer(*requests[0], 1, {2});
  run();

  port_.reset();

  answer(*requests[1], 2, {3});
}

}  // namespace
}  // namespace placet::rpc
