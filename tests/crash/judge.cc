#include "tests/crash/judge.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "codec/ids.h"
#include "codec/record.h"
#include "tools/client/daemon.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet::testing {
namespace {

constexpr Date kFirstMonday{10'959};  // 2000-01-03
/// So many that thousands of deaths find them weeks to write, up to this one.
constexpr unsigned kWorkersOfAWriter = 60;

}  // namespace

FoundedLedger::FoundedLedger(const std::filesystem::path& data, unsigned writers, std::uint64_t seed) {
  const auto invites = client::found_ledger(data, "crash.placet.example");
  SeededRandom random(seed);
  const client::Daemon daemon(data);
  client::World world(daemon.server(), invites[0], invites[1], kFirstMonday);
  token = world.office_token();
  for (unsigned i = 0; i < writers; ++i)
    hours.emplace_back(random.next(), world.place(kWorkersOfAWriter), kFirstMonday);
}

Call::Call(client::HourCommands& hours, unsigned commands) : sent(std::make_unique<capnp::MallocMessageBuilder>()) {
  for (auto submission : sent->initRoot<capnp::List<schema::Submission>>(commands)) hours.fill(submission);
}

std::vector<Note> Call::send(client::Connection& connection) const {
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

void Writer::run(const std::string& server, const std::string& token, client::HourCommands& hours) {
  constexpr unsigned kCommandsPerCall = 20;
  try {
    client::Connection connection(server);
    connection.sign_in(token);
    while (true) {
      Call& call = calls.emplace_back(hours, kCommandsPerCall);
      call.answered = call.send(connection);
    }
  } catch (const kj::Exception&) {
    // Dead: what was not answered is unknown.
  }
}

Writers::Writers(const std::string& server, FoundedLedger& ledger) : writers_(ledger.hours.size()) {
  for (std::size_t i = 0; i < writers_.size(); ++i)
    threads_.emplace_back([&, i, server] { writers_[i].run(server, ledger.token, ledger.hours[i]); });
}

void Judge::read_on(client::Connection& connection) {
  ASSERT_NO_THROW(follower_.read_on(connection, [this](BytesView record) { look_at(record); }));
}

void Judge::look_at(BytesView record) {
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

bool Judge::holds(const Note& note) const {
  const auto found = commands_.find(note.command);
  return found != commands_.end() && found->second.first == note.first && found->second.count == note.count;
}

void Judge::judge(client::Connection& connection, std::span<const Call> calls) {
  read_on(connection);
  for (const Call& call : calls) {
    for (const Note& note : call.answered)
      EXPECT_TRUE(holds(note)) << "answered, but not in the log: " << note.command.to_string() << " at " << note.first;
    answered_ += call.answered.size();
    for (const Note& repeat : call.send(connection)) {
      EXPECT_EQ(repeat.repeated, commands_.contains(repeat.command)) << repeat.command.to_string();
      if (repeat.repeated) {
        EXPECT_TRUE(holds(repeat)) << "another answer than the first: " << repeat.command.to_string();
      }
      ++(repeat.repeated ? repeated_ : made_good_);
    }
  }
  read_on(connection);  // finds what a repeat did a second time
}

void Judge::judge_next_life(const std::filesystem::path& data, const FoundedLedger& ledger, const Writers& writers) {
  const client::Daemon restarted(data);
  client::Connection connection(restarted.server());
  connection.sign_in(ledger.token);
  for (const Writer& writer : writers.all()) judge(connection, writer.calls);
}

void Judge::report(std::uint64_t deaths, const char* called) const {
  std::printf(
      "%llu %s, %llu answered commands, %llu known when repeated, %llu carried out then, %llu events in the log\n",
      static_cast<unsigned long long>(deaths), called, static_cast<unsigned long long>(answered_),
      static_cast<unsigned long long>(repeated_), static_cast<unsigned long long>(made_good_),
      static_cast<unsigned long long>(next_));
  EXPECT_GT(answered_, deaths) << "the writers hardly wrote: the test judged nothing";
}

}  // namespace placet::testing
