#include "tools/demo_agency/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "domain/streams.h"

namespace placet::demo {

using namespace domain;

namespace {

constexpr int kDay = 480;
constexpr std::uint64_t kWeek = 2'400;
constexpr int kTuesday = 1, kThursday = 3, kSunday = 6;

// Who has a step of his own in which week; everybody else works five days of eight hours.
const std::vector<std::string> kOwnStep[] = {
    {"Sanne", "Bram", "Fatima", "Noor"}, {"Joost", "Yara", "Pieter", "Mees", "Daan"}, {"Ilse"}};

bool contains(const std::vector<std::string>& first_names, const std::string& name) {
  return std::ranges::any_of(first_names, [&](const std::string& first) { return name.starts_with(first + " "); });
}

Worked plain(Date day, int minutes) {
  Worked worked;
  worked.day = day;
  worked.minutes = Minutes::of(minutes);
  return worked;
}

}  // namespace

void Story::expect(bool as_told, const std::string& what) {
  if (!as_told) throw std::runtime_error("the story went wrong: " + what);
}

void Story::run() {
  tell_(fmt::format("Mon 12 Oct  {} agencies, {} clients and {} workers: contracts and agreements signed, all at work.",
                    agency_.recruiters().size(), agency_.clients().size(), agency_.workers().size()));
  a_plain_week();
  a_refusal_corrected();
  three_of_five_days();
  entries_that_moved();
  the_first_payroll();
  an_account_changed_before_pay_day();
  a_pay_day();
  a_payment_that_came_back();
  an_empty_week();
  two_placements_in_one_week();
  the_day_of_25_hours();
  a_second_week();
  own_hours_through_a_second_account();
  an_approval_taken_back();
  the_second_payroll();
  what_was_held_is_paid();
  a_part_payment();
  a_rate_raised_backwards();
  the_second_pay_day();
  a_late_approval();
  a_substitute();
  monthly_sheets();
  hours_accepted_for_pay();
  a_third_week();
  paid_hours_taken_back();
  the_third_payroll();
  the_last_pay_day();
  a_period_closed();
}

void Story::a_plain_week() {
  agency_.set_clock(day_of(0, 4), 17, 0);
  work_a_week(0);
  const Sheet noor = week_of("Noor", 0);  // whom nobody approves for now
  enter(noor, 0, {{0, kDay}, {1, kDay}, {2, kDay}, {3, kDay}, {4, kDay}});
  submit(noor);
  agency_.set_clock(day_of(1, 0), 8, 30);
  approve_a_week(0);
  tell_("Mon 19 Oct  A plain week: the others entered 40 hours each, and the clients approved what they saw.");
}

void Story::a_refusal_corrected() {
  const Sheet sheet = week_of("Sanne", 0);
  const auto entries = enter(sheet, 0, {{0, kDay}, {kTuesday, 600}, {2, kDay}, {3, kDay}, {4, kDay}});
  submit(sheet);
  const Date tuesday = day_of(0, kTuesday);
  act(manager_of(sheet), RefuseHours{sheet.at->id, sheet.period, {}, {}, Box::plain("Tuesday was 8 hours, not 10")});
  change(sheet, entries[kTuesday], tuesday, kDay);
  books_.entered_minutes -= 600 - kDay;
  submit(sheet);
  approve(manager_of(sheet), sheet, kWeek);
  tell_("Mon 19 Oct  Carla refused Sanne's week: Tuesday was 8 hours, not 10. Sanne corrected it, Carla approved.");
}

void Story::three_of_five_days() {
  const Sheet sheet = week_of("Bram", 0);
  enter(sheet, 0, {{0, kDay}, {1, kDay}, {2, kDay}, {3, kDay}, {4, kDay}});
  submit(sheet);
  approve(manager_of(sheet), sheet, 3 * kDay, {day_of(0, 0), day_of(0, 1), day_of(0, 2)});
  tell_("Mon 19 Oct  Of Bram's five days Carla approved three; Thursday and Friday wait.");
}

void Story::entries_that_moved() {
  const Sheet sheet = week_of("Fatima", 0);
  const auto entries = enter(sheet, 0, {{0, kDay}, {1, kDay}, {2, kDay}, {3, kDay}, {4, kDay}});
  submit(sheet);
  client::Desk& bas = manager_of(sheet);
  const SeenSheet looked_at(bas.connection(), sheet.id, sheet.period);
  act(*sheet.worker->person.desk, WithdrawSheet{sheet.at->id, sheet.period});
  change(sheet, entries[kThursday], day_of(0, kThursday), 420);
  books_.entered_minutes -= kDay - 420;
  submit(sheet);
  refused(bas, ApproveHours{sheet.at->id, sheet.period, {}, looked_at.hash({}), {}}, RejectionCode::entries_moved);
  approve(bas, sheet, kWeek - 60);
  tell_("Mon 19 Oct  While Bas looked, Fatima changed Thursday: his approval was refused, until he looked again.");
}

void Story::an_empty_week() {
  agency_.set_clock(day_of(1, 4), 17, 0);
  const Sheet sheet = week_of("Joost", 1);
  act(*sheet.worker->person.desk, SubmitEmpty{sheet.at->id, sheet.period});
  tell_("Fri 23 Oct  Joost was on holiday and submitted an empty week.");
}

void Story::two_placements_in_one_week() {
  Worker& yara = agency_.worker("Yara");
  agency_.place({&yara}, agency_.clients().at(1), day_of(1, 0));
  const Sheet kade = week_of("Yara", 1, 0), linde = week_of("Yara", 1, 1);
  Worked early = plain(day_of(1, 3), 0);
  early.start_local = 7 * 60;
  early.end_local = 15 * 60;
  Worked noon = early;
  noon.start_local = 12 * 60;
  noon.end_local = 20 * 60;
  enter(kade, 1, {{0, kDay}, {1, kDay}, {2, kDay}});
  act(*yara.person.desk, entry_of(linde, early));
  books_.entered_minutes += kDay;
  refused(*yara.person.desk, entry_of(kade, noon), RejectionCode::hours_overlap);
  enter(linde, 1, {{4, kDay}});
  submit(kade);
  submit(linde);
  approve(manager_of(kade), kade, 3 * kDay);
  approve(manager_of(linde), linde, 2 * kDay);
  tell_("Fri 23 Oct  Yara worked at Kade and De Linde: two sheets, and no hour of hers may stand on both.");
}

/// Clocks go back at 3 on Sunday: 2 o'clock comes twice, and from 1 to 4 are four hours.
void Story::the_day_of_25_hours() {
  constexpr std::int16_t kSummer = 120;  // minutes east of UTC
  agency_.set_clock(day_of(1, kSunday), 4, 30);
  const Sheet sheet = week_of("Pieter", 1);
  client::Desk& pieter = *sheet.worker->person.desk;
  const auto night = [&](int start, int end, std::optional<std::int16_t> offset) {
    Worked worked = plain(day_of(1, kSunday), 0);
    worked.start_local = static_cast<std::int16_t>(start);
    worked.end_local = static_cast<std::int16_t>(end);
    worked.end_offset = offset;
    RecordEntry entry = entry_of(sheet, worked);
    entry.hour_type = HourType::irregular;
    return entry;
  };
  refused(pieter, night(60, 150, std::nullopt), RejectionCode::ambiguous_time);
  act(pieter, night(60, 150, kSummer));  // 01:00 to the first 02:30
  RecordEntry rest = night(150, 240, std::nullopt);
  rest.worked.start_offset = kSummer;
  act(pieter, rest);
  books_.entered_minutes += 240;
  enter(sheet, 1, {{0, kDay}, {1, kDay}, {2, kDay}, {3, kDay}});
  submit(sheet);
  approve(manager_of(sheet), sheet, 4 * kDay + 240);
  tell_("Sun 25 Oct  Pieter's night from 01:00 to 04:00 is four hours: 02:30 came twice, and he said which he meant.");
}

void Story::a_second_week() {
  work_a_week(1);
  const Sheet daan = week_of("Daan", 1);
  enter(daan, 1, {{0, kDay}, {1, kDay}, {2, kDay}, {3, kDay}, {4, kDay}});
  submit(daan);
  agency_.set_clock(day_of(2, 0), 9, 0);
  approve_a_week(1);
  approve(manager_of(daan), daan, kWeek);
}

void Story::a_third_week() {
  agency_.set_clock(day_of(3, 1), 9, 0);
  approve_a_week(2, "Sanne ");
  tell_("Tue  3 Nov  The clients approved the third week.");
}

void Story::own_hours_through_a_second_account() {
  const Sheet sheet = week_of("Mees", 1);
  const PersonId mees = sheet.worker->person.id;
  const ClientId hotel = sheet.at->client->id;
  agency_.office().act({GrantRole{mees, Role::client_contact, PartyId(hotel.value), {}, {}},
                        AddContact{hotel, mees, ContactKind::approver},
                        AppointApprover{sheet.at->id, {}, mees, {}, {}}});
  const auto second = agency_.office().sign_in(mees, "mees.at.the.hotel@demo.example");
  enter(sheet, 1, {{0, kDay}, {1, kDay}, {2, kDay}, {3, kDay}, {4, kDay}});
  submit(sheet);
  const SeenSheet seen(second->connection(), sheet.id, sheet.period);
  refused(*second, ApproveHours{sheet.at->id, sheet.period, {}, seen.hash({}), {}}, RejectionCode::own_hours);
  approve(manager_of(sheet), sheet, kWeek);
  tell_("Mon 26 Oct  Mees tried to approve his own hours through a second account; it is about the person: refused.");
}

void Story::an_approval_taken_back() {
  agency_.set_clock(day_of(2, kTuesday), 10, 0);
  const Sheet sheet = week_of("Daan", 1);
  client::Desk& bas = manager_of(sheet);
  act(bas, TakeApprovalBack{sheet.at->id, sheet.period, {}, {}, Box::plain("Friday was not worked")});
  books_.approved_minutes -= kWeek;
  approve(bas, sheet, kWeek - kDay, {day_of(1, 0), day_of(1, 1), day_of(1, 2), day_of(1, 3)});
  act(bas, RefuseHours{sheet.at->id, sheet.period, {}, {day_of(1, 4)}, Box::plain("not worked")});
  tell_("Tue 27 Oct  Bas took an approval back: Daan had not worked on Friday. Four days stand.");
}

void Story::a_late_approval() {
  const Sheet sheet = week_of("Noor", 0);
  agency_.set_clock(day_of(2, 4), 11, 0);
  approve(manager_of(sheet), sheet, kWeek);
  const auto late = last_approval(manager_of(sheet).connection(), sheet.id).days_late;
  expect(late == 11, fmt::format("Noor's approval is {} days late, not 11", late));
  tell_(fmt::format("Fri 30 Oct  Noor's week 42 was due on 19 October and is approved now, {} days late.", late));
}

void Story::a_substitute() {
  agency_.set_clock(day_of(2, 4), 17, 0);
  work_a_week(2);
  ClientCompany& kade = agency_.clients().front();
  const Sheet sheet = week_of("Sanne", 2);
  const SeenSheet seen(kade.deputy.desk->connection(), sheet.id, sheet.period);
  refused(*kade.deputy.desk, ApproveHours{sheet.at->id, sheet.period, {}, seen.hash({}), {}},
          RejectionCode::not_an_approver);
  act(*kade.manager.desk,
      NameSubstitute{sheet.at->id, {}, kade.manager.id, kade.deputy.id, day_of(2, 4), day_of(3, 4)});
  approve(*kade.deputy.desk, sheet, kWeek);
  const Right right = last_approval(kade.deputy.desk->connection(), sheet.id).right;
  expect(right == Right::substitution, "Koen approved, but not as a substitute");
  tell_("Fri 30 Oct  Koen may not approve Sanne's week, until Carla, who leaves, names him her substitute for a week.");
}

void Story::monthly_sheets() {
  agency_.set_clock(day_of(3, 0), 8, 30);
  unsigned sheets = 0;
  for (Worker& worker : agency_.workers()) {
    if (worker.part->hours_by != PeriodKind::month) continue;
    const Sheet sheet = sheet_of(worker, 0, PeriodKind::month, kFirstMonday);
    submit(sheet);
    approve(manager_of(sheet), sheet, 3 * kWeek);
    ++sheets;
  }
  tell_(fmt::format("Mon  2 Nov  October is over: {} monthly sheets are submitted and approved.", sheets));
}

void Story::hours_accepted_for_pay() {
  const Sheet sheet = week_of("Ilse", 2);
  enter(sheet, 2, {{0, kDay}, {1, kDay}, {2, kDay}, {3, kDay}, {4, kDay}});
  submit(sheet);
  agency_.set_clock(day_of(3, 0), 8, 55);
  const SeenSheet seen(agency_.office().desk().connection(), sheet.id, sheet.period);
  const AcceptForPay accept{sheet.at->id, sheet.period, {}, {}, seen.hash({}), Box::plain("the hotel is closed")};
  refused(agency_.office().desk(), accept, RejectionCode::needs_second_person);
  agency_.office().act_by_two({accept});
  books_.paid_unapproved_minutes += kWeek;
  tell_("Mon  2 Nov  Ilse's hotel does not answer: Ada and Bo, together, accept her hours for pay. Not as approved.");
}

Story::Sheet Story::week_of(const std::string& name, int week, std::size_t placement) {
  return sheet_of(agency_.worker(name), placement, PeriodKind::week, day_of(week, 0));
}

Story::Sheet Story::sheet_of(Worker& worker, std::size_t placement, PeriodKind kind, Date day) {
  const PlacementAt& at = worker.placements.at(placement);
  const Period period{kind, kind == PeriodKind::month ? day.first_of_month() : day.monday_of_week()};
  return {&worker, &at, period, domain::sheet_of(agency_.ledger(), at.id, period)};
}

RecordEntry Story::entry_of(const Sheet& sheet, const Worked& worked) {
  RecordEntry entry;
  entry.entry = agency_.office().fresh<EntryId>();
  entry.placement = sheet.at->id;
  entry.period = sheet.period;
  entry.hour_type = HourType::normal;
  entry.worked = worked;
  return entry;
}

std::vector<EntryId> Story::enter(const Sheet& sheet, int week, const std::vector<Hours>& hours) {
  std::vector<EntryId> ids;
  std::vector<Command> commands;
  for (const auto& [weekday, minutes] : hours) {
    RecordEntry entry = entry_of(sheet, plain(day_of(week, weekday), minutes));
    ids.push_back(entry.entry);
    commands.push_back(std::move(entry));
    books_.entered_minutes += static_cast<std::uint64_t>(minutes);
  }
  sheet.worker->person.desk->act(commands, agency_.random());
  return ids;
}

void Story::change(const Sheet& sheet, EntryId entry, Date day, int minutes) {
  act(*sheet.worker->person.desk,
      ChangeEntry{entry, sheet.at->id, {}, sheet.period, HourType::normal, plain(day, minutes), {}, {}, {}, {}, {}});
}

void Story::submit(const Sheet& sheet) { act(*sheet.worker->person.desk, SubmitSheet{sheet.at->id, sheet.period}); }

void Story::approve(client::Desk& approver, const Sheet& sheet, std::uint64_t minutes, const std::vector<Date>& days) {
  const SeenSheet seen(approver.connection(), sheet.id, sheet.period);
  expect(seen.minutes(days) == minutes,
         fmt::format("{} has {} minutes, not {}", sheet.worker->person.name, seen.minutes(days), minutes));
  act(approver, ApproveHours{sheet.at->id, sheet.period, days, seen.hash(days), {}});
  books_.approved_minutes += minutes;
  ++books_.approvals;
}

void Story::work_a_week(int week) {
  for (Worker& worker : agency_.workers()) {
    if (contains(kOwnStep[week], worker.person.name)) continue;
    const Sheet sheet = sheet_of(worker, 0, worker.part->hours_by, day_of(week, 0));
    enter(sheet, week, {{0, kDay}, {1, kDay}, {2, kDay}, {3, kDay}, {4, kDay}});
    if (worker.part->hours_by == PeriodKind::week) submit(sheet);
  }
}

void Story::approve_a_week(int week, const std::string& but) {
  for (Worker& worker : agency_.workers()) {
    if (contains(kOwnStep[week], worker.person.name) || worker.part->hours_by != PeriodKind::week) continue;
    if (!but.empty() && worker.person.name.starts_with(but)) continue;
    const Sheet sheet = sheet_of(worker, 0, PeriodKind::week, day_of(week, 0));
    approve(manager_of(sheet), sheet, kWeek);
  }
}

void Story::refused(client::Desk& desk, const Command& command, RejectionCode code) {
  const auto answer = desk.ask({command}, agency_.random()).front();
  expect(!answer, "what must be refused was accepted");
  expect(answer.error().code == code, "refused for another reason: " + answer.error().message);
}

}  // namespace placet::demo
