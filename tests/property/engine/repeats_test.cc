#include <gtest/gtest.h>

#include <iostream>
#include <utility>
#include <vector>

#include "tests/property/engine/sent_history.h"
#include "tests/support/seed.h"

// P5 over random histories: a command that is sent again gets its first answer and changes nothing.

namespace placet::engine {
namespace {

using domain::RejectionCode;
using testing::SentHistory;
using Sent = SentHistory::Sent;

constexpr std::size_t kCommands = 6'000;
constexpr std::size_t kPerRequest = 500;

class Repeats {
 public:
  explicit Repeats(std::uint64_t seed) : history_(seed), choice_(~seed) {}

  void come_at_random_moments() {
    while (history_.sent().size() < kCommands) {
      history_.run(1 + choice_.next() % 20);
      repeat(some_sent());
      reuse_the_ids_of(some_sent());
      if (choice_.next() % 50 == 0) restart();
    }
  }

  void come_once_more_after_a_restart() {
    restart();
    std::vector<const Sent*> some;
    for (const Sent& one : history_.sent()) {
      if (one.left_events()) some.push_back(&one);
      if (some.size() == kPerRequest || &one == &history_.sent().back()) repeat(std::exchange(some, {}));
    }
  }

  void were_of_every_kind() const {
    std::cout << history_.sent().size() << " commands, " << accepted_ << " acceptances and " << refused_
              << " refusals by a control repeated, " << reused_ << " ids reused, " << restarts_ << " restarts\n";
    for (const std::size_t count : {accepted_, refused_, reused_, restarts_}) EXPECT_GT(count, 1U);
  }

 private:
  void repeat(const std::vector<const Sent*>& first) {
    std::vector<Submission> again;
    for (const Sent* one : first) again.push_back(one->submission);
    const LogSize size = history_.log().size();
    const auto answers = history_.act_all(again);
    EXPECT_EQ(history_.log().size(), size);
    for (std::size_t i = 0; i < first.size(); ++i) {
      Outcome expected = first[i]->answer;
      auto* accepted = std::get_if<Accepted>(&expected);
      if (accepted != nullptr) accepted->repeated = true;
      EXPECT_EQ(answers[i], expected) << domain::kCommandNames[again[i].command.index()];
      ++(accepted != nullptr ? accepted_ : refused_);
    }
  }

  /// Each id with the content of another command.
  void reuse_the_ids_of(const std::vector<const Sent*>& first) {
    std::vector<Submission> others;
    for (std::size_t i = 1; i < first.size(); ++i) {
      if (first[i] == first[0]) continue;
      Submission& other = others.emplace_back(first[0]->submission);
      other.id = first[i]->submission.id;
      other.actor.account = first[i]->submission.actor.account;
    }
    const LogSize size = history_.log().size();
    for (const Outcome& answer : history_.act_all(others))
      EXPECT_EQ(SentHistory::refusal(answer), RejectionCode::command_id_reused);
    EXPECT_EQ(history_.log().size(), size);
    reused_ += others.size();
  }

  /// Of those that left events: others are not known again, but decided anew.
  std::vector<const Sent*> some_sent() {
    std::vector<const Sent*> some;
    while (some.size() < 4) {
      const Sent& one = history_.sent()[choice_.next() % history_.sent().size()];
      if (one.left_events()) some.push_back(&one);
    }
    return some;
  }
  void restart() {
    history_.stop();
    history_.start();
    ++restarts_;
  }

  SentHistory history_;
  SeededRandom choice_;
  std::size_t accepted_ = 0, refused_ = 0, reused_ = 0, restarts_ = 0;
};

TEST(Repeat, OfACommandOfARandomHistoryGetsTheFirstAnswerAndChangesNothing) {
  Repeats repeats(testing::seed_or(20261125));
  repeats.come_at_random_moments();
  repeats.come_once_more_after_a_restart();
  repeats.were_of_every_kind();
}

}  // namespace
}  // namespace placet::engine
