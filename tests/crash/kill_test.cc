// P1, P2, P5 under kill -9: four writers, killed at random microseconds, their own notes the judge.

#include <capnp/message.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include "codec/ids.h"
#include "codec/record.h"
#include "tools/client/connection.h"
#include "tools/client/daemon.h"
#include "tools/client/follower.h"
#include "tools/client/hours.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet {
namespace {

constexpr unsigned kWriters = 4;
constexpr unsigned kCommandsPerCall = 20;
constexpr Date kFirstMonday{10'959};  // 2000-01-03

unsigned from_environment(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : otherwise;
}

/// What a writer wrote down when the ledger answered it.
struct Note {
  Uuid command;
  std::uint64_t first = 0;
  std::uint32_t count = 0;
  bool repeated = false;
};

/// One call of a writer, with the bytes that it sent, so that it can be sent again.
struct Call {
  std::unique_ptr<capnp::MallocMessageBuilder> sent;
  std::vector<Note> answered;  // empty when no answer came

  capnp::List<schema::Submission>::Reader submissions() const {
    return sent->getRoot<capnp::List<schema::Submission>>().asReader();
  }
  /// Sends it and answers what the ledger said of each command. Adds a failure for one that was refused.
  std::vector<Note> send(client::Connection& connection) const {
    auto request = connection.commands().submitRequest();
    request.setSubmissions(submissions());
    const auto response = request.send().wait(connection.wait_scope());
    const auto outcomes = response.getOutcomes();
    std::vector<Note> notes;
    for (unsigned i = 0; i < outcomes.size(); ++i) {
      const Uuid command = codec::read_id(submissions()[i].getId());
      if (outcomes[i].isRefused()) {
        ADD_FAILURE() << command.to_string() << " was refused: " << outcomes[i].getRefused().getMessage().cStr();
        continue;
      }
      const auto accepted = outcomes[i].getAccepted();
      notes.push_back({command, accepted.getFirst(), accepted.getCount(), accepted.getRepeated()});
    }
    return notes;
  }
};

/// Sends one call after another until the ledger is gone, and keeps them all.
struct Writer {
  std::vector<Call> calls;

  void run(const std::string& server, const std::string& token, client::HourCommands& hours) {
    try {
      client::Connection connection(server);
      connection.sign_in(token);
      while (true) {
        Call& call = calls.emplace_back(std::make_unique<capnp::MallocMessageBuilder>());
        auto submissions = call.sent->initRoot<capnp::List<schema::Submission>>(kCommandsPerCall);
        for (auto submission : submissions) hours.fill(submission);
        call.answered = call.send(connection);
      }
    } catch (const kj::Exception&) {
      // Killed: what was not answered is unknown.
    }
  }
};

/// What the log holds from one size on: which command stands at which positions.
class Judge {
 public:
  /// Reads on to the log's end. Adds a failure for a hole, an inversion or a command that is there twice.
  void read_on(client::Connection& connection) {
    ASSERT_NO_THROW(follower_.read_on(connection, [this](BytesView record) { look_at(record); }));
  }

  bool holds(const Note& note) const {
    const auto found = commands_.find(note.command);
    return found != commands_.end() && found->second.first == note.first && found->second.count == note.count;
  }
  bool knows(const Uuid& command) const { return commands_.contains(command); }
  std::uint64_t size() const { return next_; }

 private:
  void look_at(BytesView record) {
    const auto meta = codec::read_meta(record);
    ASSERT_TRUE(meta.has_value()) << meta.error().message;
    EXPECT_EQ(meta->position.value, next_) << "a hole or an inversion";
    next_ = meta->position.value + 1;
    EXPECT_GE(meta->recorded_at, last_recorded_) << "recorded time went back at position " << meta->position.value;
    last_recorded_ = meta->recorded_at;
    std::uint32_t& expected_version = versions_[meta->stream];
    EXPECT_EQ(meta->version.value, expected_version) << "a hole in a stream";
    ++expected_version;
    if (meta->index != 0) return;
    const bool added = commands_.emplace(meta->command.value, Note{{}, meta->position.value, meta->count}).second;
    EXPECT_TRUE(added) << "command " << meta->command.to_string() << " was carried out twice";
  }

  client::Follower follower_;
  std::uint64_t next_ = 0;
  Timestamp last_recorded_{INT64_MIN};
  std::map<StreamId, std::uint32_t> versions_;
  std::map<Uuid, Note> commands_;
};

TEST(KilledAtRandomMicroseconds, NoAnsweredCommandIsLostAndARepeatGetsTheFirstAnswer) {
  const unsigned kills = from_environment("PLACET_KILLS", 200);
  const unsigned seed = from_environment(
      "PLACET_SEED", static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count()));
  std::printf("PLACET_KILLS=%u PLACET_SEED=%u\n", kills, seed);
  SeededRandom random(seed);

  const client::ScratchFolder scratch;
  const auto data = scratch.path() / "ledger";
  const auto invites = client::found_ledger(data, "crash.placet.example");
  std::string token;
  std::vector<client::HourCommands> hours;  // one of its own for each writer, going on from kill to kill
  {
    const client::Daemon daemon(data);
    client::World world(daemon.server(), invites[0], invites[1], kFirstMonday);
    token = world.office_token();
    for (unsigned i = 0; i < kWriters; ++i) hours.emplace_back(random.next(), world.place(20), kFirstMonday);
  }

  Judge judge;
  std::uint64_t answered = 0, repeated = 0, made_good = 0;
  for (unsigned kill = 0; kill < kills && !testing::Test::HasFailure(); ++kill) {
    std::vector<Writer> writers(kWriters);
    client::Daemon daemon(data);
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < kWriters; ++i)
      threads.emplace_back([&, i] { writers[i].run(daemon.server(), token, hours[i]); });
    std::this_thread::sleep_for(std::chrono::microseconds(random.next() % 60'000));
    daemon.stop(SIGKILL);
    for (std::thread& thread : threads) thread.join();

    const client::Daemon restarted(data);
    client::Connection connection(restarted.server());
    connection.sign_in(token);
    judge.read_on(connection);
    for (const Writer& writer : writers) {
      for (const Call& call : writer.calls) {
        for (const Note& note : call.answered)
          EXPECT_TRUE(judge.holds(note)) << "answered, but not in the log: " << note.command.to_string() << " at "
                                         << note.first;
        answered += call.answered.size();
        for (const Note& repeat : call.send(connection)) {
          EXPECT_EQ(repeat.repeated, judge.knows(repeat.command)) << repeat.command.to_string();
          if (repeat.repeated) {
            EXPECT_TRUE(judge.holds(repeat)) << "another answer than the first: " << repeat.command.to_string();
          }
          (repeat.repeated ? repeated : made_good) += 1;
        }
      }
    }
    judge.read_on(connection);  // finds what a repeat did a second time
  }
  std::printf(
      "%u kills, %llu answered commands, %llu known when repeated, %llu carried out then, %llu events in the log\n",
      kills, static_cast<unsigned long long>(answered), static_cast<unsigned long long>(repeated),
      static_cast<unsigned long long>(made_good), static_cast<unsigned long long>(judge.size()));
  EXPECT_GT(answered, kills) << "the writers hardly wrote: the test judged nothing";
}

}  // namespace
}  // namespace placet
