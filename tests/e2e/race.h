#pragma once

// Two writers at once. The table of who owns which rule stands in src/README.md.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <barrier>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "codec/ids.h"
#include "codec/record.h"
#include "schema/plain_codec.h"
#include "tests/e2e/stage.h"
#include "tools/client/follower.h"

namespace placet::e2e {

inline constexpr unsigned kRounds = 1'000;
inline constexpr unsigned kRoundsPerCall = 20;  // few, so that the two get in between each other
inline constexpr unsigned kPeople = 100;
inline constexpr unsigned kRoundsPerWorker = kRounds / kPeople;

/// The command of one of the two in a round.
using Contender = std::function<domain::Command(unsigned round, unsigned who)>;

struct RaceRules {
  std::array<domain::RejectionCode, 2> lost;  // what each of the two hears when the other was first
  std::array<std::string, 2> tokens = {};     // empty: the office's
  unsigned rounds = kRounds;
  bool propose = false;  // both write it down for a second person
  bool same_id = false;  // both give it the same command id
};

/// Rules over a set: of two that want the same at the same moment, one gets it.
class Race : public testing::Test {
 protected:
  /// Two connections send at the same moment, again and again. Each round has exactly one winner, and both win some
  /// rounds: else they did not race.
  void race(const Contender& contender, domain::RejectionCode lost) { race(contender, {.lost = {lost, lost}}); }
  void race(const Contender& contender, const RaceRules& rules) {
    ++races_;
    std::array<std::vector<domain::RejectionCode>, 2> outcomes;
    together([&](unsigned who, std::barrier<>& start) { outcomes[who] = run(contender, rules, who, start); });
    std::array<unsigned, 2> wins{};
    for (unsigned round = 0; round < rules.rounds; ++round) {
      const bool first = outcomes[0].at(round) == domain::RejectionCode::unspecified;
      const bool second = outcomes[1].at(round) == domain::RejectionCode::unspecified;
      EXPECT_NE(first, second) << "round " << round << ": " << (first ? "two winners" : "none");
      const unsigned loser = first ? 1 : 0;
      EXPECT_EQ(outcomes[loser].at(round), rules.lost[loser]) << "round " << round;
      ++wins[1 - loser];
    }
    EXPECT_GT(wins[0], 0U) << "no race";
    EXPECT_GT(wins[1], 0U) << "no race";
  }
  /// For what is a call of its own: two desks of the office make it at the same moment, one call after another. Each
  /// has exactly one winner, and the other one hears `lost`. Answers how many each of the two won.
  std::array<unsigned, 2> race_calls(unsigned rounds, const std::function<void(client::Desk&, unsigned round)>& call,
                                     domain::RejectionCode lost) {
    std::vector<std::array<bool, 2>> won(rounds);
    together([&](unsigned who, std::barrier<>& start) {
      client::Desk office(stage_.server(), stage_.world().office_token());
      for (unsigned round = 0; round < rounds; ++round) {
        start.arrive_and_wait();
        try {
          call(office, round);
          won[round][who] = true;
        } catch (const client::Refused& refused) {
          EXPECT_EQ(refused.code, lost);
        }
      }
    });
    std::array<unsigned, 2> wins{};
    for (const auto& [first, second] : won) {
      EXPECT_NE(first, second);
      ++wins[first ? 0 : 1];
    }
    return wins;
  }
  /// Two threads that may wait for each other.
  static void together(const std::function<void(unsigned who, std::barrier<>& start)>& act) {
    std::barrier start(2);
    std::vector<std::thread> threads;
    for (unsigned who = 0; who < 2; ++who) threads.emplace_back([&, who] { act(who, start); });
    for (std::thread& thread : threads) thread.join();
  }

  /// Registers somebody without a name.
  PersonId person() {
    const PersonId id = stage_.make<PersonId>();
    preparations_.emplace_back(domain::RegisterPerson{id, {}});  // a name would cost a key of his own
    return id;
  }
  WorkerId worker() {
    const WorkerId id = stage_.make<WorkerId>();
    const PersonId is = person();
    preparations_.emplace_back(domain::RegisterWorker{id, is, {}});
    return id;
  }
  AccountId account() {
    const AccountId id = stage_.make<AccountId>();
    const PersonId of = person();
    preparations_.emplace_back(domain::OpenAccount{id, of, Box::plain(id.to_string() + "@race.example"), {}});
    return id;
  }
  void prepare() { stage_.act(std::exchange(preparations_, {})); }
  /// The events of a kind that came since the follower read last.
  template <class Event>
  std::vector<std::pair<Event, domain::Meta>> read_on(client::Follower& follower) {
    std::vector<std::pair<Event, domain::Meta>> found;
    follower.read_on(stage_.world().office().connection(), [&](BytesView record) {
      const auto stored = codec::read_record(record).value();
      if (const auto* event = std::get_if<Event>(&stored.event)) found.emplace_back(*event, stored.meta);
    });
    return found;
  }
  template <class Id>
  std::vector<Id> make(unsigned count) {
    std::vector<Id> ids(count);
    for (Id& id : ids) id = stage_.make<Id>();
    return ids;
  }

  Stage stage_;
  std::vector<domain::Command> preparations_;

 private:
  /// The codes of all rounds; `unspecified` for one that was won.
  std::vector<domain::RejectionCode> run(const Contender& contender, const RaceRules& rules, unsigned who,
                                         std::barrier<>& start) {
    client::Connection connection(stage_.server());
    connection.sign_in(rules.tokens[who].empty() ? stage_.world().office_token() : rules.tokens[who]);
    std::vector<domain::RejectionCode> codes;
    while (codes.size() < rules.rounds) {
      auto request = connection.commands().submitRequest();
      auto submissions = request.initSubmissions(kRoundsPerCall);
      for (unsigned i = 0; i < kRoundsPerCall; ++i) {
        // The two go through the rounds in opposite orders, so that neither is always the first.
        const unsigned round = static_cast<unsigned>(codes.size()) + (who == 0 ? i : kRoundsPerCall - 1 - i);
        const Uuid id{races_, 1 + 2 * std::uint64_t{round} + (rules.same_id ? 0 : who)};
        codec::write(id, submissions[i].initId());
        submissions[i].setPropose(rules.propose);
        codec::write(contender(round, who), submissions[i].initCommand());
      }
      start.arrive_and_wait();
      const auto response = request.send().wait(connection.wait_scope());
      std::vector<domain::RejectionCode> answers;
      for (const auto outcome : response.getOutcomes())
        answers.push_back(outcome.isAccepted() ? domain::RejectionCode::unspecified
                                               : static_cast<domain::RejectionCode>(outcome.getRefused().getCode()));
      if (who == 1) std::ranges::reverse(answers);
      codes.insert(codes.end(), answers.begin(), answers.end());
    }
    return codes;
  }

  std::uint64_t races_ = 0;
};

}  // namespace placet::e2e
