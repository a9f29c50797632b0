#include "reactors/reminders.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>
#include <vector>

#include "base/log.h"

namespace placet::reactors {

namespace {

using domain::NoticeKind;
using namespace std::chrono_literals;

constexpr std::int64_t kLooksEveryMicros = 15 * INT64_C(60'000'000);
constexpr int kMissingFrom = 18 * 60, kDueFrom = 12 * 60, kLateFrom = 17 * 60;  // minutes of the day
constexpr int kDaysLateMax = 3;
constexpr std::size_t kContactsMax = 16;

/// The service itself, which sees everything.
const access::Caller& the_service() {
  static const access::Caller kService{
      .actor = {}, .grants = {{.role = domain::Role::back_office, .scope = {}, .from = {}, .until = {}, .giver = {}}}};
  return kService;
}

int minute_of(Timestamp at, const Zone& zone) {
  const std::string text = zone.local_text(at);  // YYYY-MM-DD HH:MM
  return std::stoi(text.substr(11, 2)) * 60 + std::stoi(text.substr(14, 2));
}

using Contacts = std::map<AgencyId, std::vector<PersonId>>;

Result<Contacts> contacts_of_agencies(const readside::Reading& reading) {
  Contacts contacts;
  PLACET_ASSIGN(const auto persons, reading.all(&readside::Queries::persons));
  for (const readside::Person& person : persons)
    for (const readside::HeldRole& held : person.roles) {
      auto& of_agency = contacts[AgencyId(held.scope.value)];
      if (held.role == domain::Role::agency && of_agency.size() < kContactsMax) of_agency.push_back(person.person);
    }
  return contacts;
}

}  // namespace

Result<void> Reminders::look() {
  const Timestamp now = services_.clock.now();
  const std::int64_t quarter = now.micros / kLooksEveryMicros;
  if (looked_at_ == quarter) return {};
  PLACET_ASSIGN(auto rows, services_.projections.at_least(services_.log.size(), 0s));
  auto* const ready = std::get_if<readside::Ready>(&rows);
  if (ready == nullptr) return {};  // next time
  looked_at_ = quarter;
  const readside::Reading reading({services_.log, services_.vault, now, services_.zone.local_day(now)}, the_service(),
                                  std::move(ready->view));
  const int minute = minute_of(now, services_.zone);
  PLACET_TRY(remind_of_missing(reading, minute));
  return remind_of_waiting(reading, minute);
}

Result<void> Reminders::remind_of_missing(const readside::Reading& reading, int minute) {
  // "Missing" counts from the day after.
  const Date day = minute < kMissingFrom ? reading.today() : reading.today().plus_days(1);
  PLACET_ASSIGN(const auto missing, reading.all_on(day, &readside::Queries::missing, readside::PartyFilter{}));
  for (const readside::MissingSheet& one : missing) {
    if (one.missing != readside::Missing::sheet || !one.days_late || *one.days_late > kDaysLateMax) continue;
    PLACET_TRY(remind(one.parties, one.period, one.sheet, NoticeKind::hours_missing, {}));
  }
  return {};
}

Result<void> Reminders::remind_of_waiting(const readside::Reading& reading, int minute) {
  std::map<std::pair<domain::PeriodKind, Date>, Date> approve_by;
  PLACET_ASSIGN(const auto calendar, reading.all(&readside::Queries::calendar, readside::CalendarFilter{}));
  for (const readside::CalendarLine& line : calendar)
    approve_by[{line.kind, line.period.first}] = line.period.approve_by;
  PLACET_ASSIGN(const auto open, reading.all(&readside::Queries::open, readside::HoursFilter{}));
  std::optional<Contacts> contacts;
  for (const readside::OpenItem& item : open) {
    const auto deadline = approve_by.find({item.period.kind, item.period.first});
    if (item.kind != readside::OpenKind::to_approve || deadline == approve_by.end()) continue;
    const int days_late = reading.today().days - deadline->second.days;
    if (days_late < 0 || days_late > kDaysLateMax) continue;
    if (days_late > 0 || minute >= kDueFrom)
      PLACET_TRY(remind(item.parties, item.period, item.sheet, NoticeKind::approval_due, item.since));
    if (days_late == 0 && minute < kLateFrom) continue;
    if (!contacts) {
      PLACET_ASSIGN(contacts, contacts_of_agencies(reading));
    }
    PLACET_TRY(remind(item.parties, item.period, item.sheet, NoticeKind::approval_late, item.since,
                      (*contacts)[item.parties.agency]));
  }
  return {};
}

Result<void> Reminders::remind(const readside::Parties& parties, const domain::Period& period, SheetId sheet,
                               NoticeKind kind, Timestamp since, std::vector<PersonId> contacts) {
  const Asked asked{sheet, kind, since};
  if (asked_.contains(asked)) return {};
  domain::RemindOfHours command;
  command.placement = parties.placement;
  command.period = period;
  command.kind = kind;
  command.contacts = std::move(contacts);
  PLACET_TRY(services_.act(std::move(command), {}));  // refused: told already, or it is no longer so
  asked_.insert(asked);
  return {};
}

}  // namespace placet::reactors
