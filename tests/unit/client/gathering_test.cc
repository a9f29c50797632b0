#include "tools/client/gathering.h"

#include <gtest/gtest.h>

#include <vector>

#include "codec/ids.h"

namespace placet::client {
namespace {

/// Keeps each call until the test answers it.
class Ledger final : public schema::Commands::Server {
 public:
  struct Call {
    std::vector<Uuid> ids;
    kj::Own<kj::PromiseFulfiller<void>> go_on;
  };
  explicit Ledger(std::vector<Call>& calls) : calls_(calls) {}

 protected:
  /// Refuses ids without a time; the others begin at their number.
  kj::Promise<void> submit(SubmitContext context) override {
    Call& call = calls_.emplace_back();
    for (const auto submission : context.getParams().getSubmissions())
      call.ids.push_back(codec::read_id(submission.getId()));
    auto [promise, go_on] = kj::newPromiseAndFulfiller<void>();
    call.go_on = kj::mv(go_on);
    return promise.then([context, ids = call.ids]() mutable {
      auto outcomes = context.getResults().initOutcomes(static_cast<unsigned>(ids.size()));
      for (unsigned i = 0; i < ids.size(); ++i) {
        if (ids[i].hi == 0)
          outcomes[i].initRefused().setMessage("no time");
        else
          outcomes[i].initAccepted().setFirst(ids[i].lo);
      }
    });
  }

 private:
  std::vector<Call>& calls_;
};

class GatheringTest : public testing::Test {
 protected:
  ~GatheringTest() noexcept override = default;  // what a KJ destructor throws is a bug here

  kj::Promise<Answer> submit(std::uint64_t number, std::uint64_t time = 1) {
    return gathering_.submit(Uuid{time, number}, domain::SubmitSheet());
  }
  /// Lets everything happen that waits for nobody else.
  void settle() { wait_scope_.poll(); }

  kj::EventLoop loop_;
  kj::WaitScope wait_scope_{loop_};
  std::vector<Ledger::Call> calls_;
  Gathering gathering_{kj::heap<Ledger>(calls_)};
};

TEST_F(GatheringTest, WhatIsAskedInOneTurnIsOneCall) {
  auto first = submit(1), second = submit(2);
  settle();
  ASSERT_EQ(calls_.size(), 1);
  EXPECT_EQ(calls_[0].ids, (std::vector<Uuid>{{1, 1}, {1, 2}}));
}

TEST_F(GatheringTest, ManyOfOneTurnAreTwoCalls) {
  std::vector<kj::Promise<Answer>> callers;
  for (std::uint64_t number = 1; number <= 64; ++number) callers.push_back(submit(number));
  settle();
  ASSERT_EQ(calls_.size(), 2);
  EXPECT_EQ(calls_[0].ids.size(), 32);
  EXPECT_EQ(calls_[1].ids.size(), 32);
}

TEST_F(GatheringTest, WhatComesDuringTwoCallsIsTheNextOne) {
  auto first = submit(1);
  settle();
  auto second = submit(2);
  settle();
  auto third = submit(3), fourth = submit(4);
  settle();
  ASSERT_EQ(calls_.size(), 2);
  calls_[0].go_on->fulfill();
  EXPECT_EQ(first.wait(wait_scope_)->value, 1);
  settle();
  ASSERT_EQ(calls_.size(), 3);
  EXPECT_EQ(calls_[2].ids, (std::vector<Uuid>{{1, 3}, {1, 4}}));
}

TEST_F(GatheringTest, EachCallerGetsHisOwnAnswer) {
  auto accepted = submit(7), refused = submit(8, 0);
  settle();
  calls_.at(0).go_on->fulfill();
  EXPECT_EQ(refused.wait(wait_scope_).error().message, "no time");
  EXPECT_EQ(accepted.wait(wait_scope_)->value, 7);
}

TEST_F(GatheringTest, WhoIsAnsweredAsksAgain) {
  auto twice = submit(1).then([this](Answer) { return submit(2); });
  settle();
  calls_.at(0).go_on->fulfill();
  settle();
  ASSERT_EQ(calls_.size(), 2);
  calls_[1].go_on->fulfill();
  EXPECT_EQ(twice.wait(wait_scope_)->value, 2);
}

TEST_F(GatheringTest, AllOfACallHearThatItBrokeAndTheNextOneGoesOut) {
  auto one = submit(1), other = submit(2);
  settle();
  auto meanwhile = submit(3);
  settle();
  auto waiting = submit(4);
  calls_.at(0).go_on->reject(KJ_EXCEPTION(DISCONNECTED, "gone"));
  EXPECT_THROW(static_cast<void>(one.wait(wait_scope_)), kj::Exception);
  EXPECT_THROW(static_cast<void>(other.wait(wait_scope_)), kj::Exception);
  settle();
  ASSERT_EQ(calls_.size(), 3);
  for (const unsigned call : {1u, 2u}) calls_[call].go_on->fulfill();
  EXPECT_EQ(meanwhile.wait(wait_scope_)->value, 3);
  EXPECT_EQ(waiting.wait(wait_scope_)->value, 4);
}

}  // namespace
}  // namespace placet::client
