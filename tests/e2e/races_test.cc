// Rules over a set under two writers at once: of two that want the same, one gets it. The table of who owns which rule
// stands in src/README.md.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <barrier>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "codec/ids.h"
#include "codec/record.h"
#include "schema/plain_codec.h"
#include "tests/e2e/stage.h"

namespace placet::e2e {
namespace {

using namespace domain;

constexpr unsigned kRounds = 1'000;
constexpr unsigned kRoundsPerCall = 20;  // few, so that the two get in between each other
constexpr unsigned kPeople = 50;
constexpr unsigned kRoundsPerWorker = kRounds / kPeople;

/// The command of one of the two in a round.
using Contender = std::function<Command(unsigned round, unsigned who)>;

/// Nine digits of which the last checks the others.
std::string citizen_number(unsigned n) {
  for (unsigned candidate = 10'000'000 + 10 * n;; ++candidate) {
    const std::string digits = std::to_string(candidate);
    int sum = 0;
    for (int i = 0; i < 8; ++i) sum += (9 - i) * (digits[static_cast<std::size_t>(i)] - '0');
    if (sum % 11 != 10) return digits + static_cast<char>('0' + sum % 11);
  }
}

class Race : public testing::Test {
 protected:
  /// Two connections send at the same moment, again and again. Each round has exactly one winner, and both win some
  /// rounds: else they did not race.
  void race(const Contender& contender, RejectionCode lost) {
    race(contender, lost, {stage_.world().office_token(), stage_.world().office_token()});
  }
  void race(const Contender& contender, RejectionCode lost, const std::array<std::string, 2>& tokens) {
    std::array<std::vector<RejectionCode>, 2> outcomes;
    std::barrier together(2);
    std::vector<std::thread> threads;
    for (unsigned who = 0; who < 2; ++who)
      threads.emplace_back([&, who] { outcomes[who] = run(contender, who, tokens[who], together); });
    for (std::thread& thread : threads) thread.join();
    std::array<unsigned, 2> wins{};
    for (unsigned round = 0; round < kRounds; ++round) {
      const bool first = outcomes[0].at(round) == RejectionCode::unspecified;
      const bool second = outcomes[1].at(round) == RejectionCode::unspecified;
      EXPECT_NE(first, second) << "round " << round << ": " << (first ? "two winners" : "none");
      EXPECT_EQ(outcomes[first ? 1 : 0].at(round), lost) << "round " << round;
      ++wins[first ? 0 : 1];
    }
    EXPECT_GT(wins[0], 0U) << "no race";
    EXPECT_GT(wins[1], 0U) << "no race";
  }

  /// Registers somebody.
  PersonId person() {
    const PersonId id = stage_.make<PersonId>();
    preparations_.emplace_back(RegisterPerson{id, Box::plain("Somebody")});
    return id;
  }
  WorkerId worker() {
    const WorkerId id = stage_.make<WorkerId>();
    const PersonId is = person();
    preparations_.emplace_back(RegisterWorker{id, is, {}});
    return id;
  }
  /// The events of a kind that came since the follower read last.
  template <class Event>
  std::vector<std::pair<Event, Meta>> read_on(client::Follower& follower) {
    std::vector<std::pair<Event, Meta>> found;
    follower.read_on(stage_.world().office().connection(), [&](BytesView record) {
      const auto stored = codec::read_record(record).value();
      if (const auto* event = std::get_if<Event>(&stored.event)) found.emplace_back(*event, stored.meta);
    });
    return found;
  }
  void prepare() { stage_.act(std::exchange(preparations_, {})); }
  template <class Id>
  std::vector<Id> make(unsigned count) {
    std::vector<Id> ids(count);
    for (Id& id : ids) id = stage_.make<Id>();
    return ids;
  }

  Stage stage_;
  std::vector<Command> preparations_;

 private:
  /// The codes of all rounds; `unspecified` for one that was won.
  std::vector<RejectionCode> run(const Contender& contender, unsigned who, const std::string& token,
                                 std::barrier<>& together) {
    client::Connection connection(stage_.server());
    connection.sign_in(token);
    SeededRandom random(1 + who);
    std::vector<RejectionCode> codes;
    while (codes.size() < kRounds) {
      auto request = connection.commands().submitRequest();
      auto submissions = request.initSubmissions(kRoundsPerCall);
      for (unsigned i = 0; i < kRoundsPerCall; ++i) {
        // The two go through the rounds in opposite orders, so that neither is always the first.
        const unsigned place = who == 0 ? i : kRoundsPerCall - 1 - i;
        codec::write(Uuid{random.next(), random.next()}, submissions[i].initId());
        codec::write(contender(static_cast<unsigned>(codes.size()) + place, who), submissions[i].initCommand());
      }
      together.arrive_and_wait();
      const auto response = request.send().wait(connection.wait_scope());
      std::vector<RejectionCode> answers;
      for (const auto outcome : response.getOutcomes())
        answers.push_back(outcome.isAccepted() ? RejectionCode::unspecified
                                               : static_cast<RejectionCode>(outcome.getRefused().getCode()));
      if (who == 1) std::ranges::reverse(answers);
      codes.insert(codes.end(), answers.begin(), answers.end());
    }
    return codes;
  }
};

TEST_F(Race, OneAccountPerAddress) {
  const PersonId holders[] = {person(), person()};
  prepare();
  const std::vector<AccountId> ids[] = {make<AccountId>(kRounds), make<AccountId>(kRounds)};
  race(
      [&](unsigned round, unsigned who) {
        const std::string address = (who == 0 ? "one" : "ONE") + std::to_string(round) + "@race.example";
        return OpenAccount{ids[who][round], holders[who], Box::plain(address), {}};
      },
      RejectionCode::already_exists);
}

TEST_F(Race, OneWorkerPerCitizenNumber) {
  std::vector<WorkerId> workers[2];
  for (unsigned i = 0; i < kRounds; ++i)
    for (auto& side : workers) side.push_back(worker());
  prepare();
  race([&](unsigned round,
           unsigned who) { return RecordCitizenNumber{workers[who][round], Box::plain(citizen_number(round)), {}}; },
       RejectionCode::already_exists);
}

TEST_F(Race, OneWorkerPerPerson) {
  std::vector<PersonId> persons;
  for (unsigned i = 0; i < kRounds; ++i) persons.push_back(person());
  prepare();
  const std::vector<WorkerId> ids[] = {make<WorkerId>(kRounds), make<WorkerId>(kRounds)};
  race([&](unsigned round, unsigned who) { return RegisterWorker{ids[who][round], persons[round], {}}; },
       RejectionCode::already_exists);
}

TEST_F(Race, OneEmploymentPerWorker) {
  std::vector<WorkerId> workers;
  for (unsigned i = 0; i < kRounds; ++i) workers.push_back(worker());
  prepare();
  const std::vector<EmploymentId> ids[] = {make<EmploymentId>(kRounds), make<EmploymentId>(kRounds)};
  const ContractTerms terms{ContractRegime::agency_work, ContractPhase::a, ContractHours::fixed,
                            Minutes::of(2'400),          kFirstMonday,     {}};
  race([&](unsigned round, unsigned who) { return DrawUpContract{ids[who][round], workers[round], Digest{1}, terms}; },
       RejectionCode::already_exists);
}

TEST_F(Race, AnIdIsTakenOnce) {
  const auto ids = make<ClientId>(kRounds);
  race([&](unsigned round, unsigned who) { return RegisterClient{ids[round], {who == 0 ? "A" : "B", {}, {}}, {}}; },
       RejectionCode::already_exists);
}

/// Hours of fifty workers, on twenty Mondays each.
class HoursRace : public Race {
 protected:
  RecordEntry hours(unsigned round, EntryId entry) const {
    return eight_hours(placed_[round / kRoundsPerWorker].placement, static_cast<int>(round % kRoundsPerWorker), entry);
  }
  static void from_nine_to_five(Worked& worked, std::int16_t later) {
    worked.minutes = {};
    worked.start_local = static_cast<std::int16_t>(9 * 60 + later);
    worked.end_local = static_cast<std::int16_t>(17 * 60 + later);
  }

  std::vector<client::PlacedWorker> place() {
    return stage_.world().place(kPeople, {stage_.ours().agency, stage_.ours().client, approver_.person});
  }
  /// One enters hours at the placed worker's, the other one at the same time at the second placement of that number.
  void race_for_one_time(const std::vector<PlacementId>& second) {
    const std::vector<EntryId> ids[] = {make<EntryId>(kRounds), make<EntryId>(kRounds)};
    race(
        [&](unsigned round, unsigned who) {
          RecordEntry entry = hours(round, ids[who][round]);
          if (who == 1) entry.placement = second[round / kRoundsPerWorker];
          from_nine_to_five(entry.worked, who == 0 ? 0 : 30);
          return entry;
        },
        RejectionCode::hours_overlap);
  }

  const Member approver_ = stage_.ours().members.at(Role::client_contact);
  const std::vector<client::PlacedWorker> placed_ = place();
};

TEST_F(HoursRace, AnEntryIdStandsOnceOnItsSheet) {
  const auto ids = make<EntryId>(kRounds);
  race(
      [&](unsigned round, unsigned who) {
        RecordEntry entry = hours(round, ids[round]);
        entry.worked.minutes = Minutes::of(who == 0 ? 60 : 120);
        return entry;
      },
      RejectionCode::already_exists);
}

TEST_F(HoursRace, EntriesOfOneSheetDoNotIntersect) {
  std::vector<PlacementId> same;
  for (const client::PlacedWorker& one : placed_) same.push_back(one.placement);
  race_for_one_time(same);
}

TEST_F(HoursRace, EntriesOfTwoPlacementsOfAWorkerDoNotIntersect) {
  const auto second = make<PlacementId>(kPeople);
  std::vector<Command> starts;
  for (unsigned i = 0; i < kPeople; ++i) {
    const client::PlacedWorker& one = placed_[i];
    preparations_.emplace_back(ProposePlacement{
        second[i], one.worker, stage_.theirs().client, {}, one.employment, PeriodKind::week, kFirstMonday, {}});
    starts.emplace_back(StartPlacement{
        second[i], kFirstMonday, {}, {}, {}, {true, true, true, true, true}, Box::plain("papers follow")});
  }
  prepare();
  stage_.world().act_by_two(starts);
  race_for_one_time(second);
}

TEST_F(HoursRace, EntriesOfTwoWorkersWhoAreOnePersonDoNotIntersect) {
  std::vector<Command> joins;
  std::vector<PlacementId> second;
  for (const client::PlacedWorker& other : place()) {
    joins.emplace_back(JoinPersons{placed_[second.size()].person, other.person, {}});
    second.push_back(other.placement);
  }
  stage_.world().act_by_two(joins);
  race_for_one_time(second);
}

TEST_F(HoursRace, HoursAreApprovedAsSeenOrTakenBackFirst) {
  for (unsigned round = 0; round < kRounds; ++round) {
    const RecordEntry entry = hours(round, stage_.make<EntryId>());
    preparations_.emplace_back(entry);
    preparations_.emplace_back(SubmitSheet{entry.placement, entry.period});
  }
  client::Follower follower;
  read_on<SheetSubmitted>(follower);
  prepare();
  std::vector<Digest> seen;
  for (const auto& [submitted, meta] : read_on<SheetSubmitted>(follower)) seen.push_back(submitted.content_hash);
  ASSERT_EQ(seen.size(), kRounds);
  race(
      [&](unsigned round, unsigned who) -> Command {
        const RecordEntry entry = hours(round, {});
        if (who == 0) return ApproveHours{entry.placement, entry.period, {}, seen[round]};
        return WithdrawSheet{entry.placement, entry.period};
      },
      RejectionCode::not_submitted, {approver_.token, stage_.world().office_token()});
}

TEST_F(Race, AnActIsAgreedToOnce) {
  // Two who may agree to what the office proposes.
  const Member& administrator = stage_.staff().at(Role::administrator);
  stage_.world().act_by_two({GrantRole{administrator.person, Role::back_office, {}, {}, {}}});
  std::vector<WorkerId> workers;
  for (unsigned i = 0; i < kPeople; ++i) workers.push_back(worker());
  prepare();
  client::Follower follower;
  read_on<ActProposed>(follower);
  std::vector<Command> changes;
  for (unsigned round = 0; round < kRounds; ++round)
    changes.emplace_back(ChangeWorkerBankAccount{workers[round / kRoundsPerWorker], Box::plain("NL91ABNA0417164300")});
  stage_.world().office().act(changes, stage_.random(), true);
  const auto proposals = read_on<ActProposed>(follower);
  ASSERT_EQ(proposals.size(), kRounds);
  race(
      [&](unsigned round, unsigned) {
        const auto& [proposal, meta] = proposals[round];
        return AgreeToAct{Category::worker, meta.stream.id, meta.position, proposal.hash, {}};
      },
      RejectionCode::not_found, {administrator.token, stage_.staff().at(Role::back_office).token});
}

TEST_F(Race, AnInviteIsSpentOnce) {
  std::vector<AccountId> accounts = make<AccountId>(kPeople);
  for (const AccountId account : accounts)
    preparations_.emplace_back(OpenAccount{account, person(), Box::plain(account.to_string() + "@race.example"), {}});
  prepare();
  for (const AccountId account : accounts) {
    const std::string invite = stage_.world().office().invite(account);
    std::array<bool, 2> spent{};
    std::barrier together(2);
    const auto redeem = [&](unsigned who) {
      client::Connection connection(stage_.server());
      together.arrive_and_wait();
      try {
        connection.redeem(invite);
        spent[who] = true;
      } catch (const client::Refused& refused) {
        EXPECT_EQ(refused.code, RejectionCode::token_spent);
      }
    };
    std::thread other(redeem, 1U);
    redeem(0);
    other.join();
    EXPECT_NE(spent[0], spent[1]);
  }
}

}  // namespace
}  // namespace placet::e2e
