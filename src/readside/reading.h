#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "readside/queries.h"
#include "readside/view.h"

namespace placet::readside {

/// A period with its borders, and by when its hours are wanted, once the payroll calendar says so.
struct PeriodAt {
  domain::Period period;
  Date last;
  std::optional<domain::CalendarPeriod> calendar;

  Date first() const { return period.first; }
};

/// Rows as of one basis, for one caller: all that a page or a mail shows of the ledger agrees with itself.
/// One thread.
class Reading {
 public:
  struct Surroundings {
    const store::EventLog& log;
    access::Vault& vault;
    Timestamp now;
    Date today;  // the employer's local day
  };
  /// The caller outlives it.
  Reading(const Surroundings& surroundings, const access::Caller& caller, View view)
      : surroundings_(surroundings), caller_(caller), view_(std::move(view)) {}

  Queries ask(Asked asked = {}) const;
  /// Every row of a list, page by page, up to `kRowsMax`: `all(&Queries::timesheets, filter)`.
  template <class Row, class... Args>
  Result<std::vector<Row>> all(Result<Page<Row>> (Queries::*list)(Args...),
                               const std::remove_cvref_t<Args>&... args) const {
    return all_on(today(), list, args...);
  }
  /// The same for another day than today: Asked.effective.
  template <class Row, class... Args>
  Result<std::vector<Row>> all_on(Date day, Result<Page<Row>> (Queries::*list)(Args...),
                                  const std::remove_cvref_t<Args>&... args) const {
    std::vector<Row> rows;
    Asked asked;
    asked.limit = Queries::kLimitMax;
    asked.effective = day;
    do {
      auto queries = ask(asked);
      PLACET_ASSIGN(auto page, (queries.*list)(args...));
      for (Row& row : page.rows) rows.push_back(std::move(row));
      asked.after = std::move(page.next);
    } while (!asked.after.empty() && rows.size() < kRowsMax);
    return rows;
  }

  /// The period of that kind that holds the day; nothing where the calendar has no such four weeks.
  Result<std::optional<PeriodAt>> period_holding(domain::PeriodKind kind, Date day) const;

  Date today() const { return surroundings_.today; }

 private:
  static constexpr std::size_t kRowsMax = 10'000;

  const Surroundings surroundings_;
  const access::Caller& caller_;
  View view_;
  mutable std::optional<std::vector<CalendarLine>> calendar_;  // read when it is asked for first
};

}  // namespace placet::readside
