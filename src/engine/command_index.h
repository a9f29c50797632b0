#pragma once

#include <deque>
#include <optional>
#include <unordered_map>

#include "base/result.h"
#include "domain/rejection.h"
#include "engine/inbox.h"
#include "store/event_log.h"

namespace placet::engine {

/// "Seen this command?": the commands of the group being built and the last ones before it from memory, all others
/// from the log. Used by the engine's thread only.
class CommandIndex {
 public:
  CommandIndex(const store::EventLog& log, std::size_t recent_max) : log_(log), recent_max_(recent_max) {}

  static Uuid key_of(AccountId account, CommandId command);

  /// The first answer to this command, `commandIdReused` when the id was used for something else, or nothing.
  Result<std::optional<Outcome>> first_answer(const Uuid& key, const Digest& request_hash) const;
  /// A command that is in the group being built. `refusal`: its events are the fact of a refusal by a control.
  void add(const Uuid& key, store::CommandRow row, const Digest& request_hash, domain::RejectionCode refusal);

 private:
  struct Known {
    store::CommandRow row;
    Digest request_hash;
    domain::RejectionCode refusal;
  };
  static Outcome answer(const Known& known, const Digest& request_hash);
  Result<std::optional<Known>> look_up(const Uuid& key) const;

  const store::EventLog& log_;
  const std::size_t recent_max_;
  std::unordered_map<Uuid, Known, UuidHash> recent_;
  std::deque<Uuid> order_;  // oldest first
};

}  // namespace placet::engine
