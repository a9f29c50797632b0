// Rules over people, papers and placements, under two writers at once.

#include <gtest/gtest.h>

#include <map>
#include <ranges>
#include <set>

#include "tests/e2e/race.h"

namespace placet::e2e {
namespace {

using namespace domain;

constexpr auto kExists = RejectionCode::already_exists;
constexpr Date kLastDay{70'000};  // of a delegation, further away than anybody's today

const ContractTerms kTerms{ContractRegime::agency_work, ContractPhase::a, ContractHours::fixed,
                           Minutes::of(2'400),          kFirstMonday,     {}};

/// Nine digits of which the last checks the others.
std::string citizen_number(unsigned n) {
  for (unsigned candidate = 10'000'000 + 10 * n;; ++candidate) {
    const std::string digits = std::to_string(candidate);
    int sum = 0;
    for (int i = 0; i < 8; ++i) sum += (9 - i) * (digits[static_cast<std::size_t>(i)] - '0');
    if (sum % 11 != 10) return digits + static_cast<char>('0' + sum % 11);
  }
}

/// The same address in two spellings.
Box address(unsigned round, unsigned who) {
  return Box::plain((who == 0 ? "one" : "ONE") + std::to_string(round) + "@race.example");
}

Company company(unsigned who) { return {who == 0 ? "A" : "B", {}, {}}; }

TEST_F(Race, OneAccountPerAddress) {
  const PersonId holders[] = {person(), person()};
  prepare();
  const std::vector<AccountId> ids[] = {make<AccountId>(kRounds), make<AccountId>(kRounds)};
  race(
      [&](unsigned round, unsigned who) { return OpenAccount{ids[who][round], holders[who], address(round, who), {}}; },
      kExists);
}

TEST_F(Race, OneWorkerPerCitizenNumber) {
  std::vector<WorkerId> workers[2];
  for (unsigned i = 0; i < kRounds; ++i)
    for (auto& side : workers) side.push_back(worker());
  prepare();
  race([&](unsigned round,
           unsigned who) { return RecordCitizenNumber{workers[who][round], Box::plain(citizen_number(round)), {}}; },
       kExists);
}

TEST_F(Race, OneWorkerPerPerson) {
  std::vector<PersonId> persons;
  for (unsigned i = 0; i < kRounds; ++i) persons.push_back(person());
  prepare();
  const std::vector<WorkerId> ids[] = {make<WorkerId>(kRounds), make<WorkerId>(kRounds)};
  race([&](unsigned round, unsigned who) { return RegisterWorker{ids[who][round], persons[round], {}}; }, kExists);
}

TEST_F(Race, OneEmploymentPerWorker) {
  std::vector<WorkerId> workers;
  for (unsigned i = 0; i < kRounds; ++i) workers.push_back(worker());
  prepare();
  const std::vector<EmploymentId> ids[] = {make<EmploymentId>(kRounds), make<EmploymentId>(kRounds)};
  race([&](unsigned round, unsigned who) { return DrawUpContract{ids[who][round], workers[round], Digest{1}, kTerms}; },
       kExists);
}

TEST_F(Race, AnIdOfAnyKindIsTakenOnce) {
  // The two agree in the id alone: nothing else is taken.
  std::vector<PersonId> persons[2];
  std::vector<WorkerId> workers[2];
  for (unsigned i = 0; i < kRounds; ++i) {
    for (auto& side : persons) side.push_back(person());
    for (auto& side : workers) side.push_back(worker());
  }
  prepare();
  const auto placed = stage_.world().place(kPeople);
  const auto address_of = [](unsigned round, unsigned who) {
    return Box::plain(std::to_string(round) + "-" + std::to_string(who) + "@race.example");
  };
  struct Kind {
    const char* name;
    std::function<Command(Uuid id, unsigned round, unsigned who)> taken_by;
  };
  const Kind kinds[] = {
      {"person",
       [](Uuid id, unsigned, unsigned who) { return RegisterPerson{PersonId(id), Box::plain(who == 0 ? "A" : "B")}; }},
      {"account",
       [&](Uuid id, unsigned round, unsigned who) {
         return OpenAccount{AccountId(id), persons[who][0], address_of(round, who), {}};
       }},
      {"worker",
       [&](Uuid id, unsigned round, unsigned who) { return RegisterWorker{WorkerId(id), persons[who][round], {}}; }},
      {"client", [](Uuid id, unsigned, unsigned who) { return RegisterClient{ClientId(id), company(who), {}}; }},
      {"agency", [](Uuid id, unsigned, unsigned who) { return RegisterAgency{AgencyId(id), company(who)}; }},
      {"employment",
       [&](Uuid id, unsigned round, unsigned who) {
         return DrawUpContract{EmploymentId(id), workers[who][round], Digest{1}, kTerms};
       }},
      {"placement",
       [&](Uuid id, unsigned round, unsigned who) {
         const client::PlacedWorker& one = placed[round / kRoundsPerWorker];
         const ClientId at = who == 0 ? stage_.ours().client : stage_.theirs().client;
         return ProposePlacement{PlacementId(id), one.worker,       at,           {},
                                 one.employment,  PeriodKind::week, kFirstMonday, {}};
       }},
  };
  for (const Kind& kind : kinds) {
    SCOPED_TRACE(kind.name);
    const auto ids = make<Uuid>(kRounds);
    race([&](unsigned round, unsigned who) { return kind.taken_by(ids[round], round, who); }, kExists);
  }
}

TEST_F(Race, ACommandIdIsUsedForOneContent) {
  const std::vector<ClientId> ids[] = {make<ClientId>(kRounds), make<ClientId>(kRounds)};
  constexpr auto kReused = RejectionCode::command_id_reused;
  race([&](unsigned round, unsigned who) { return RegisterClient{ids[who][round], company(who), {}}; },
       {.lost = {kReused, kReused}, .same_id = true});
}

TEST_F(Race, OnePayrollCalendarPerKindAndYear) {
  constexpr unsigned kKinds = 3, kYears = 180;  // there are no more
  race(
      [](unsigned round, unsigned who) {
        const auto kind = static_cast<PeriodKind>(1 + round % kKinds);
        const int year = 2001 + static_cast<int>(round / kKinds);
        // The one begins with the first period of the year, the other with the second.
        Date first = Date::of(year, 1, 4)->monday_of_week().plus_days(7 * static_cast<int>(who));
        Date last = first.plus_days(kind == PeriodKind::week ? 6 : 27);
        if (kind == PeriodKind::month) {
          first = *Date::of(year, static_cast<int>(1 + who), 1);
          last = first.last_of_month();
        }
        const Date next = last.monday_of_week().plus_days(7);
        return PublishCalendar{kind, static_cast<std::uint16_t>(year), {{first, last, next, next, next, next, next}}};
      },
      {.lost = {kExists, kExists}, .rounds = kKinds * kYears});
}

TEST_F(Race, AnEmploymentEndsBeforeItsPlacementsOrTakesNoMore) {
  std::vector<WorkerId> workers;
  const auto employments = make<EmploymentId>(kRounds);
  for (unsigned i = 0; i < kRounds; ++i) {
    workers.push_back(worker());
    preparations_.emplace_back(DrawUpContract{employments[i], workers[i], Digest{1}, kTerms});
  }
  prepare();
  const auto placements = make<PlacementId>(kRounds);
  race(
      [&](unsigned round, unsigned who) -> Command {
        if (who == 0) return EndEmployment{employments[round], kFirstMonday.plus_days(30)};
        return ProposePlacement{placements[round],  workers[round],   stage_.ours().client, {},
                                employments[round], PeriodKind::week, kFirstMonday,         {}};
      },
      {.lost = {RejectionCode::not_ready, RejectionCode::ended}});
}

/// What waits for a second person. The office proposes; two others may agree.
class AgreementRace : public Race {
 protected:
  AgreementRace() {
    const PersonId administrator = stage_.staff().at(Role::administrator).person;
    stage_.world().act_by_two({GrantRole{administrator, Role::back_office, {}, {}, {}}});
  }
  using Proposals = std::vector<std::pair<ActProposed, Meta>>;
  Proposals propose(const std::vector<Command>& acts) {
    client::Follower follower;
    read_on<ActProposed>(follower);
    stage_.world().office().act(acts, stage_.random(), true);
    return read_on<ActProposed>(follower);
  }
  static AgreeToAct agreement_to(const Proposals::value_type& proposal, Category category) {
    const auto& [event, meta] = proposal;
    return {category, meta.stream.id, meta.position, event.hash, {}};
  }
  RaceRules lost_by(RejectionCode code) {
    return {.lost = {code, code},
            .tokens = {stage_.staff().at(Role::administrator).token, stage_.staff().at(Role::back_office).token}};
  }
};

TEST_F(AgreementRace, AnActIsAgreedToOnce) {
  std::vector<WorkerId> workers;
  for (unsigned i = 0; i < kPeople; ++i) workers.push_back(worker());
  prepare();
  std::vector<Command> changes;
  for (unsigned round = 0; round < kRounds; ++round)
    changes.emplace_back(ChangeWorkerBankAccount{workers[round / kRoundsPerWorker], Box::plain("NL91ABNA0417164300")});
  const auto proposals = propose(changes);
  ASSERT_EQ(proposals.size(), kRounds);
  race([&](unsigned round, unsigned) { return agreement_to(proposals[round], Category::worker); },
       lost_by(RejectionCode::not_found));
}

TEST_F(AgreementRace, APersonIsJoinedWithAllWhoAreOneWithHimOrNot) {
  std::vector<Command> joins;
  for (unsigned round = 0; round < kRounds; ++round) {
    const PersonId one = person(), between = person(), other = person();
    joins.emplace_back(JoinPersons{one, between, {}});
    joins.emplace_back(JoinPersons{other, between, {}});
  }
  prepare();
  const auto proposals = propose(joins);
  ASSERT_EQ(proposals.size(), joins.size());
  race([&](unsigned round, unsigned who) { return agreement_to(proposals[2 * round + who], Category::person); },
       lost_by(RejectionCode::moved));
}

TEST_F(Race, OneMoreProposalThanThereIsRoomForIsRefused) {
  constexpr unsigned kRoom = 32;  // on one stream
  std::vector<PersonId> persons;
  for (unsigned i = 0; i < kRounds; ++i) persons.push_back(person());
  prepare();
  const auto grant = [&](unsigned round) { return GrantRole{persons[round], Role::auditor, {}, {}, {}}; };
  std::vector<Command> all_but_one;
  for (unsigned round = 0; round < kRounds; ++round) all_but_one.insert(all_but_one.end(), kRoom - 1, grant(round));
  stage_.world().office().act(all_but_one, stage_.random(), true);
  race([&](unsigned round, unsigned) { return grant(round); },
       {.lost = {RejectionCode::too_large, RejectionCode::too_large}, .propose = true});
}

TEST_F(Race, AnInviteIsSpentOnce) {
  std::vector<AccountId> accounts;
  for (unsigned i = 0; i < kPeople; ++i) accounts.push_back(account());
  prepare();
  std::vector<std::string> invites;
  for (unsigned round = 0; round < kRounds; ++round)
    invites.push_back(stage_.world().office().invite(accounts[round / kRoundsPerWorker]));
  race_calls(
      kRounds, [&](client::Desk& office, unsigned round) { office.connection().redeem(invites[round]); },
      RejectionCode::token_spent);
}

TEST_F(Race, OneMoreTokenThanThereIsRoomForIsRefused) {
  constexpr unsigned kRoom = 32;  // of an account
  std::vector<AccountId> accounts;
  for (unsigned i = 0; i < kPeople; ++i) accounts.push_back(account());
  prepare();
  for (const AccountId account : accounts)
    for (unsigned i = 1; i < kRoom; ++i) stage_.world().office().invite(account);
  client::Follower follower;
  read_on<InviteIssued>(follower);
  std::array<unsigned, 2> wins{};
  for (unsigned turn = 0; turn < kRoundsPerWorker; ++turn) {
    const auto won = race_calls(
        kPeople, [&](client::Desk& office, unsigned i) { office.invite(accounts[i]); }, RejectionCode::too_large);
    for (const unsigned who : {0U, 1U}) wins[who] += won[who];
    for (const auto& [issued, meta] : read_on<InviteIssued>(follower))
      preparations_.emplace_back(RevokeToken{AccountId(meta.stream.id), issued.token});
    EXPECT_EQ(preparations_.size(), kPeople);
    prepare();
  }
  EXPECT_GT(wins[0], 0U) << "no race";
  EXPECT_GT(wins[1], 0U) << "no race";
}

TEST_F(Race, NobodyActsInARoleThatItsGiverLost) {
  // Here both may get what they want: who revokes, ends what was delegated before.
  struct Giver {
    PersonId person, delegate;
    std::string token;
  };
  std::vector<Giver> givers(kPeople);
  std::vector<ClientId> clients = make<ClientId>(kRoundsPerWorker);
  for (const ClientId id : clients) preparations_.emplace_back(RegisterClient{id, company(0), {}});
  std::vector<AccountId> accounts;
  for (Giver& giver : givers) {
    giver = {person(), person(), {}};
    accounts.push_back(stage_.make<AccountId>());
    preparations_.emplace_back(
        OpenAccount{accounts.back(), giver.person, Box::plain(accounts.back().to_string() + "@race.example"), {}});
    for (const ClientId id : clients)
      preparations_.emplace_back(GrantRole{giver.person, Role::client_contact, PartyId(id.value), {}, {}});
  }
  prepare();
  for (unsigned i = 0; i < kPeople; ++i)
    givers[i].token = client::Connection(stage_.server()).redeem(stage_.world().office().invite(accounts[i]));
  client::Follower follower;
  follower.read_on(stage_.world().office().connection(), [](BytesView) {});

  unsigned delegated = 0, refused = 0;
  together([&](unsigned who, std::barrier<>& start) {
    SeededRandom random(1 + who);
    client::Desk office(stage_.server(), stage_.world().office_token());
    for (const Giver& giver : givers) {
      client::Desk own(stage_.server(), giver.token);
      std::vector<Command> commands;
      for (const ClientId id : clients) {
        const PartyId scope(id.value);
        if (who == 0)
          commands.emplace_back(DelegateRole{giver.delegate, Role::client_contact, scope, {}, kLastDay});
        else
          commands.emplace_back(RevokeRole{giver.person, Role::client_contact, scope, {}});
      }
      start.arrive_and_wait();
      if (who == 0) {
        for (const auto& answer : own.ask(commands, random)) {
          ++(answer ? delegated : refused);
          EXPECT_EQ(answer ? RejectionCode::not_found : answer.error().code, RejectionCode::not_found);
        }
        continue;
      }
      // In the opposite order, so that neither is always the first.
      for (std::ranges::reverse(commands); !commands.empty();) {
        std::vector<Command> again;
        const auto answers = office.ask(commands, random);
        for (std::size_t i = 0; i < commands.size(); ++i) {
          if (answers[i]) continue;
          EXPECT_EQ(answers[i].error().code, RejectionCode::stale);
          again.push_back(commands[i]);
        }
        commands = again;
      }
    }
  });
  EXPECT_GT(delegated, 0U) << "no race";
  EXPECT_GT(refused, 0U) << "no race";

  // Who has what, as its own stream says, after every event: of the giver his role, of the delegate what he may use.
  using Held = std::pair<PersonId, PartyId>;
  std::set<Held> lost, lent, usable;
  unsigned received = 0;
  follower.read_on(stage_.world().office().connection(), [&](BytesView record) {
    const auto stored = codec::read_record(record).value();
    const PersonId of(stored.meta.stream.id);
    if (const auto* revoked = std::get_if<RoleRevoked>(&stored.event)) lost.emplace(of, revoked->scope);
    if (const auto* given = std::get_if<RoleDelegated>(&stored.event)) {
      EXPECT_FALSE(lost.contains({of, given->scope})) << "delegated after it was revoked";
      lent.emplace(of, given->scope);
    }
    if (const auto* got = std::get_if<DelegationReceived>(&stored.event)) {
      ++received;
      usable.emplace(of, got->scope);
    }
    if (const auto* ended = std::get_if<DelegationEnded>(&stored.event))
      (of == ended->giver ? lent : usable).erase({of, ended->scope});
  });
  EXPECT_EQ(lost.size(), kRounds);
  EXPECT_EQ(received, delegated);
  EXPECT_TRUE(lent.empty());
  EXPECT_TRUE(usable.empty());
}

TEST_F(Race, AHundredRefusalsOfAPersonInAnHourLeaveAFactEach) {
  const Member& auditor = stage_.staff().at(Role::auditor);
  const std::vector<Command> refused(kRounds, RegisterPerson{auditor.person, {}});
  client::Follower follower;
  read_on<RefusedByControl>(follower);
  together([&](unsigned who, std::barrier<>& start) {
    client::Desk desk(stage_.server(), auditor.token);
    SeededRandom random(who);
    start.arrive_and_wait();
    for (const auto& answer : desk.ask(refused, random)) EXPECT_EQ(answer.error().code, RejectionCode::not_allowed);
  });
  std::map<std::int64_t, unsigned> in_hour;
  for (const auto& [event, meta] : read_on<RefusedByControl>(follower))
    ++in_hour[meta.recorded_at.micros / 3'600'000'000];
  // An hour may have ended meanwhile.
  EXPECT_EQ(std::ranges::max(in_hour | std::views::values), 100U);
}

}  // namespace
}  // namespace placet::e2e
