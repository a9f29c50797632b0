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

/// "Seen this command?" Ids begin with their time (UUIDv7), so most are greater than all that came from the account
/// before, and those are new. Of the others: the commands of the group being built and of the one being committed from
/// memory, the rest from the log, whose filters make it cheap that one is absent. Used by the engine's thread only.
///
/// Ids of another kind, or by a wrong clock, may lie years ahead. Nothing is concluded from those, and from none above
/// them; so whatever clock there is, an id that came before is either not greater than the account's greatest or not
/// smaller than the first of those ahead.
class CommandIndex {
 public:
  /// From where on ids lie far ahead of that time: a day.
  static Uuid far_ahead_of(Timestamp time);
  /// `in_log`: no command in the log has an id between the two.
  CommandIndex(const store::EventLog& log, const store::NearestIds& in_log)
      : log_(log), greatest_of_others_(in_log.below), first_ahead_(in_log.from) {}

  /// Asks the log about the commands that are to be decided next, all at once. They stand below by their index among
  /// the commands of all these requests, until the next `handed_over`.
  void look_up(std::span<const std::unique_ptr<Request>> requests, Timestamp now);
  const store::CommandKey& key(std::size_t index) const { return looked_up_.at(index).key; }
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
  bool is_new(const store::CommandKey& key, Uuid ahead);

  const store::EventLog& log_;
  /// Of one group. The table is small, since every command asks it; what it leads to is needed for repeats only.
  struct Commands {
    tsl::robin_map<store::CommandKey, std::uint32_t, store::CommandKeyHash> places;
    std::vector<Known> known;
  };
  Commands building_;                              // of the group being built
  Commands in_flight_;                             // of the group being committed
  tsl::robin_map<Uuid, Uuid, UuidHash> greatest_;  // the greatest id that came from an account
  Uuid greatest_of_others_;                        // from any account that is not there
  Uuid first_ahead_;                               // of the ids that lie far ahead, the smallest
  // The commands looked up.
  struct LookedUp {
    store::CommandKey key;
    std::optional<std::size_t> row;  // nothing: it is new, and the log was not asked
  };
  std::vector<LookedUp> looked_up_;
  std::vector<store::CommandKey> asked_;
  Result<std::vector<std::optional<store::CommandRow>>> rows_;
};

}  // namespace placet::engine
