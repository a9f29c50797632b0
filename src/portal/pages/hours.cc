#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include "documents/links.h"
#include "domain/streams.h"
#include "portal/assets.h"
#include "portal/pages/entries.h"
#include "portal/pages/pages.h"
#include "portal/pages/typed.h"

namespace placet::portal::pages {

namespace {

using readside::EntryPhase;
using readside::PeriodAt;
using readside::SheetStatus;

bool is_at_work(const readside::Placement& placement, Date first, Date last) {
  return placement.started && *placement.started <= last && (!placement.until || first <= *placement.until);
}

/// The placements in which the visitor is the worker.
Result<std::vector<readside::Placement>> own_placements(const Visit& visit, const Reading& reading) {
  PLACET_ASSIGN(auto placements, reading.all(&readside::Queries::placements, readside::PartyFilter{}));
  std::erase_if(placements, [&](const readside::Placement& placement) {
    return std::ranges::none_of(visit.who().caller.grants, [&](const domain::Grant& grant) {
      return grant.role == domain::Role::worker && grant.scope.value == placement.parties.worker.value;
    });
  });
  return placements;
}

domain::PeriodKind kind_on(const readside::Placement& placement, Date day) {
  domain::PeriodKind kind = placement.period_kind;
  for (const readside::PeriodKindFrom& span : placement.period_kinds)
    if (span.from <= day) kind = span.kind;
  return kind;
}

/// One sheet of the visitor's, as its page shows it.
struct OwnSheet {
  readside::Placement placement;
  PeriodAt at;
  SheetId id;
  std::optional<readside::Sheet> row;  // nothing: nothing was entered yet
  std::vector<readside::Entry> entries;

  SheetStatus status() const { return row ? row->status : SheetStatus::open; }
};

bool may_change(const readside::Entry& entry) {
  return entry.phase == EntryPhase::open || entry.phase == EntryPhase::refused;
}

Result<OwnSheet> load(const Visit& visit, const Reading& reading) {
  const auto nothing = [] { return fail(ErrorCode::not_found, "no such sheet"); };
  const auto id = Uuid::parse(visit.ids[0]);
  const auto kind = documents::period_kind_of(visit.ids[1]);
  const auto first = Date::parse(visit.ids[2]);
  if (!id || !kind || !first) return nothing();
  OwnSheet sheet;
  PLACET_ASSIGN(auto placements, own_placements(visit, reading));
  const auto found =
      std::ranges::find(placements, PlacementId(*id), [](const auto& one) { return one.parties.placement; });
  if (found == placements.end()) return nothing();
  sheet.placement = std::move(*found);
  PLACET_ASSIGN(const auto at, reading.period_holding(*kind, *first));
  if (!at || at->first() != *first) return nothing();
  sheet.at = *at;
  sheet.id = domain::sheet_of(visit.desk.services().ledger, PlacementId(*id), at->period);
  auto queries = reading.ask();
  auto rows = queries.timesheets({.placement = PlacementId(*id), .from = at->first(), .until = at->first()});
  if (!rows) return std::unexpected(std::move(rows).error());
  for (readside::Sheet& row : rows->rows)
    if (row.sheet == sheet.id) sheet.row = std::move(row);
  if (sheet.row) {
    PLACET_ASSIGN(sheet.entries, reading.all(&readside::Queries::entries, sheet.id));
  }
  return sheet;
}

std::string approver_names(const readside::Placement& placement) {
  std::string names;
  for (const readside::Approver& approver : placement.approvers) names += (names.empty() ? "" : ", ") + approver.name;
  return names;
}

/// The sentence on top: who has it, since when, by when, and what follows.
Result<std::string> truth(const Visit& visit, const Reading& reading, const OwnSheet& sheet) {
  const Language& language = visit.language;
  const auto day_or = [&](std::optional<Date> day) { return day ? language.day(*day) : std::string(); };
  const auto& calendar = sheet.at.calendar;
  const std::string approver = approver_names(sheet.placement);
  const auto say = [&](std::string_view name, const std::string& who, const std::string& when) {
    return language.say(fmt::format("{}{}", name, calendar ? "" : "_no_calendar"), fmt::arg("approver", who),
                        fmt::arg("since", when),
                        fmt::arg("submit_by", day_or(calendar ? std::optional(calendar->submit_by) : std::nullopt)),
                        fmt::arg("approve_by", day_or(calendar ? std::optional(calendar->approve_by) : std::nullopt)),
                        fmt::arg("pay_day", day_or(calendar ? std::optional(calendar->pay_day) : std::nullopt)));
  };
  const auto moment = [&](std::optional<Timestamp> at) {
    return at ? language.moment(*at, visit.desk.services().zone) : std::string();
  };
  switch (sheet.status()) {
    case SheetStatus::submitted: return say("truth.submitted", approver, moment(sheet.row->submitted_at));
    case SheetStatus::partly_approved: return say("truth.partly", approver, moment(sheet.row->approved_at));
    case SheetStatus::empty: return say("truth.empty", approver, moment(sheet.row->submitted_at));
    case SheetStatus::settled_for_pay: return say("truth.accepted", approver, {});
    case SheetStatus::refused: {
      auto queries = reading.ask();
      PLACET_ASSIGN(const auto open, queries.open({.placement = sheet.placement.parties.placement, .sheet = sheet.id}));
      for (const readside::OpenItem& item : open.rows)
        if (item.kind == readside::OpenKind::to_correct && !item.reason.empty())
          return language.say("truth.refused", fmt::arg("reason", item.reason), fmt::arg("since", moment(item.since)));
      return say("truth.open", approver, {});
    }
    case SheetStatus::approved: {
      auto queries = reading.ask();
      PLACET_ASSIGN(const auto approvals,
                    queries.approvals({.placement = sheet.placement.parties.placement, .sheet = sheet.id}));
      const std::string by = approvals.rows.empty() ? approver : approvals.rows.back().approver_name;
      return say("truth.approved", by, moment(sheet.row->approved_at));
    }
    default: return say("truth.open", approver, {});
  }
}

void show_types(Page::Part& line, const Visit& visit, domain::HourType chosen) {
  for (std::uint16_t type = 1; type < domain::kHourTypeCount; ++type) {
    Page::Part option = line.add("TYPE");
    option.set("VALUE", type).set("NAME", name_of_type(visit, static_cast<domain::HourType>(type)));
    option.show_if(static_cast<domain::HourType>(type) == chosen, "CHOSEN");
  }
}

void show_fields(Page::Part& day, const Visit& visit, const TypedLine& line, std::size_t& number) {
  Page::Part fields = day.add("FIELDS");
  fields.set("N", static_cast<std::int64_t>(number++))
      .set("ISO", line.day.to_string())
      .set("ENTRY", line.entry.is_nil() ? std::string() : line.entry.value.to_string())
      .set("START", line.start)
      .set("END", line.end)
      .set("PAUSE", line.pause)
      .set("HOURS", line.hours)
      .set("NOTE", line.note);
  show_types(fields, visit, line.type);
  fields.show_if(line.type != domain::HourType::normal || !line.note.empty(), "OPEN");
  if (!line.fault.empty()) fields.add("LINE_FAULT").set("TEXT", line.fault);
}

/// The page of a sheet; `typed_lines` instead of what is stored, where somebody typed what is not stored.
Result<Framed> sheet_page(const Visit& visit, const Reading& reading, const OwnSheet& sheet,
                          const std::vector<TypedLine>* typed_lines) {
  Framed page(visit, "week");
  PLACET_ASSIGN(const std::string sentence, truth(visit, reading, sheet));
  Page::Part& part = page.part();
  const SheetStatus status = sheet.status();
  const bool sent = status == SheetStatus::submitted || status == SheetStatus::empty;
  const bool open = !sent && status != SheetStatus::approved && status != SheetStatus::settled_for_pay;
  part.set("HEADING", visit.language.period(sheet.at.period, sheet.at.last))
      .set("WORKER", sheet.placement.parties.worker_name)
      .set("CLIENT", sheet.placement.parties.client_name)
      .set("TRUTH", sentence)
      .set("HOURS_SCRIPT", asset_url("hours.js"))
      .set("PATH", documents::hours_path(sheet.placement.parties.placement, sheet.at.period));
  show_status(part, visit, status);
  for (const auto& [name, day] :
       {std::pair("BEFORE", sheet.at.first().plus_days(-1)), std::pair("AFTER", sheet.at.last.plus_days(1))}) {
    if (!is_at_work(sheet.placement, day, day)) continue;
    PLACET_ASSIGN(const auto other, reading.period_holding(kind_on(sheet.placement, day), day));
    if (other) part.add(name).set("PATH", documents::hours_path(sheet.placement.parties.placement, other->period));
  }

  std::size_t number = 0;
  std::int64_t total = 0;
  for (Date day = sheet.at.first(); day <= sheet.at.last; day = day.plus_days(1)) {
    if (!is_at_work(sheet.placement, day, day)) continue;
    Page::Part of_day = part.add("DAY");
    of_day.set("NAME", visit.language.day(day)).set("ISO", day.to_string());
    of_day.show_if(day.weekday() >= Weekday::saturday, "WEEKEND").show_if(day == reading.today(), "TODAY");
    std::int64_t minutes = 0, fixed = 0;
    bool lines = false;
    for (const readside::Entry& entry : sheet.entries) {
      if (entry.day != day) continue;
      minutes += entry.minutes.count();
      if (!may_change(entry)) {
        fixed += entry.minutes.count();
        show_line(of_day, visit, entry, sheet.entries);
        lines = true;
      } else if (typed_lines == nullptr) {
        show_fields(of_day, visit, typed(entry), number);
        lines = true;
      }
    }
    if (typed_lines != nullptr)
      for (const TypedLine& line : *typed_lines) {
        if (line.day != day) continue;
        show_fields(of_day, visit, line, number);
        lines = true;
      }
    if (!lines && open) {
      TypedLine blank;
      blank.day = day;
      show_fields(of_day, visit, blank, number);
    }
    of_day.set("FIXED", fixed);
    if (minutes > 0) of_day.set("DAY_HOURS", Language::hours(Minutes::of(minutes)));
    total += minutes;
  }
  part.set("TOTAL", Language::hours(Minutes::of(total)));
  part.show_if(open, "EDITABLE").show_if(sent, "SENT");
  part.show_if(open && sheet.entries.empty(), "NOTHING_YET");
  return page;
}

/// For the page's script, which saves while he types: what became of each line, in the order of the form.
Response lines_as_json(const std::vector<TypedLine>& lines, const std::optional<std::string>& fault) {
  nlohmann::json answer = {{"fault", fault.value_or("")}, {"lines", nlohmann::json::array()}};
  for (const TypedLine& line : lines)
    answer["lines"].push_back(
        {{"entry", line.entry.is_nil() ? std::string() : line.entry.value.to_string()}, {"fault", line.fault}});
  return {200, {{"content-type", "application/json"}}, answer.dump()};
}

/// What has to be sent so that what is stored becomes what was typed.
struct Changes {
  std::vector<Desk::Draft> drafts;
  std::vector<TypedLine*> lines;  // of each draft the line that it comes from
};

/// Lines that cannot be understood get their fault.
Changes changes(const Visit& visit, const OwnSheet& sheet, std::vector<TypedLine>& lines) {
  Changes found;
  const PlacementId placement = sheet.placement.parties.placement;
  for (TypedLine& line : lines) {
    const CommandId id = command_id(visit, found.drafts.size());
    const auto add = [&](domain::Command command) {
      found.drafts.push_back({id, std::move(command)});
      found.lines.push_back(&line);
    };
    const auto stored = std::ranges::find(sheet.entries, line.entry, &readside::Entry::entry);
    const bool known = !line.entry.is_nil() && stored != sheet.entries.end();
    if (line.empty()) {
      if (known) add(domain::RemoveEntry{line.entry, placement, sheet.at.period});
      continue;
    }
    if (known && typed(*stored) == line) continue;
    const auto hours = worked(line);
    if (!hours) {
      line.fault = visit.text(hours.error());
      continue;
    }
    const auto send = [&](auto command, EntryId entry) {
      command.entry = entry;
      command.placement = placement;
      command.period = sheet.at.period;
      command.hour_type = line.type;
      command.worked = *hours;
      command.note = line.note.empty() ? Box() : Box::plain(line.note);
      add(std::move(command));
    };
    if (known)
      send(domain::ChangeEntry(), line.entry);
    else
      send(domain::RecordEntry(), EntryId(id.value));
  }
  return found;
}

/// The hours of the period before, on the same weekdays of this one, where nothing stands yet.
Result<std::vector<TypedLine>> as_last_time(const Visit& visit, const Reading& reading, const OwnSheet& sheet) {
  std::vector<TypedLine> lines;
  const Date day_before = sheet.at.first().plus_days(-1);
  PLACET_ASSIGN(const auto before, reading.period_holding(kind_on(sheet.placement, day_before), day_before));
  if (!before || before->period.kind != domain::PeriodKind::week) return lines;
  const SheetId id = domain::sheet_of(visit.desk.services().ledger, sheet.placement.parties.placement, before->period);
  auto entries = reading.all(&readside::Queries::entries, id);
  if (!entries && entries.error().code == ErrorCode::not_found) return lines;
  if (!entries) return std::unexpected(std::move(entries).error());
  for (const readside::Entry& entry : *entries) {
    TypedLine line = typed(entry);
    line.entry = {};
    line.note = {};
    line.day = line.day.plus_days(7);
    const bool taken =
        std::ranges::any_of(sheet.entries, [&](const readside::Entry& one) { return one.day == line.day; });
    if (!taken && is_at_work(sheet.placement, line.day, line.day)) lines.push_back(std::move(line));
  }
  return lines;
}

const domain::Rejection* first_refusal(const std::vector<engine::Outcome>& outcomes) {
  for (const engine::Outcome& outcome : outcomes)
    if (const auto* refused = std::get_if<domain::Rejection>(&outcome)) return refused;
  return nullptr;
}

}  // namespace

Response hours(Visit& visit) {
  PLACET_SHOW(const Reading reading, visit.desk.read(visit.who().caller));
  PLACET_SHOW(const auto placements, own_placements(visit, reading));
  std::vector<std::string> paths;
  Framed page(visit, "hours");
  for (const readside::Placement& placement : placements) {
    const Date day = reading.today();
    if (!is_at_work(placement, day.plus_days(-35), day.plus_days(7))) continue;
    const Date in_it = placement.until ? std::min(day, *placement.until) : std::max(day, *placement.started);
    PLACET_SHOW(const auto at, reading.period_holding(kind_on(placement, in_it), in_it));
    if (!at) continue;
    paths.push_back(documents::hours_path(placement.parties.placement, at->period));
    page.part()
        .add("PLACEMENT")
        .set("CLIENT", placement.parties.client_name)
        .set("PERIOD", visit.language.period(at->period, at->last))
        .set("PATH", paths.back());
  }
  if (paths.size() == 1 && !visit.query.has("all")) return see_other(paths.front());
  PLACET_SHOW(auto sheets, reading.all(&readside::Queries::timesheets, readside::HoursFilter{}));
  std::ranges::reverse(sheets);
  for (const readside::Sheet& sheet : sheets) {
    const bool own = std::ranges::any_of(
        placements, [&](const auto& one) { return one.parties.placement == sheet.parties.placement; });
    if (!own) continue;
    PLACET_SHOW(const auto at, reading.period_holding(sheet.period.kind, sheet.period.first));
    if (!at) continue;
    Page::Part row = page.part().add("SHEET");
    row.set("PERIOD", visit.language.period(at->period, at->last))
        .set("CLIENT", sheet.parties.client_name)
        .set("PATH", documents::hours_path(sheet.parties.placement, sheet.period));
    show_status(row, visit, sheet.status);
  }
  page.part().show_if(paths.empty() && sheets.empty(), "NOTHING");
  return page.response();
}

Response week(Visit& visit) {
  PLACET_SHOW(const Reading reading, visit.desk.read(visit.who().caller));
  PLACET_SHOW(const OwnSheet sheet, load(visit, reading));
  PLACET_SHOW(Framed page, sheet_page(visit, reading, sheet, nullptr));
  constexpr std::array<std::string_view, 4> kDone = {"saved", "sent", "withdrawn", "copied"};
  if (const auto done = visit.query.text("done"); std::ranges::find(kDone, done) != kDone.end())
    page.done(visit.text(fmt::format("week.{}", done)));
  return page.response();
}

Response week_posted(Visit& visit) {
  PLACET_SHOW(const Reading reading, visit.desk.read(visit.who().caller));
  PLACET_SHOW(const OwnSheet sheet, load(visit, reading));
  const PlacementId placement = sheet.placement.parties.placement;
  const std::string path = documents::hours_path(placement, sheet.at.period);
  const std::string_view act = visit.form.text("do");
  const domain::Actor& actor = visit.who().caller.actor;
  std::vector<TypedLine> lines;
  Changes wanted;
  if (act == "withdraw") {
    wanted.drafts.push_back({command_id(visit, 0), domain::WithdrawSheet{placement, sheet.at.period}});
  } else {
    lines = typed(visit.form);
    if (const auto day = Date::parse(visit.form.text("more"))) {
      lines.emplace_back().day = *day;
      PLACET_SHOW(const Framed page, sheet_page(visit, reading, sheet, &lines));
      return page.response();
    }
    if (act == "copy") {
      PLACET_SHOW(auto before, as_last_time(visit, reading, sheet));
      std::erase_if(lines, [](const TypedLine& line) { return line.empty() && line.entry.is_nil(); });
      std::ranges::move(before, std::back_inserter(lines));
    }
    wanted = changes(visit, sheet, lines);
  }
  std::optional<std::string> fault;
  const bool understood = std::ranges::all_of(lines, [](const TypedLine& line) { return line.fault.empty(); });
  if (!understood) fault = visit.text("week.look_at_lines");
  if (!fault && !wanted.drafts.empty()) {
    PLACET_SHOW(const auto outcomes, visit.desk.submit(actor, wanted.drafts));
    for (std::size_t i = 0; i < wanted.lines.size(); ++i) {
      TypedLine& line = *wanted.lines[i];
      if (const auto* refused = std::get_if<domain::Rejection>(&outcomes[i]))
        line.fault = say(visit, *refused);
      else if (const auto* recorded = std::get_if<domain::RecordEntry>(&wanted.drafts[i].command))
        line.entry = recorded->entry;
      else if (std::holds_alternative<domain::RemoveEntry>(wanted.drafts[i].command))
        line.entry = {};
    }
    if (const auto* refused = first_refusal(outcomes)) fault = say(visit, *refused);
  }
  if (visit.request.header("accept") == "application/json") return lines_as_json(lines, fault);
  // Only once the hours are in: a sheet must not be sent without the line that was refused.
  if (!fault && (act == "send" || act == "empty")) {
    domain::Command command = domain::SubmitSheet{placement, sheet.at.period};
    if (act == "empty") command = domain::SubmitEmpty{placement, sheet.at.period};
    PLACET_SHOW(const auto outcomes, visit.desk.submit(actor, {{command_id(visit, 1'000), std::move(command)}}));
    if (const auto* refused = first_refusal(outcomes)) fault = say(visit, *refused);
  }
  if (!fault) {
    const std::string_view done = act == "send" || act == "empty" ? "sent"
                                  : act == "withdraw"             ? "withdrawn"
                                  : act == "copy"                 ? "copied"
                                                                  : "saved";
    return see_other(fmt::format("{}?done={}", path, done));
  }
  // As it is by now: some of it may have been stored.
  PLACET_SHOW(const Reading now, visit.desk.read(visit.who().caller));
  PLACET_SHOW(const OwnSheet stored, load(visit, now));
  PLACET_SHOW(Framed page, sheet_page(visit, now, stored, lines.empty() ? nullptr : &lines));
  return page.fault(*fault).response(422);
}

}  // namespace placet::portal::pages
