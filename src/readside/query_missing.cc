#include <algorithm>
#include <map>

#include "domain/calendar/calendar.h"
#include "domain/streams.h"
#include "projections/directory/directory.h"
#include "projections/timesheets/timesheets.h"
#include "readside/queries.h"
#include "readside/query_walk.h"

namespace placet::readside {

using namespace projections;

namespace {

/// The published periods of one kind, by their first days.
using Published = std::map<Date, domain::CalendarPeriod>;

/// Days of a placement whose hours belong together.
struct Expected {
  domain::Period period;
  Date last;
  const domain::CalendarPeriod* published = nullptr;  // nullptr: no calendar holds them
  bool on_a_sheet = true;                             // false: no calendar makes a period of them
};

/// What begins on `day` or holds it. Of four weeks that no calendar holds: all up to the next published ones or `end`.
Expected expected_on(domain::PeriodKind kind, Date day, Date end, const Published& published) {
  const auto behind = published.upper_bound(day);
  if (behind != published.begin()) {
    const domain::CalendarPeriod& period = std::prev(behind)->second;
    if (day <= period.last) return {{kind, period.first}, period.last, &period};
  }
  static const domain::Calendar kNone{};
  const auto span = domain::period_holding(kind, day, [](Date) -> const domain::Calendar& { return kNone; });
  if (span) return {{kind, span->first}, span->last};
  const Date last = behind == published.end() ? end : std::min(end, behind->first.plus_days(-1));
  return {{kind, day}, last, nullptr, false};
}

/// What of a started placement is over by `today` or should have been submitted before, oldest first.
std::vector<Expected> expected_of(const Placements::Row& placement,
                                  const std::map<domain::PeriodKind, Published>& published, Date today) {
  static const Published kNothing{};
  const Date yesterday = today.plus_days(-1);
  std::vector<Expected> all;
  for (auto span = placement.kinds.begin(); span != placement.kinds.end(); ++span) {
    Date end = placement.until ? std::min(*placement.until, yesterday) : yesterday;
    if (const auto next = std::next(span); next != placement.kinds.end()) end = std::min(end, next->from.plus_days(-1));
    const auto of_kind = published.find(span->kind);
    // Hours before 1970 are refused.
    for (Date day = std::max({span->from, *placement.started, Date{}}); day <= end;) {
      const Expected one = expected_on(span->kind, day, end, of_kind == published.end() ? kNothing : of_kind->second);
      if (one.last < today || (one.published != nullptr && one.published->submit_by < today)) all.push_back(one);
      day = one.last.plus_days(1);
    }
  }
  return all;
}

}  // namespace

Result<Page<MissingSheet>> Queries::missing(const PartyFilter& filter) {
  PLACET_TRY(check_visible(filter));
  std::map<domain::PeriodKind, Published> published;
  PLACET_TRY(view_.scan<CalendarPeriods>([&](const CalendarPeriods::Key& key, const domain::CalendarPeriod& period) {
    published[std::get<0>(key)].emplace(period.first, period);
    return true;
  }));
  Page<MissingSheet> page;
  const auto show = [&](PlacementId id) -> Result<std::size_t> {
    PLACET_ASSIGN(const auto placement, view_.get<Placements>(id));
    const SheetParties parties{id, placement->worker, placement->client, placement->agency};
    if (!placement->started || !fits(parties, filter) || !sees(parties, kAudienceOf<domain::EntryRecorded>)) return 0;
    PLACET_ASSIGN(const Parties names, named(parties));
    std::size_t count = 0;
    for (const Expected& expected : expected_of(*placement, published, effective_)) {
      MissingSheet row{.missing = Missing::calendar,
                       .sheet = {},
                       .parties = names,
                       .period = expected.period,
                       .last = expected.last,
                       .open = {},
                       .submit_by = {},
                       .days_late = {}};
      if (expected.on_a_sheet) {
        row.missing = Missing::sheet;
        row.sheet = domain::sheet_of(view_.basis().ledger, id, expected.period);
        PLACET_ASSIGN(const auto sheet, view_.get<Sheets>(row.sheet));
        if (sheet && status_of(*sheet) != projections::SheetStatus::open) continue;
        if (sheet) row.open = sheet->minutes().open;
      }
      if (expected.published != nullptr) {
        row.submit_by = expected.published->submit_by;
        row.days_late = effective_.days - expected.published->submit_by.days;
      }
      page.rows.push_back(std::move(row));
      ++count;
    }
    return count;
  };
  PLACET_ASSIGN(page.next, (walk<PlacementsOfParty, Placements>(narrowest(filter), show)));
  return page;
}

}  // namespace placet::readside
