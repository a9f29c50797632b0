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
#include "readside/queries.h"
#include "readside/view.h"

namespace placet::portal {

/// Rows as of one basis, for one caller: all that a page shows of the ledger agrees with itself.
class Reading {
 public:
  Reading(const Services& services, const access::Caller& caller, readside::View view);

  readside::Queries ask(readside::Asked asked = {}) const;
  /// Every row of a list, page by page, up to `rows_max`: `all(&Queries::timesheets, filter)`.
  template <class Row, class... Args>
  Result<std::vector<Row>> all(Result<readside::Page<Row>> (readside::Queries::*list)(Args...),
                               const std::remove_cvref_t<Args>&... args) const {
    std::vector<Row> rows;
    readside::Asked asked;
    asked.limit = readside::Queries::kLimitMax;
    do {
      auto queries = ask(asked);
      PLACET_ASSIGN(auto page, (queries.*list)(args...));
      for (Row& row : page.rows) rows.push_back(std::move(row));
      asked.after = std::move(page.next);
    } while (!asked.after.empty() && rows.size() < kRowsMax);
    return rows;
  }

  Date today() const { return today_; }
  Timestamp now() const { return now_; }

 private:
  static constexpr std::size_t kRowsMax = 10'000;

  const Services& services_;
  const access::Caller& caller_;
  readside::View view_;
  Timestamp now_;
  Date today_;
};

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
  /// A command of the service itself; `fill` puts in its server fields.
  Result<engine::Outcome> act(domain::Command command, std::function<Result<void>(domain::Command&)> fill = {});

  /// What the caller may see now, with all that he was told is done, and the first `at_least` records.
  Result<Reading> read(const access::Caller& caller, LogSize at_least = {});

  const Services& services() const { return services_; }

 private:
  struct Answer {
    std::vector<engine::Outcome> outcomes;
    LogSize size;
  };
  Result<Answer> wait_for(std::unique_ptr<engine::Request> request);
  void has_written(AccountId account, LogSize size);

  const Services& services_;
  std::mutex mutex_;
  std::map<AccountId, LogSize> written_;  // guarded by mutex_: what rows must hold for that account
};

}  // namespace placet::portal
