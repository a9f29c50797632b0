#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "domain/streams.h"
#include "engine/engine.h"
#include "store/memory/event_log.h"
#include "tools/client/scratch_folder.h"

namespace placet::engine {

/// An engine on a memory log that outlives it, with nothing in it yet.
class EngineUnderTest {
 public:
  explicit EngineUnderTest(Timestamp now) : head_path_(scratch_.path() / "head"), clock_(now) {
    EXPECT_TRUE(store::HeadFile::create(head_path_).has_value());
    start();
  }
  ~EngineUnderTest() { stop(); }
  EngineUnderTest(const EngineUnderTest&) = delete;
  EngineUnderTest& operator=(const EngineUnderTest&) = delete;

  void start() {
    inbox_ = std::make_unique<Inbox>(limits_);
    auto head = store::HeadFile::open(head_path_);
    ASSERT_TRUE(head.has_value());
    auto recovered = recover(log_, *head);
    ASSERT_TRUE(recovered.has_value()) << recovered.error().message;
    engine_ = std::make_unique<Engine>(Engine::Surroundings{.log = log_,
                                                            .inbox = *inbox_,
                                                            .clock = clock_,
                                                            .zone = zone_,
                                                            .disk_is_low =
                                                                [this] {
                                                                  ++takes_;
                                                                  takes_.notify_all();
                                                                  return disk_is_low_.load();
                                                                },
                                                            .on_durable = on_durable_},
                                       std::move(*recovered), std::move(*head), settings_);
  }
  void stop() {
    if (!engine_) return;
    inbox_->close();
    engine_.reset();
  }

  Uuid new_id() { return new_uuid(random_, clock_.now()); }

  Submission as_service(domain::Command command) {
    Submission submission;
    submission.id = CommandId(new_id());
    submission.command = std::move(command);
    submission.actor.strength = domain::Strength::system;
    submission.request_hash = hash_of(submission.id.value.lo);
    return submission;
  }

  static Digest hash_of(std::uint64_t content) {
    Digest digest{};
    for (unsigned i = 0; i < 8; ++i) digest[i] = static_cast<std::uint8_t>(content >> (8 * i));
    return digest;
  }

  /// Nothing: the inbox is full.
  std::optional<std::future<std::vector<Outcome>>> offer(std::vector<Submission> submissions, std::size_t bytes = 0) {
    auto request = std::make_unique<Request>();
    request->submissions = std::move(submissions);
    request->bytes = bytes;
    std::promise<std::vector<Outcome>> promise;
    auto outcomes = promise.get_future();
    request->answer = [promise = std::move(promise)](std::vector<Outcome> decided, LogSize) mutable {
      promise.set_value(std::move(decided));
    };
    if (!inbox_->offer(request)) return std::nullopt;
    return outcomes;
  }
  std::future<std::vector<Outcome>> send(std::vector<Submission> submissions, std::size_t bytes = 0) {
    auto outcomes = offer(std::move(submissions), bytes);
    EXPECT_TRUE(outcomes.has_value());
    return std::move(outcomes).value();
  }
  /// Sent, and taken by the engine: what was taken before is decided.
  std::future<std::vector<Outcome>> send_and_see_taken(std::vector<Submission> submissions) {
    const unsigned before = takes_;
    auto outcomes = send(std::move(submissions), std::size_t{1} << 20);
    takes_.wait(before);
    return outcomes;
  }
  std::vector<Outcome> act_all(std::vector<Submission> submissions) { return send(std::move(submissions)).get(); }
  Outcome act(Submission submission) {
    std::vector<Submission> one;
    one.push_back(std::move(submission));
    return act_all(std::move(one)).front();
  }

  static const Accepted* accepted(const Outcome& outcome) { return std::get_if<Accepted>(&outcome); }
  static domain::RejectionCode refusal(const Outcome& outcome) {
    const auto* rejection = std::get_if<domain::Rejection>(&outcome);
    return rejection != nullptr ? rejection->code : domain::RejectionCode::unspecified;
  }

 protected:
  client::ScratchFolder scratch_;
  const std::filesystem::path head_path_;
  store::MemoryEventLog log_;
  ManualClock clock_;
  SeededRandom random_{42};
  const Zone zone_ = *Zone::find("Europe/Amsterdam");
  EngineSettings settings_;
  Inbox::Limits limits_;
  std::function<void(const store::Head&)> on_durable_ = [](const store::Head&) {};  // on the committer's thread
  std::atomic<bool> disk_is_low_ = false;
  std::atomic<unsigned> takes_ = 0;  // by the engine from the inbox
  std::unique_ptr<Inbox> inbox_;
  std::unique_ptr<Engine> engine_;
};

/// The same, founded and started, with somebody who may do everything.
class EngineTest : public ::testing::Test, protected EngineUnderTest {
 protected:
  EngineTest() : EngineUnderTest({1'791'800'000'000'000}) {
    EXPECT_TRUE(accepted(act(as_service(domain::FoundLedger{ledger_, "test.placet.example", "Europe/Amsterdam"}))));
    EXPECT_TRUE(accepted(act(as_service(domain::StartSystem{"test", {}}))));
    EXPECT_TRUE(accepted(act(as_service(domain::RegisterPerson{person_, Box::sealed("name")}))));
    EXPECT_TRUE(accepted(act(as_service(domain::GrantRole{person_, domain::Role::back_office, {}, {}, {}}))));
    EXPECT_TRUE(accepted(act(as_service(domain::GrantRole{person_, domain::Role::administrator, {}, {}, {}}))));
    EXPECT_TRUE(accepted(act(as_service(domain::RegisterPerson{auditor_, Box::sealed("name")}))));
    EXPECT_TRUE(accepted(act(as_service(domain::GrantRole{auditor_, domain::Role::auditor, {}, {}, {}}))));
  }

  Submission as_person(domain::Command command) { return as(person_, std::move(command)); }
  Submission as(PersonId person, domain::Command command) {
    Submission submission = as_service(std::move(command));
    submission.actor.person = person;
    submission.actor.account = account_;
    submission.actor.strength = domain::Strength::token;
    submission.actor.channel = domain::Channel::rpc;
    return submission;
  }

  /// A command that succeeds once per id.
  domain::RegisterPerson a_person() { return {PersonId(new_id()), Box::sealed("name")}; }

  const LedgerId ledger_{Uuid{1, 1}};
  const PersonId person_{Uuid{2, 2}};
  const AccountId account_{Uuid{3, 3}};
  const PersonId auditor_{Uuid{4, 4}};  // sees everything, may do nothing
};

}  // namespace placet::engine
