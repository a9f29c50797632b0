#pragma once

#include <capnp/message.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/stream_id.h"
#include "base/time.h"
#include "tools/client/connection.h"
#include "tools/client/follower.h"
#include "tools/client/hours.h"

/// Who sends commands to a ledger that dies, and who says afterwards whether it kept its word.
namespace placet::testing {

/// A new ledger, and hours that may be entered in it.
struct FoundedLedger {
  FoundedLedger(const std::filesystem::path& data, unsigned writers, std::uint64_t seed);

  std::string token;
  std::vector<client::HourCommands> hours;  // of its own for each writer, going on from death to death
};

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

  Call(client::HourCommands& hours, unsigned commands);
  capnp::List<schema::Submission>::Reader submissions() const {
    return sent->getRoot<capnp::List<schema::Submission>>().asReader();
  }
  /// Sends it and answers what the ledger said of each command. Adds a failure for one that was refused.
  std::vector<Note> send(client::Connection& connection) const;
};

/// Sends one call after another until the ledger is gone, and keeps them all.
struct Writer {
  std::vector<Call> calls;

  void run(const std::string& server, const std::string& token, client::HourCommands& hours);
};

/// Writers at work, one for the hours of each, until the ledger is gone.
class Writers {
 public:
  Writers(const std::string& server, FoundedLedger& ledger);
  /// After the ledger's death.
  void join() { threads_.clear(); }
  std::span<const Writer> all() const { return writers_; }

 private:
  std::vector<Writer> writers_;
  std::vector<std::jthread> threads_;
};

/// What the log holds from one size on: which command stands at which positions.
class Judge {
 public:
  /// Reads on to the log's end. Adds a failure for a hole, an inversion or a command that is there twice.
  void read_on(client::Connection& connection);
  /// After the ledger's death and restart: what was answered is in the log, and whatever is sent again gets the first
  /// answer, or is carried out now.
  void judge(client::Connection& connection, std::span<const Call> calls);
  /// The same of all that these writers sent, in another life of the ledger.
  void judge_next_life(const std::filesystem::path& data, const FoundedLedger& ledger, const Writers& writers);
  /// Prints what there was to judge after so many deaths; adds a failure when it was next to nothing.
  void report(std::uint64_t deaths, const char* called) const;

 private:
  bool holds(const Note& note) const;
  void look_at(BytesView record);

  client::Follower follower_;
  std::uint64_t next_ = 0;
  Timestamp last_recorded_{INT64_MIN};
  std::map<StreamId, std::uint32_t> versions_;
  std::map<Uuid, Note> commands_;
  std::uint64_t answered_ = 0;
  std::uint64_t repeated_ = 0;   // known when they were sent again
  std::uint64_t made_good_ = 0;  // carried out then
};

}  // namespace placet::testing
