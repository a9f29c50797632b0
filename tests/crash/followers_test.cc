// P11 judged as a Jepsen log: followers with filters and rights of their own keep what they are sent, while writers
// write, placetd is killed and links are cut or slow. Afterwards the log, read from its files, says what each should
// have.

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "codec/ids.h"
#include "codec/record.h"
#include "crypto/sha256.h"
#include "domain/streams.h"
#include "schema/plain_codec.h"
#include "store/rocks/event_log.h"
#include "tests/crash/links.h"
#include "tests/support/seed.h"
#include "tools/client/daemon.h"
#include "tools/client/follower.h"
#include "tools/client/hours.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet {
namespace {

using namespace domain;

constexpr Date kFirstMonday{10'959};  // 2000-01-03
constexpr unsigned kWriters = 3;
constexpr unsigned kCommandsPerCall = 5;
constexpr unsigned kFollowersOfAKind = 2;
constexpr std::uint32_t kWaitMsMax = 500;

/// An event as a follower was sent it, or as it lies in the log.
struct Event {
  LogPosition position;
  Digest hash;
};

/// Whose eyes, and what he asks for, twice: to the ledger, and for the judge, who shares no code with the ledger here.
struct Kind {
  const char* name;
  std::string token;
  std::function<void(schema::EventFilter::Builder)> filter;
  std::function<bool(const codec::Header&)> wanted;
};

bool is_for(const codec::Header& header, Role role, Uuid scope) {
  const bool is_told = (header.audience >> static_cast<unsigned>(role) & 1) != 0;
  return is_told && (scope.is_nil() || std::ranges::find(header.parties, PartyId(scope)) != header.parties.end());
}

/// Follows over one connection after the other, and keeps events and cursor together, as one would in one transaction.
class Keeper {
 public:
  Keeper(const Kind& kind, std::string server, std::uint64_t seed)
      : kind_(kind), server_(std::move(server)), random_(seed), thread_([this] { run(); }) {}

  /// Ends when it has all of a log of that size.
  void end_at(LogSize size) { end_ = size.value; }
  void join() { thread_.join(); }

  const Kind& kind() const { return kind_; }
  const std::vector<Event>& events() const { return events_; }
  const std::set<std::uint64_t>& cursors() const { return cursors_; }
  unsigned connections() const { return connections_; }

 private:
  void run() {
    kind_.filter(follower_.filter());
    while (follower_.size() < end_) {
      try {
        client::Connection connection(server_);
        connection.sign_in(kind_.token);
        ++connections_;
        while (follower_.size() < end_) {
          follower_.read_page(connection, static_cast<std::uint32_t>(random_.next() % kWaitMsMax),
                              [this](BytesView record) {
                                events_.push_back({codec::read_meta(record).value().position, crypto::sha256(record)});
                              });
          cursors_.insert(follower_.size());
        }
      } catch (const kj::Exception&) {
        // Cut off: what came is kept, what did not is asked for again.
      } catch (const std::exception& error) {
        ADD_FAILURE() << kind_.name << ": " << error.what();
        return;
      }
    }
  }

  const Kind& kind_;
  const std::string server_;
  SeededRandom random_;
  client::Follower follower_;
  std::vector<Event> events_;
  std::set<std::uint64_t> cursors_;
  unsigned connections_ = 0;
  std::atomic<std::uint64_t> end_ = UINT64_MAX;
  std::thread thread_;
};

/// Sends one call after the other, also those that may have been carried out.
void write(const std::string& server, const std::string& token, client::HourCommands& hours, std::uint64_t seed,
           const std::atomic<bool>& ended) {
  SeededRandom random(seed);
  while (!ended) {
    try {
      client::Connection connection(server);
      connection.sign_in(token);
      while (!ended) {
        auto request = connection.commands().submitRequest();
        auto submissions = request.initSubmissions(kCommandsPerCall + 1);
        for (unsigned i = 0; i < kCommandsPerCall; ++i) hours.fill(submissions[i]);
        codec::write(new_uuid(random, client::kBirthOfIds), submissions[kCommandsPerCall].initId());
        const Command somebody =
            RegisterPerson{PersonId(new_uuid(random, client::kBirthOfIds)), Box::plain("Somebody")};
        codec::write(somebody, submissions[kCommandsPerCall].initCommand());
        request.send().wait(connection.wait_scope());
      }
    } catch (const kj::Exception&) {
    }
  }
}

/// What is wrong with what a follower has, against what he should have; each 0.
struct Judgement {
  std::size_t lost = 0, diverging = 0, inverted = 0, twice = 0, not_his = 0, inside_a_command = 0;
  friend bool operator==(const Judgement&, const Judgement&) = default;
  friend std::ostream& operator<<(std::ostream& to, const Judgement& one) {
    return to << one.lost << " lost, " << one.diverging << " diverging, " << one.inverted << " inverted, " << one.twice
              << " twice, " << one.not_his << " not his, " << one.inside_a_command << " cursors inside a command";
  }
};

Judgement judge(const Keeper& keeper, const std::vector<Event>& expected, const std::set<std::uint64_t>& command_ends) {
  Judgement judgement;
  std::map<LogPosition, std::size_t> seen;
  for (std::size_t i = 0; i < keeper.events().size(); ++i) {
    const Event& event = keeper.events()[i];
    if (i > 0 && event.position < keeper.events()[i - 1].position) ++judgement.inverted;
    if (!seen.emplace(event.position, i).second) ++judgement.twice;
  }
  for (const Event& event : expected) {
    const auto found = seen.find(event.position);
    if (found == seen.end())
      ++judgement.lost;
    else if (keeper.events()[found->second].hash != event.hash)
      ++judgement.diverging;
    if (found != seen.end()) seen.erase(found);
  }
  judgement.not_his = seen.size();
  for (const std::uint64_t cursor : keeper.cursors())
    if (!command_ends.contains(cursor)) ++judgement.inside_a_command;
  return judgement;
}

/// A ledger with two workplaces, one of an agency, and somebody of each kind who may follow.
class Followed : public ::testing::Test {
 protected:
  Followed() {
    const auto invites = client::found_ledger(data_, "followers.placet.example");
    const client::Daemon daemon(data_, {server_});
    client::World world(server_, invites[0], invites[1], kFirstMonday);
    office_ = world.office_token();
    const client::Workplace away = agency(world);
    const auto home = world.place(20);
    auto both = world.place(20, away);
    const ClientId client = world.home().client;
    const auto& first = home.front();
    const std::string worker = member(world, first.person, Role::worker, first.worker.value);
    const std::string recruiter = member(world, PersonId(fresh()), Role::agency, away.agency.value);
    const SheetId sheet =
        sheet_of(world.office().connection().ledger(), first.placement, {PeriodKind::week, kFirstMonday});
    both.insert(both.end(), home.begin(), home.end());
    for (unsigned i = 0; i < kWriters; ++i) {
      const auto begin = both.begin() + static_cast<std::ptrdiff_t>(i * both.size() / kWriters);
      const auto end = both.begin() + static_cast<std::ptrdiff_t>((i + 1) * both.size() / kWriters);
      hours_.emplace_back(random_.next(), std::vector(begin, end), kFirstMonday);
    }

    const auto everything = [](schema::EventFilter::Builder) {};
    const auto timesheets = [](schema::EventFilter::Builder to) {
      to.initCategories(1).set(0, schema::Category::TIMESHEET);
    };
    const auto entries = [](schema::EventFilter::Builder to) {
      to.initTypes(1).set(0, EventTraits<EntryRecorded>::kNumber);
    };
    const auto is_timesheet = [](const codec::Header& header) {
      return header.stream.category == static_cast<std::uint8_t>(Category::timesheet);
    };
    const auto of_a_client = [client](const codec::Header& header) {
      return is_for(header, Role::client_contact, client.value);
    };
    kinds_ = {
        {"staff, everything", office_, everything,
         [](const codec::Header& header) { return is_for(header, Role::administrator, {}); }},
        {"staff, timesheets", office_, timesheets,
         [=](const codec::Header& header) { return is_timesheet(header) && is_for(header, Role::administrator, {}); }},
        {"staff, who is registered", office_,
         [](schema::EventFilter::Builder to) { to.initTypes(1).set(0, EventTraits<PersonRegistered>::kNumber); },
         [](const codec::Header& header) { return header.type == EventTraits<PersonRegistered>::kNumber; }},
        {"staff, one sheet", office_,
         [=](schema::EventFilter::Builder to) { codec::write(sheet.value, to.initStreams(1)[0]); },
         [=](const codec::Header& header) { return header.stream.id == sheet.value; }},
        {"staff, two placements", office_,
         [=, other = home.back().placement](schema::EventFilter::Builder to) {
           auto parties = to.initParties(2);
           codec::write(first.placement.value, parties[0]);
           codec::write(other.value, parties[1]);
         },
         [=, other = home.back().placement](const codec::Header& header) {
           return is_for(header, Role::administrator, first.placement.value) ||
                  is_for(header, Role::administrator, other.value);
         }},
        {"a client's contact, everything", world.approver().token(), everything, of_a_client},
        {"a client's contact, entries", world.approver().token(), entries,
         [=](const codec::Header& header) {
           return header.type == EventTraits<EntryRecorded>::kNumber && of_a_client(header);
         }},
        {"a worker", worker, everything,
         [=](const codec::Header& header) { return is_for(header, Role::worker, first.worker.value); }},
        {"an agency", recruiter, everything,
         [=](const codec::Header& header) { return is_for(header, Role::agency, away.agency.value); }},
    };
  }
  ~Followed() noexcept override = default;  // those of Cap'n Proto may throw; those of fixtures must not

  Uuid fresh() { return new_uuid(random_, client::kBirthOfIds); }
  client::Workplace agency(client::World& world) {
    const client::Workplace at{AgencyId(fresh()), ClientId(fresh()), world.home().approver};
    world.office().act({RegisterAgency{at.agency, {"North Agency", {}, {}}},
                        RegisterClient{at.client, {"North Client", {}, {}}, at.agency},
                        AddContact{at.client, at.approver, ContactKind::approver}},
                       random_);
    return at;
  }
  std::string member(client::World& world, PersonId person, Role role, Uuid scope) {
    if (role != Role::worker) world.office().act({RegisterPerson{person, Box::plain("Somebody")}}, random_);
    world.office().act({GrantRole{person, role, PartyId(scope), {}, {}}}, random_);
    return world.open_account(AccountId(fresh()), person, person.to_string() + "@followers.example");
  }

  /// The log up to there, as its files have it.
  void read_log(LogSize size) {
    const auto log = store::open_event_log(data_ / "log", store::OpenMode::read_only).value();
    const auto read = log->read({0}, [&](LogPosition position, BytesView record) {
      const codec::Header header = codec::read_header(record).value();
      const Event event{position, crypto::sha256(record)};
      for (std::size_t i = 0; i < kinds_.size(); ++i)
        if (kinds_[i].wanted(header)) expected_[i].push_back(event);
      if (header.command_end().value == position.value + 1) command_ends_.insert(position.value + 1);
      return position.value + 1 < size.value;
    });
    ASSERT_TRUE(read.has_value()) << read.error().message;
  }

  SeededRandom random_{
      testing::seed_or(static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()))};
  const client::ScratchFolder scratch_;
  const std::filesystem::path data_ = scratch_.path() / "ledger";
  const std::string server_ = "unix:" + (scratch_.path() / "rpc").string();
  std::string office_;
  std::vector<client::HourCommands> hours_;  // of each writer
  std::vector<Kind> kinds_;
  std::map<std::size_t, std::vector<Event>> expected_;  // of each kind
  std::set<std::uint64_t> command_ends_;
};

TEST_F(Followed, ThroughKillsAndCutLinksEachHasExactlyWhatHeAskedForAndMaySeeInOrder) {
  const std::uint64_t kills = testing::times_or("PLACET_KILLS", 12);
  std::optional<client::Daemon> daemon(std::in_place, data_, std::vector{server_});
  testing::Links links(server_, random_.next());
  std::vector<std::unique_ptr<Keeper>> keepers;
  for (const Kind& kind : kinds_)
    for (unsigned i = 0; i < kFollowersOfAKind; ++i)
      keepers.push_back(std::make_unique<Keeper>(kind, links.address(), random_.next()));
  std::atomic<bool> ended = false;
  std::vector<std::thread> writers;
  for (client::HourCommands& hours : hours_)
    writers.emplace_back([&, seed = random_.next()] { write(links.address(), office_, hours, seed, ended); });

  for (unsigned kill = 0; kill < kills; ++kill) {
    std::this_thread::sleep_for(std::chrono::microseconds(random_.next() % 1'000'000));
    daemon->stop(SIGKILL);
    daemon.emplace(data_, std::vector{server_});
  }

  ended = true;
  links.mend();
  for (std::thread& writer : writers) writer.join();
  client::Connection connection(server_);
  connection.sign_in(office_);
  const LogSize size = connection.size();
  for (const auto& keeper : keepers) keeper->end_at(size);
  for (const auto& keeper : keepers) keeper->join();
  daemon->stop(SIGTERM);

  read_log(size);
  unsigned connections = 0;
  std::size_t followed = 0;
  for (std::size_t i = 0; i < keepers.size(); ++i) {
    const auto& expected = expected_[i / kFollowersOfAKind];
    EXPECT_EQ(judge(*keepers[i], expected, command_ends_), Judgement{}) << keepers[i]->kind().name;
    EXPECT_FALSE(expected.empty()) << keepers[i]->kind().name;
    connections += keepers[i]->connections();
    followed += keepers[i]->events().size();
  }
  std::printf(
      "%llu kills, %u links cut, %u slow; %zu followers over %u connections were sent %zu events of a log of %llu\n",
      static_cast<unsigned long long>(kills), links.cut(), links.slow(), keepers.size(), connections, followed,
      static_cast<unsigned long long>(size.value));
  EXPECT_GT(links.cut(), keepers.size()) << "hardly a link was cut: the test judged nothing";
}

}  // namespace
}  // namespace placet
