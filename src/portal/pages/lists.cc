#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "codec/record.h"
#include "domain/authority.h"
#include "portal/pages/pages.h"
#include "portal/pages/table.h"

namespace placet::portal::pages {

namespace {

using readside::OpenKind;

std::string moment(const Visit& visit, Timestamp at) { return visit.language.moment(at, visit.desk.services().zone); }

std::string hours(Minutes minutes) { return Language::hours(minutes); }

std::string kind_of(const Visit& visit, OpenKind kind) {
  return visit.text(fmt::format("open_kind.{}", name_of(kind)));
}

std::string money(const Visit& visit, std::optional<Money> amount) {
  return amount ? visit.language.money(*amount) : std::string();
}

/// The period that begins on that day, as people say it.
Result<std::string> period(const Visit& visit, const Reading& reading, const domain::Period& period) {
  PLACET_ASSIGN(const auto at, reading.period_holding(period.kind, period.first));
  return at ? visit.language.period(at->period, at->last) : visit.language.date(period.first);
}

std::string late(const Visit& visit, std::optional<std::int32_t> days) {
  if (!days) return {};
  if (*days <= 0) return visit.text("list.in_time");
  return *days == 1 ? visit.text("list.day_late") : visit.language.say("list.days_late", fmt::arg("days", *days));
}

/// Kinds of what waits, in the order in which people do it.
constexpr std::array kToDo = {OpenKind::to_approve,   OpenKind::to_correct, OpenKind::to_pay,
                              OpenKind::to_invoice,   OpenKind::to_recover, OpenKind::to_credit,
                              OpenKind::not_billable, OpenKind::pay_moved,  OpenKind::invoice_moved};

}  // namespace

Response today(Visit& visit) {
  PLACET_SHOW(ListPage list, ListPage::open(visit, "today"));
  PLACET_SHOW(const auto open, list.reading().all(&readside::Queries::open, readside::HoursFilter{}));
  PLACET_SHOW(const auto missing, list.reading().all(&readside::Queries::missing, readside::PartyFilter{}));
  PLACET_SHOW(const auto proposals, list.reading().all(&readside::Queries::proposals));
  struct Sum {
    std::int64_t minutes = 0;
    std::vector<SheetId> sheets;
    std::int32_t oldest = 0;
  };
  std::map<OpenKind, Sum> sums;
  for (const readside::OpenItem& item : open) {
    Sum& sum = sums[item.kind];
    sum.minutes += item.minutes.count();
    if (sum.sheets.empty() || sum.sheets.back() != item.sheet) sum.sheets.push_back(item.sheet);
    sum.oldest = std::max(sum.oldest, item.age_days);
  }
  Table table = list.table({{"column.what"}, {"column.sheets", true}, {"column.hours", true}, {"column.days", true}});
  const auto count = [](std::size_t number) { return fmt::to_string(number); };
  if (!missing.empty()) table.row({{visit.text("missing.title"), "/missing"}, {count(missing.size())}, {""}, {""}});
  for (const OpenKind kind : kToDo) {
    const auto found = sums.find(kind);
    if (found == sums.end()) continue;
    table.row({{kind_of(visit, kind), fmt::format("/waiting?kind={}", static_cast<int>(kind))},
               {count(found->second.sheets.size())},
               {hours(Minutes::of(found->second.minutes))},
               {fmt::to_string(found->second.oldest)}});
  }
  if (!proposals.empty())
    table.row({{visit.text("proposals.title"), "/proposals"}, {count(proposals.size())}, {""}, {""}});
  return list.response(table);
}

Response waiting(Visit& visit) {
  PLACET_SHOW(ListPage list, ListPage::open(visit, "waiting"));
  PLACET_SHOW(const auto open, list.reading().all(&readside::Queries::open, readside::HoursFilter{}));
  const std::string_view wanted = visit.query.text("kind");
  if (!wanted.empty()) list.part().add("HIDDEN").set("NAME", "kind").set("VALUE", wanted);
  const bool staff = visit.has(domain::kStaffRoles);
  Table table = list.table({{"column.what"},
                            {"column.turn_of"},
                            {"column.worker"},
                            {"column.client"},
                            {"column.day"},
                            {"column.hours", true},
                            {"column.since"}});
  for (const readside::OpenItem& item : open) {
    if (!wanted.empty() && wanted != fmt::to_string(static_cast<int>(item.kind))) continue;
    table.row({{kind_of(visit, item.kind)},
               {visit.text(fmt::format("role.{}", name_of(item.owner)))},
               {item.parties.worker_name, staff ? fmt::format("/history/{}", item.sheet.value.to_string()) : ""},
               {item.parties.client_name},
               {visit.language.day(item.day)},
               {hours(item.minutes)},
               {moment(visit, item.since)}});
  }
  return list.response(table);
}

Response missing(Visit& visit) {
  PLACET_SHOW(ListPage list, ListPage::open(visit, "missing"));
  PLACET_SHOW(const auto rows, list.reading().all(&readside::Queries::missing, readside::PartyFilter{}));
  Table table =
      list.table({{"column.worker"}, {"column.client"}, {"column.period"}, {"column.entered", true}, {"column.late"}});
  for (const readside::MissingSheet& row : rows)
    table.row({{row.parties.worker_name},
               {row.parties.client_name},
               {visit.language.period(row.period, row.last)},
               {hours(row.open)},
               {late(visit, row.days_late)}});
  return list.response(table);
}

Response approved(Visit& visit) {
  PLACET_SHOW(ListPage list, ListPage::open(visit, "approved"));
  PLACET_SHOW(auto rows, list.reading().all(&readside::Queries::approvals, readside::HoursFilter{}));
  std::ranges::reverse(rows);
  Table table = list.table({{"column.at"},
                            {"column.worker"},
                            {"column.client"},
                            {"column.period"},
                            {"column.hours", true},
                            {"column.approver"},
                            {"column.right"},
                            {"column.late"}});
  for (const readside::Approval& row : rows) {
    PLACET_SHOW(const std::string its_period, period(visit, list.reading(), row.period));
    std::string right = visit.text(fmt::format("right.{}", name_of(row.right)));
    if (!row.holder_name.empty() && row.holder != row.approver) right += fmt::format(" ({})", row.holder_name);
    table.row({{moment(visit, row.at), fmt::format("/approved/{}", row.position.value)},
               {row.parties.worker_name},
               {row.parties.client_name},
               {its_period},
               {hours(row.minutes)},
               {row.approver_name},
               {std::move(right)},
               {late(visit, row.days_late)}});
  }
  return list.response(table);
}

Response placements(Visit& visit) {
  PLACET_SHOW(ListPage list, ListPage::open(visit, "placements"));
  PLACET_SHOW(const auto rows, list.reading().all(&readside::Queries::placements, readside::PartyFilter{}));
  Table table = list.table({{"column.worker"},
                            {"column.client"},
                            {"column.from"},
                            {"column.until"},
                            {"column.approvers"},
                            {"column.pay_rate", true},
                            {"column.client_rate", true}});
  const bool staff = visit.has(domain::kStaffRoles);
  for (const readside::Placement& row : rows) {
    std::string approvers;
    for (const readside::Approver& approver : row.approvers)
      approvers += (approvers.empty() ? "" : ", ") + approver.name;
    const std::string id = row.parties.placement.value.to_string();
    table.row({{row.parties.worker_name, staff ? fmt::format("/history/{}", id) : ""},
               {row.parties.client_name},
               {visit.language.date(row.from)},
               {row.until ? visit.language.date(*row.until) : std::string()},
               {std::move(approvers)},
               {money(visit, row.pay_per_hour)},
               {money(visit, row.client_per_hour)}});
  }
  return list.response(table);
}

Response history(Visit& visit) {
  const auto id = Uuid::parse(visit.ids[0]);
  if (!id) return error_page(visit, 404, "error.not_found");
  PLACET_SHOW(ListPage list, ListPage::open(visit, "history"));
  PLACET_SHOW(const auto records, list.reading().all(&readside::Queries::history, *id));
  PLACET_SHOW(const auto persons, list.reading().all(&readside::Queries::persons));
  std::map<PersonId, std::string> names;
  for (const readside::Person& person : persons) names[person.person] = person.name;
  Table table = list.table({{"column.position", true}, {"column.at"}, {"column.fact"}, {"column.who"}, {"column.how"}});
  for (const Bytes& record : records) {
    PLACET_SHOW(const auto stored, codec::read_record(record));
    const domain::Actor& actor = stored.meta.actor;
    const bool service = actor.channel == domain::Channel::service;
    table.row({{fmt::to_string(stored.meta.position.value)},
               {moment(visit, stored.meta.recorded_at)},
               {std::string(domain::kEventNames[stored.event.index()])},
               {service ? visit.text("history.service") : names[actor.person]},
               {std::string(name_of(actor.strength))}});
  }
  return list.response(table);
}

}  // namespace placet::portal::pages
