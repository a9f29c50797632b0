#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/base64.h"
#include "documents/sheet_digest.h"
#include "domain/streams.h"
#include "domain/timesheet/timesheet.h"
#include "portal/pages/entries.h"
#include "portal/pages/pages.h"

namespace placet::portal::pages {

namespace {

using readside::EntryPhase;
using readside::OpenKind;
using readside::PeriodAt;

/// A sheet that waits, as it is shown: rows, and the hash of exactly the lines that wait in them.
struct Waiting {
  readside::Sheet row;
  PeriodAt at;
  std::vector<readside::Entry> entries;
  std::shared_ptr<const domain::StreamState> state;
  Digest hash{};
  bool mine = false;  // the visitor may approve it
  Timestamp since;

  const domain::Timesheet& sheet() const { return std::get<domain::Timesheet>(state->state); }
};

bool may_approve(const Visit& visit, const readside::Placement& placement) {
  return std::ranges::any_of(placement.approvers, [&](const readside::Approver& approver) {
    return approver.person == visit.who().caller.actor.person;
  });
}

/// Nothing: none of its hours wait, or rows and stream are not of one moment yet.
Result<std::optional<Waiting>> load(const Visit& visit, const Reading& reading, SheetId id,
                                    const std::vector<readside::OpenItem>& open) {
  const auto item = std::ranges::find_if(
      open, [&](const readside::OpenItem& one) { return one.sheet == id && one.kind == OpenKind::to_approve; });
  if (item == open.end()) return std::nullopt;
  Waiting waiting;
  PLACET_ASSIGN(waiting.state, visit.desk.services().streams.get(domain::stream_of(id)));
  if (waiting.state->events != item->events) return std::nullopt;
  auto queries = reading.ask();
  PLACET_ASSIGN(auto rows, queries.timesheets({.placement = item->parties.placement, .sheet = id}));
  if (rows.rows.empty()) return std::nullopt;
  waiting.row = std::move(rows.rows.front());
  PLACET_ASSIGN(const auto at, reading.period_holding(waiting.row.period.kind, waiting.row.period.first));
  if (!at) return std::nullopt;
  waiting.at = *at;
  PLACET_ASSIGN(waiting.entries, reading.all(&readside::Queries::entries, id));
  waiting.hash = domain::content_hash(waiting.sheet(), id, domain::waiting_lines(waiting.sheet(), {}));
  waiting.since = item->since;
  return waiting;
}

/// All that waits and that the visitor sees, oldest first.
Result<std::vector<Waiting>> all_waiting(const Visit& visit, const Reading& reading) {
  PLACET_ASSIGN(const auto open, reading.all(&readside::Queries::open, readside::HoursFilter{}));
  PLACET_ASSIGN(const auto placements, reading.all(&readside::Queries::placements, readside::PartyFilter{}));
  std::map<PlacementId, bool> mine;
  for (const readside::Placement& placement : placements)
    mine[placement.parties.placement] = may_approve(visit, placement);
  std::vector<SheetId> ids;
  for (const readside::OpenItem& item : open)
    if (item.kind == OpenKind::to_approve && std::ranges::find(ids, item.sheet) == ids.end()) ids.push_back(item.sheet);
  std::vector<Waiting> all;
  for (const SheetId id : ids) {
    PLACET_ASSIGN(auto waiting, load(visit, reading, id, open));
    if (!waiting) continue;
    waiting->mine = mine[waiting->row.parties.placement];
    all.push_back(std::move(*waiting));
  }
  std::ranges::stable_sort(all, {}, [](const Waiting& one) { return std::pair(!one.mine, one.since); });
  return all;
}

documents::SheetDigest digest_of(const Waiting& waiting) {
  return documents::digest_of(waiting.row, waiting.entries, documents::Lines::waiting);
}

std::string deadline(const Visit& visit, const PeriodAt& at) {
  if (!at.calendar) return {};
  return visit.language.say("approve.by", fmt::arg("day", visit.language.day(at.calendar->approve_by)),
                            fmt::arg("pay_day", visit.language.day(at.calendar->pay_day)));
}

void show_sheet(Page::Part part, const Visit& visit, const Waiting& waiting) {
  part.set("WORKER", waiting.row.parties.worker_name)
      .set("PERIOD", visit.language.period(waiting.at.period, waiting.at.last))
      .set("HOURS", Language::hours(digest_of(waiting).total))
      .set("SINCE", visit.language.moment(waiting.since, visit.desk.services().zone))
      .set("DEADLINE", deadline(visit, waiting.at))
      .set("SHEET", waiting.row.sheet.value.to_string())
      .set("SEEN", crypto::to_base64url(view_of(waiting.hash)));
  if (waiting.at.calendar && waiting.at.calendar->approve_by < visit.today()) part.show("LATE");
}

void show_lines(Page::Part& part, const Visit& visit, const Waiting& waiting) {
  for (Date day = waiting.at.first(); day <= waiting.at.last; day = day.plus_days(1)) {
    std::optional<Page::Part> shown;
    bool any_waits = false;
    std::int64_t minutes = 0;
    for (const readside::Entry& entry : waiting.entries) {
      if (entry.day != day) continue;
      if (!shown) shown = part.add("DAY");
      any_waits |= documents::waits(entry);
      minutes += entry.minutes.count();
      show_line(*shown, visit, entry, waiting.entries);
    }
    if (!shown) continue;
    shown->set("NAME", visit.language.day(day))
        .set("ISO", day.to_string())
        .set("DAY_HOURS", Language::hours(Minutes::of(minutes)));
    shown->show_if(any_waits, "WAITS")
        .show_if(!any_waits, "SETTLED")
        .show_if(day.weekday() >= Weekday::saturday, "WEEKEND");
  }
}

/// The sheet of the path, if the visitor sees it and something of it waits. Rows follow the log within a moment: looks
/// again until both are of one.
Result<std::optional<Waiting>> load_one(const Visit& visit, SheetId id) {
  constexpr int kLooks = 3;
  for (int look = 0; look < kLooks; ++look) {
    const LogSize size = look == 0 ? LogSize() : visit.desk.services().log.size();
    PLACET_ASSIGN(const Reading reading, visit.desk.read(visit.who().caller, size));
    PLACET_ASSIGN(const auto open, reading.all(&readside::Queries::open, readside::HoursFilter{.sheet = id}));
    PLACET_ASSIGN(auto waiting, load(visit, reading, id, open));
    if (waiting) {
      PLACET_ASSIGN(const auto placements, reading.all(&readside::Queries::placements,
                                                       readside::PartyFilter{.client = waiting->row.parties.client}));
      for (const readside::Placement& placement : placements)
        if (placement.parties.placement == waiting->row.parties.placement)
          waiting->mine = may_approve(visit, placement);
      return waiting;
    }
    const bool none = std::ranges::none_of(open, [](const auto& item) { return item.kind == OpenKind::to_approve; });
    if (none) return std::nullopt;
  }
  return std::nullopt;
}

Framed sheet_page(const Visit& visit, const Waiting& waiting) {
  Framed page(visit, "sheet");
  show_sheet(page.part().add("WAITING"), visit, waiting);
  Page::Part& part = page.part();
  part.set("WORKER", waiting.row.parties.worker_name).set("CLIENT", waiting.row.parties.client_name);
  show_lines(part, visit, waiting);
  for (const std::string_view odd : digest_of(waiting).odd) part.add("ODD").set("TEXT", visit.text(odd));
  part.show_if(waiting.mine, "MINE").show_if(!waiting.mine, "NOT_MINE");
  return page;
}

std::optional<SheetId> sheet_of(std::string_view text) {
  const auto id = Uuid::parse(text);
  return id ? std::optional(SheetId(*id)) : std::nullopt;
}

/// What somebody saw, as the page wrote it down.
std::optional<Digest> digest_of(std::string_view text) {
  const auto bytes = crypto::from_base64url(text);
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::ranges::transform(*bytes, digest.begin(), [](char byte) { return static_cast<std::uint8_t>(byte); });
  return digest;
}

}  // namespace

Response approvals(Visit& visit) {
  PLACET_SHOW(const Reading reading, visit.desk.read(visit.who().caller));
  PLACET_SHOW(const auto waiting, all_waiting(visit, reading));
  Framed page(visit, "approvals");
  if (const auto done = visit.query.text("done"); done == "approved" || done == "refused")
    page.done(visit.text(fmt::format("approve.{}", done)));
  std::int64_t mine = 0;
  for (const Waiting& one : waiting) {
    Page::Part part = page.part().add("SHEET");
    show_sheet(part, visit, one);
    const auto odd = digest_of(one).odd;
    for (const std::string_view text : odd) part.add("ODD").set("TEXT", visit.text(text));
    if (one.mine) {
      Page::Part tick = part.add("MINE");
      tick.set("SHEET", one.row.sheet.value.to_string())
          .set("SEEN", crypto::to_base64url(view_of(one.hash)))
          .set("WORKER", one.row.parties.worker_name);
      if (odd.empty()) tick.show("NORMAL");
      ++mine;
    }
    show_lines(part, visit, one);
    part.show_if(!odd.empty(), "LOOK");
  }
  page.part().show_if(waiting.empty(), "NOTHING");
  if (mine > 0) page.part().add("SOME_MINE").set("COUNT", mine);
  return page.response();
}

Response approvals_posted(Visit& visit) {
  std::vector<Desk::Draft> drafts;
  for (const std::string_view chosen : visit.form.all("sheet")) {
    const auto id = sheet_of(chosen);
    const auto seen = digest_of(visit.form.text(fmt::format("seen-{}", chosen)));
    if (!id || !seen) return error_page(visit, 400, "error.malformed");
    PLACET_SHOW(const auto waiting, load_one(visit, *id));
    if (!waiting) continue;  // somebody else has done it meanwhile
    domain::ApproveHours approve;
    approve.placement = waiting->row.parties.placement;
    approve.period = waiting->row.period;
    approve.seen = *seen;
    drafts.push_back({command_id(visit, drafts.size()), std::move(approve)});
  }
  if (drafts.empty()) return see_other("/approve");
  PLACET_SHOW(const auto outcomes, visit.desk.submit(visit.who().caller.actor, std::move(drafts)));
  for (const engine::Outcome& outcome : outcomes)
    if (const auto* refused = std::get_if<domain::Rejection>(&outcome)) {
      Framed page(visit, "refused");
      page.part().set("BACK", "/approve");
      return page.fault(say(visit, *refused)).response(422);
    }
  return see_other("/approve?done=approved");
}

Response sheet(Visit& visit) {
  const auto id = sheet_of(visit.ids[0]);
  if (!id) return error_page(visit, 404, "error.not_found");
  PLACET_SHOW(const auto waiting, load_one(visit, *id));
  if (!waiting) return error_page(visit, 404, "error.nothing_waits");
  return sheet_page(visit, *waiting).response();
}

Response sheet_posted(Visit& visit) {
  const auto id = sheet_of(visit.ids[0]);
  const auto seen = digest_of(visit.form.text("seen"));
  if (!id || !seen) return error_page(visit, 404, "error.not_found");
  PLACET_SHOW(const auto waiting, load_one(visit, *id));
  if (!waiting) return error_page(visit, 409, "error.nothing_waits");  // pressed twice, or somebody else was faster
  std::vector<Date> days;
  for (const std::string_view day : visit.form.all("day"))
    if (const auto parsed = Date::parse(day)) days.push_back(*parsed);
  const auto shown_again = [&](std::string_view why) { return sheet_page(visit, *waiting).fault(why).response(422); };
  if (days.empty()) return shown_again(visit.text("sheet.no_days"));
  const auto waiting_days = domain::days_of(domain::waiting_lines(waiting->sheet(), {}));
  const bool all_days = days.size() == waiting_days.size();

  domain::Command command;
  if (visit.form.text("do") == "refuse") {
    const std::string_view reason = visit.form.text("reason");
    if (reason.empty()) return shown_again(visit.text("sheet.no_reason"));
    domain::RefuseHours refuse;
    refuse.placement = waiting->row.parties.placement;
    refuse.period = waiting->row.period;
    if (!all_days) refuse.days = days;
    refuse.reason = Box::plain(std::string(reason));
    command = std::move(refuse);
  } else {
    // Of days that are named, what was seen is a part of what the page showed: if that is still so, so are they.
    if (*seen != waiting->hash) return shown_again(visit.text("refusal.entries_moved"));
    domain::ApproveHours approve;
    approve.placement = waiting->row.parties.placement;
    approve.period = waiting->row.period;
    approve.seen = *seen;
    if (!all_days) {
      approve.days = days;
      approve.seen = domain::content_hash(waiting->sheet(), *id, domain::waiting_lines(waiting->sheet(), days));
    }
    command = std::move(approve);
  }
  const bool refuses = std::holds_alternative<domain::RefuseHours>(command);
  PLACET_SHOW(const auto outcomes,
              visit.desk.submit(visit.who().caller.actor, {{command_id(visit, 0), std::move(command)}}));
  if (const auto* refused = std::get_if<domain::Rejection>(&outcomes.front())) return shown_again(say(visit, *refused));
  return see_other(refuses ? "/approve?done=refused" : "/approve?done=approved");
}

}  // namespace placet::portal::pages
