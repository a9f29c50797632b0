#pragma once

#include <expected>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "access/caller.h"
#include "engine/inbox.h"
#include "portal/services.h"
#include "readside/reading.h"

namespace placet::portal {

/// The portal's way to the ledger: commands in, rows out. Any thread; a call waits for its answer.
class Desk {
 public:
  explicit Desk(const Services& services) : services_(services) {}

  /// Commands of a person, in the order in which they are decided. The ids come from the form, so that whoever presses
  /// twice gets the first answer twice.
  struct Draft {
    CommandId id;
    domain::Command command;
  };
  /// One outcome for each, when all are durable. `unavailable` when the ledger takes nothing now, or did not answer
  /// within ten seconds: then it is not known what became of them, and they may be sent again as they are.
  Result<std::vector<engine::Outcome>> submit(const domain::Actor& actor, std::vector<Draft> drafts);
  /// A command of the service itself.
  Result<engine::Outcome> act(domain::Command command, access::FillServerFields fill = {}) const {
    return services_.act(std::move(command), std::move(fill));
  }

  /// What the caller may see now, with all that he was told is done, and the first `at_least` records.
  Result<readside::Reading> read(const access::Caller& caller, LogSize at_least = {});
  /// What he may see now of how it was at the end of that local day. Folds whole books where they are not kept: for one
  /// caller at a time, others are `unavailable`, so that looks at the past leave threads for everybody else.
  Result<readside::Reading> read_as_of(const access::Caller& caller, Date day);

  const Services& services() const { return services_; }

 private:
  struct Answer {
    std::vector<engine::Outcome> outcomes;
    LogSize size;
  };
  Result<Answer> wait_for(std::unique_ptr<engine::Request> request);
  void has_written(AccountId account, LogSize size);

  const Services& services_;
  std::mutex looking_back_;
  std::mutex mutex_;
  std::map<AccountId, LogSize> written_;  // guarded by mutex_: what rows must hold for that account
};

}  // namespace placet::portal
