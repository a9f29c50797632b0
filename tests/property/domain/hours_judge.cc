#include "tests/property/domain/hours_judge.h"

#include <algorithm>

#include "tests/property/domain/judging.h"

namespace placet::domain::testing {

namespace {

bool intersect(const Worked& a, const Worked& b) {
  return a.start_at && b.start_at && *a.start_at < *b.end_at && *b.start_at < *a.end_at;
}

}  // namespace

HoursJudge::HoursJudge(const History& history) : log_(history.log()) {
  auto attempt = history.attempts().begin();
  for (const Story::Recorded& record : log_) {
    for (; attempt != history.attempts().end() && attempt->before.value <= record.meta.position.value; ++attempt)
      see_refused(*attempt);
    see(record);
  }
  for (; attempt != history.attempts().end(); ++attempt) see_refused(*attempt);
}

void HoursJudge::expect(bool kept, const char* promise, const Story::Recorded& record) {
  expect(kept, promise, record.meta.position, kEventNames[record.event.index()]);
}

void HoursJudge::expect(bool kept, const char* promise, LogPosition at, std::string_view what) {
  ++tried_[promise];
  if (!kept && broken_[promise].empty())
    broken_[promise] = "position " + std::to_string(at.value) + ", " + std::string(what);
}

PersonId HoursJudge::person_of(PlacementId placement) const {
  const auto found = jobs_.find(placement);
  return found == jobs_.end() ? PersonId() : found->second.person;
}

bool HoursJudge::same(PersonId a, PersonId b) const {
  const auto found = joined_.find(a);
  return a == b || (found != joined_.end() && found->second.contains(b));
}

bool HoursJudge::told(const Story::Recorded& cause, NoticeKind kind, PersonId to) const {
  const std::uint64_t end = cause.meta.position.value + cause.meta.count - cause.meta.index;
  for (std::uint64_t at = cause.meta.position.value; at < end; ++at) {
    const auto* notice = std::get_if<NoticeQueued>(&log_[at].event);
    if (notice != nullptr && notice->kind == kind && notice->to == to) return true;
  }
  return false;
}

void HoursJudge::see(const Story::Recorded& record) {
  const auto category = static_cast<Category>(record.meta.stream.category);
  if (category == Category::timesheet) see_sheet(record, sheets_[record.meta.stream]);
  if (category == Category::placement) see_job(record, jobs_[PlacementId(record.meta.stream.id)]);
  if (const auto* join = std::get_if<PersonsJoined>(&record.event))
    joined_[PersonId(record.meta.stream.id)] = {join->persons.begin(), join->persons.end()};
}

void HoursJudge::see_job(const Story::Recorded& record, Job& job) {
  std::visit(Cases{[&](const PlacementProposed& event) { job.person = event.person; },
                   [&](const ApproverAppointed& event) {
                     job.approvers.push_back({event.person, {}, event.from, event.until});
                   },
                   [&](const ApproverEnded& event) {
                     for (Named& named : job.approvers) {
                       if (named.person == event.person && named.in_force(event.last_day.plus_days(1)))
                         named.until = event.last_day;
                     }
                   },
                   [&](const SubstituteNamed& event) {
                     job.substitutes.push_back({event.substitute, event.approver, event.from, event.until});
                   },
                   Others{}},
             record.event);
}

void HoursJudge::move(Sheet& sheet, const std::vector<Date>& days, std::set<Stage> from, Stage to) {
  for (auto& [id, line] : sheet.lines) {
    if (!holds(days, line.worked.day) || !from.contains(line.stage)) continue;
    line.was_accepted = line.stage == Stage::accepted || (line.was_accepted && to == Stage::submitted);
    line.stage = to == Stage::submitted && line.was_accepted ? Stage::accepted : to;
  }
}

template <class IsHis>
HoursJudge::Met HoursJudge::met(const Worked& worked, const Seen* own, IsHis is_his) const {
  Met met;
  for (const auto& [stream, sheet] : sheets_) {
    if (!is_his(person_of(sheet.placement))) continue;
    for (const auto& [id, line] : sheet.lines) {
      if (&line == own) continue;
      if (line.worked.day == worked.day) met.minutes_of_day += line.worked.minutes.count();
      met.overlap = met.overlap || intersect(line.worked, worked);
    }
  }
  return met;
}

void HoursJudge::entered(const Story::Recorded& record, const Sheet& sheet, const Seen& line) {
  const PersonId worker = person_of(sheet.placement);
  const Met all = met(line.worked, &line, [&](PersonId person) { return same(person, worker); });
  const Met alone = met(line.worked, &line, [&](PersonId person) { return person == worker; });
  const bool elsewhere = std::any_of(sheets_.begin(), sheets_.end(), [&](const auto& other) {
    const auto& lines = other.second.lines;
    return other.second.placement == sheet.placement && &other.second != &sheet &&
           std::any_of(lines.begin(), lines.end(),
                       [&](const auto& one) { return one.second.worked.day == line.worked.day; });
  });
  taken_beside_joined_ += all.minutes_of_day > alone.minutes_of_day ? 1 : 0;
  expect(all.minutes_of_day + line.worked.minutes.count() <= line.worked.day_minutes.count(), "DayLengthRespected",
         record);
  expect(!all.overlap, "NoOverlapPerPerson", record);
  expect(!elsewhere, "DayOnOneSheet", record);
}

void HoursJudge::see_refused(const Attempt& attempt) {
  if (!attempt.refused) return;
  if (const auto* approve = std::get_if<ApproveHours>(&attempt.command)) refused_approval(*approve, attempt);
  const RejectionCode code = attempt.refused->code;
  if (code != RejectionCode::hours_overlap && code != RejectionCode::hours_over_day) return;
  if (const auto* record = std::get_if<RecordEntry>(&attempt.command)) refused(*record, attempt);
  if (const auto* change = std::get_if<ChangeEntry>(&attempt.command)) refused(*change, attempt);
}

template <class C>
void HoursJudge::refused(const C& command, const Attempt& attempt) {
  const Seen* own = nullptr;
  if constexpr (std::is_same_v<C, ChangeEntry>)
    own = &sheets_.at(stream_of(sheet_of(kLedger, command.placement, command.period))).lines.at(command.entry);
  const PersonId worker = person_of(command.placement);
  const Met all = met(command.worked, own, [&](PersonId person) { return same(person, worker); });
  const Met alone = met(command.worked, own, [&](PersonId person) { return person == worker; });
  const bool overlap = attempt.refused->code == RejectionCode::hours_overlap;
  expect(overlap ? all.overlap : !all.fits(command.worked), "RefusedForHoursThatAreThere",
         LogPosition{attempt.before.value}, CommandTraits<C>::kName);
  refused_for_joined_ += alone.fits(command.worked) ? 1 : 0;
}

/// A lender is refused as he would be himself, and his delegate with him.
void HoursJudge::refused_approval(const ApproveHours& command, const Attempt& attempt) {
  const PersonId actor = attempt.actor.person, lender = command.lender;
  std::set<PersonId> whose;
  if (attempt.refused->code == RejectionCode::own_hours) {
    whose.insert(person_of(command.placement));
  } else if (attempt.refused->code == RejectionCode::entered_by_you) {
    const Sheet& sheet = sheets_.at(stream_of(sheet_of(kLedger, command.placement, command.period)));
    for (const auto& [id, line] : sheet.lines) {
      if (line.stage != Stage::submitted && line.stage != Stage::accepted) continue;
      if (command.days.empty() || holds(command.days, line.worked.day))
        whose.insert(line.enterers.begin(), line.enterers.end());
    }
  } else {
    return;
  }
  const auto is_one = [&](PersonId person) {
    return std::any_of(whose.begin(), whose.end(), [&](PersonId his) { return same(person, his); });
  };
  expect(is_one(actor) || is_one(lender), "RefusedForHoursOfHisOwn", LogPosition{attempt.before.value}, "approveHours");
  refused_for_joined_lender_ += !is_one(actor) && !whose.contains(lender) ? 1 : 0;
}

void HoursJudge::approved(const Story::Recorded& record, const DaysApproved& event, Sheet& sheet) {
  const Actor& actor = record.meta.actor;
  const Job& job = jobs_[sheet.placement];
  const Date day = record.meta.effective_on;
  std::vector<const Line*> lines;
  std::set<Date> days;
  std::int64_t minutes = 0;
  const bool lent = event.right == Right::delegation;
  bool entered_by_him = false;
  for (const auto& [id, line] : sheet.lines) {
    if (!holds(event.days, line.worked.day)) continue;
    if (line.stage != Stage::submitted && line.stage != Stage::accepted) continue;
    lines.push_back(&line);
    days.insert(line.worked.day);
    minutes += line.worked.minutes.count();
    for (const PersonId enterer : line.enterers) {
      entered_by_him = entered_by_him || same(actor.person, enterer) || (lent && same(event.holder, enterer));
    }
  }
  const SheetId id(record.meta.stream.id);
  expect(event.content_hash == content_hash(id, sheet.period, lines), "ApprovalBoundToContent", record);
  expect(days == std::set<Date>(event.days.begin(), event.days.end()), "ApprovalBoundToContent", record);
  expect(minutes == event.minutes.count(), "ApprovedMinutesEqualEntries", record);
  expect(!same(actor.person, job.person), "NobodyApprovesOwnHours", record);
  expect(!lent || !same(event.holder, job.person), "NobodyApprovesOwnHours", record);
  expect(!entered_by_him, "NobodyApprovesHoursHeEntered", record);
  expect(actor.strength == Strength::token || actor.strength == Strength::delegated, "MachineNeverApproves", record);
  const bool appointed = std::any_of(job.approvers.begin(), job.approvers.end(), [&](const Named& named) {
    return named.person == event.holder && named.in_force(day);
  });
  const bool substitute = std::any_of(job.substitutes.begin(), job.substitutes.end(), [&](const Named& named) {
    return named.for_whom == event.holder && same(actor.person, named.person) && named.in_force(day);
  });
  const bool right = event.right == Right::appointment    ? same(actor.person, event.holder)
                     : event.right == Right::substitution ? substitute
                                                          : event.right == Right::delegation;
  expect(appointed && right, "NobodyApprovesWithoutRight", record);
  expect(told(record, NoticeKind::hours_approved, job.person), "NoticeWithItsCause", record);
}

void HoursJudge::see_sheet(const Story::Recorded& record, Sheet& sheet) {
  const PersonId person = record.meta.actor.person;
  const PersonId worker = jobs_[sheet.placement].person;
  std::visit(
      Cases{[&](const EntryRecorded& event) {
              sheet.placement = event.placement;
              sheet.period = event.period;
              Seen& line = sheet.lines[event.entry];
              static_cast<Line&>(line) = {event.entry, event.hour_type, event.worked, digest_of_note(event.note)};
              line.enterers.insert(person);
              entered(record, sheet, line);
            },
            [&](const EntryChanged& event) {
              Seen& line = sheet.lines.at(event.entry);
              expect(line.stage == Stage::open, "FrozenOnceApproved", record);
              static_cast<Line&>(line) = {event.entry, event.hour_type, event.worked, digest_of_note(event.note)};
              line.enterers.insert(person);
              entered(record, sheet, line);
            },
            [&](const EntryRemoved& event) {
              expect(sheet.lines.at(event.entry).stage == Stage::open, "FrozenOnceApproved", record);
              sheet.lines.erase(event.entry);
            },
            [&](const SheetSubmittedEmpty& event) {
              expect(sheet.lines.empty(), "EmptyHasNoHours", record);
              sheet.placement = event.placement;
              sheet.period = event.period;
            },
            [&](const SheetSubmitted& event) { move(sheet, event.days, {Stage::open}, Stage::submitted); },
            [&](const DaysApproved& event) {
              approved(record, event, sheet);
              move(sheet, event.days, {Stage::submitted, Stage::accepted}, Stage::approved);
            },
            [&](const DaysAcceptedForPay& event) {
              move(sheet, event.days, {Stage::submitted}, Stage::accepted);
              expect(told(record, NoticeKind::hours_accepted_for_pay, worker), "NoticeWithItsCause", record);
            },
            [&](const DaysRefused& event) {
              move(sheet, event.days, {Stage::submitted}, Stage::open);
              expect(told(record, NoticeKind::hours_refused, worker), "NoticeWithItsCause", record);
            },
            [&](const SheetWithdrawn& event) { move(sheet, event.days, {Stage::submitted}, Stage::open); },
            [&](const SheetReopened& event) {
              move(sheet, event.days, {Stage::submitted}, Stage::open);
              expect(told(record, NoticeKind::hours_reopened, worker), "NoticeWithItsCause", record);
            },
            [&](const ApprovalTakenBack& event) {
              move(sheet, event.days, {Stage::approved}, Stage::submitted);
              expect(told(record, NoticeKind::approval_taken_back, worker), "NoticeWithItsCause", record);
            },
            [&](const HoursReversed& event) {
              for (auto& [id, line] : sheet.lines) {
                if (!holds(event.days, line.worked.day) || line.stage == Stage::open) continue;
                line.was_accepted = false;
                line.stage = Stage::submitted;
              }
              expect(told(record, NoticeKind::hours_reversed, worker), "NoticeWithItsCause", record);
            },
            Others{}},
      record.event);
}

}  // namespace placet::domain::testing
