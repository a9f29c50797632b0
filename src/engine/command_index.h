#pragma once

#include <tsl/robin_map.h>

#include <memory>
#include <optional>
#include <span>
#include <vector>

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

  /// Asks the log about the commands that are to be decided next, all at once. They stand below by their index among
  /// the commands of all these requests, until the next `handed_over`.
  void look_up(std::span<const std::unique_ptr<Request>> requests);
  const store::CommandKey& key(std::size_t index) const { return keys_.at(index); }
  /// The first answer to this command, `commandIdReused` when the id was used for something else, or nothing.
  Result<std::optional<Outcome>> first_answer(std::size_t index, const Digest& request_hash) const;
  /// A command that is in the group being built. `refusal`: its events are the fact of a refusal by a control.
  void add(const store::CommandKey& key, store::CommandRow row, const Digest& request_hash,
           domain::RejectionCode refusal);
  /// The group goes to the log, and the one before it is there: its commands are found there from now on.
  void handed_over();

 private:
  struct Known {
    store::CommandRow row;
    Digest request_hash;
    domain::RejectionCode refusal;
  };
  static Outcome answer(const Known& known, const Digest& request_hash);
  Result<Known> known_of(store::CommandRow row) const;

  const store::EventLog& log_;
  /// Of one group. The table is small, since every command asks it; what it leads to is needed for repeats only.
  struct Commands {
    tsl::robin_map<store::CommandKey, std::uint32_t, store::CommandKeyHash> places;
    std::vector<Known> known;
  };
  Commands building_;   // of the group being built
  Commands in_flight_;  // of the group being committed
  // Of the commands looked up.
  std::vector<store::CommandKey> keys_;
  Result<std::vector<std::optional<store::CommandRow>>> rows_;
};

}  // namespace placet::engine
