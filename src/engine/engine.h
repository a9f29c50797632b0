#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "base/zone.h"
#include "codec/record.h"
#include "engine/clock_guard.h"
#include "engine/command_index.h"
#include "engine/committer.h"
#include "engine/inbox.h"
#include "engine/loader.h"
#include "engine/recovery.h"
#include "engine/state_cache.h"
#include "store/event_log.h"

namespace placet::engine {

struct EngineSettings {
  std::size_t state_cache_bytes = 80 << 20;
  std::size_t group_bytes = 1 << 20;  // of commands taken into one group, and of what it writes, about
  unsigned loader_threads = 2;
};

/// The one place where facts are made: takes commands from the inbox, decides them one after another on its own thread,
/// and hands them to the committer as a group, which makes it durable and answers while the next one is decided. What
/// comes in while the committer is busy joins the group being built.
///
/// States are evolved before the write is durable, because command 2 must see command 1. That needs no way back: a
/// failed write ends the process, and recovery at the next start is the only repair.
class Engine {
 public:
  struct Surroundings {
    store::EventLog& log;
    Inbox& inbox;
    Clock& clock;
    const Zone& zone;
    std::function<bool()> disk_is_low;  // asked whenever the engine takes from the inbox
    // After each group's sync, on the committer's thread; must not block.
    std::function<void(const store::Head&)> on_durable;
  };

  Engine(Surroundings surroundings, Recovered recovered, store::HeadFile head, const EngineSettings& settings);
  /// Waits until the inbox, which must be closed by then, is drained, and all of it answered.
  ~Engine();

 private:
  void run();
  void decide_taken(std::vector<std::unique_ptr<Request>> taken);
  bool may_hand_over() const;
  void hand_over();

  // What the commands taken from the inbox read, by their index among them, until the next are taken
  // (engine_states.cc).
  struct ReadState {
    StreamId stream;
    domain::StreamState* state;  // nullptr: cold
  };
  void look_up_states(const Request& request);
  void adopt(Request& request);
  std::span<const ReadState> states_read_by(std::size_t command) const;
  std::span<const domain::Condition> conditions_of(std::size_t command) const;
  bool is_cold(std::size_t command) const;
  domain::States warm_states(std::size_t command) const;
  std::vector<StreamId> cold_states(std::size_t from_command, std::size_t to_command) const;
  std::uint32_t events_of(const StreamId& stream);
  std::uint32_t events_in_log(const StreamId& stream) const;

  // One command (engine_command.cc). No outcome: some of its states must be folded first.
  void decide_all(std::unique_ptr<Request> request, std::size_t first_command);
  std::optional<Outcome> decide(Submission& submission, std::size_t command);
  domain::Facts facts_for(const Submission& submission);
  std::optional<domain::Rejection> refused_before(const Submission& submission) const;
  std::optional<domain::Rejection> check_versions(std::size_t command, const Submission& submission);
  Outcome carry_out(std::size_t command, const Submission& submission, const domain::States& states,
                    const domain::Facts& facts);
  std::expected<void, domain::Rejection> stage(const domain::Events& events, const Submission& submission,
                                               const domain::States& states, const domain::Facts& facts);
  Accepted publish_staged(const store::CommandKey& key, const Submission& submission, domain::RejectionCode refusal);
  domain::StreamState& staged_state(const StreamId& stream, const domain::States& states);

  Surroundings around_;
  const EngineSettings settings_;
  merkle::Tree tree_;
  ClockGuard clock_;
  Loader loader_;
  StateCache states_;
  const domain::StreamState& system_;  // in the cache, which never evicts it
  CommandIndex commands_;

  Decided decided_;  // the group being built
  // Of what was taken from the inbox last.
  std::optional<Timestamp> now_;  // nothing while the clock is not trusted
  Date today_;                    // the employer's local day
  bool disk_is_low_ = false;
  struct LookedUp {
    struct Command {
      bool too_large;
      std::size_t states_end;  // its states begin where those of the command before end, and so do its conditions
      std::size_t conditions_end;
    };
    std::vector<ReadState> states;
    std::vector<domain::Condition> conditions;
    std::vector<Command> commands;
    void clear();
  };
  LookedUp looked_up_;

  // The command being decided: its events as they will be stored, and copies of the states that they change.
  struct Staged {
    struct Record {
      StreamId stream;
      StreamVersion version;
      std::size_t bytes;
    };
    Bytes bytes;
    std::vector<Record> records;
    std::vector<Request::Loaded> states;
    void clear();
  };
  Staged staged_;
  codec::RecordWriter writer_;

  Committer committer_;
  std::thread thread_;  // last: runs on everything above
};

}  // namespace placet::engine
