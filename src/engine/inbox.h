#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "access/prepare.h"
#include "base/id.h"
#include "domain/decision.h"
#include "domain/states.h"

namespace placet::engine {

/// How a submitted command is meant.
enum class Intent {
  act,      // carry it out
  propose,  // write it down for a second person to agree to
};

/// One command as it enters the engine: personal fields sealed, local times resolved, the caller known.
struct Submission {
  CommandId id;
  domain::Actor actor;
  Digest request_hash{};                  // HMAC of the command as sent, before sealing
  std::optional<StreamVersion> expected;  // of the first stream it writes; events before it, so 0 is "must not exist"
  Intent intent = Intent::act;
  domain::Command command;
  std::optional<domain::Command> proposed;  // with `AgreeToAct`: what the proposal at its position holds
};

/// The command's events stand at [first, first + count); count is 0 where nothing needed to change.
struct Accepted {
  LogPosition first;
  std::uint32_t count = 0;
  bool repeated = false;  // this command id was answered before; this is that answer
  friend bool operator==(const Accepted&, const Accepted&) = default;
};

using Outcome = std::variant<Accepted, domain::Rejection>;

/// How adapters have a command of the service itself carried out. Waits for the answer; `unavailable` where none came,
/// and then it is not known what became of the command.
using ServiceAct = std::function<Result<Outcome>(domain::Command, access::FillServerFields)>;

/// Commands that one caller sent together: decided in order, each with its own outcome, answered once, when all of them
/// are durable.
struct Request {
  std::vector<Submission> submissions;  // one that founds the ledger stands alone: derived ids begin with its id
  std::size_t bytes = 0;                // of the commands as sent: what the inbox counts
  /// Called on the committer's thread with one outcome per submission and the ledger's durable size. Must not block.
  std::move_only_function<void(std::vector<Outcome> outcomes, LogSize size)> answer;

  // The engine's own: a request whose states are cold goes to the reader threads and comes back.
  struct Loaded {
    StreamId stream;
    domain::StreamState state;
  };
  std::vector<Outcome> outcomes;  // of the submissions decided so far
  std::vector<StreamId> cold;     // to be folded
  std::vector<Loaded> loaded;     // folded, for the engine to adopt
};

/// The bounded way in, shared by all adapters. Full means refused at once, never blocked: the caller tells its client
/// `overloaded`.
class Inbox {
 public:
  struct Limits {
    std::size_t requests = 4'096;
    std::size_t bytes = 64 << 20;
  };
  explicit Inbox(Limits limits) : limits_(limits) {}
  Inbox() : Inbox(Limits{}) {}

  /// How many of the first it took: all, or fewer when full, or closed. The others are untouched.
  [[nodiscard]] std::size_t offer(std::span<std::unique_ptr<Request>> requests);
  /// False when it did not.
  [[nodiscard]] bool offer(std::unique_ptr<Request>& request) { return offer({&request, 1}) == 1; }
  /// A request that was taken once already comes back with its states folded: never refused.
  void put_back(std::unique_ptr<Request> request);
  /// Says that a taken request is with the reader threads, so that the inbox is not drained before it is back.
  void parked();
  /// What waits, at most about `bytes_max` of it; waits until it is `bytes_min` at least, or until a nudge. Empty when
  /// nothing waits then, and when drained.
  std::vector<std::unique_ptr<Request>> take(std::size_t bytes_min, std::size_t bytes_max);
  /// Ends one wait of `take`, this one or the next.
  void nudge();
  /// Closed, and everything was taken.
  bool drained() const;
  /// Nothing more comes in; what is in is still taken.
  void close();

 private:
  bool drained_locked() const { return closed_ && waiting_.empty() && parked_ == 0; }
  bool enough_locked() const { return !waiting_.empty() && bytes_ >= bytes_min_; }

  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::unique_ptr<Request>> waiting_;
  std::size_t bytes_ = 0;
  std::size_t parked_ = 0;     // taken, being folded, still to come back
  std::size_t bytes_min_ = 0;  // what `take` waits for
  bool nudged_ = false;
  bool closed_ = false;
  const Limits limits_;
};

}  // namespace placet::engine
