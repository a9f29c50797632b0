#pragma once

#include <optional>
#include <unordered_map>

#include "base/result.h"
#include "domain/rejection.h"
#include "engine/inbox.h"
#include "store/event_log.h"

namespace placet::engine {

/// "Seen this command?": the commands of the group being built and of the one being committed from memory, all others
/// from the log, whose filters make it cheap that a new one is absent. Used by the engine's thread only.
class CommandIndex {
 public:
  explicit CommandIndex(const store::EventLog& log) : log_(log) {}

  static Uuid key_of(AccountId account, CommandId command);

  /// The first answer to this command, `commandIdReused` when the id was used for something else, or nothing.
  Result<std::optional<Outcome>> first_answer(const Uuid& key, const Digest& request_hash) const;
  /// A command that is in the group being built. `refusal`: its events are the fact of a refusal by a control.
  void add(const Uuid& key, store::CommandRow row, const Digest& request_hash, domain::RejectionCode refusal);
  /// The group goes to the log, and the one before it is there: its commands are found there from now on.
  void handed_over() {
    in_flight_.swap(building_);
    building_.clear();
  }

 private:
  struct Known {
    store::CommandRow row;
    Digest request_hash;
    domain::RejectionCode refusal;
  };
  static Outcome answer(const Known& known, const Digest& request_hash);
  Result<std::optional<Known>> look_up(const Uuid& key) const;

  const store::EventLog& log_;
  using Commands = std::unordered_map<Uuid, Known, UuidHash>;
  Commands building_;   // of the group being built
  Commands in_flight_;  // of the group being committed
};

}  // namespace placet::engine
