#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "portal/pages/entries.h"
#include "portal/pages/pages.h"
#include "portal/pages/table.h"

namespace placet::portal::pages {

namespace {

/// One of a list, by the id in the path; not found where it is not the visitor's to see.
template <class Row, class Id>
Result<Row> find(std::vector<Row> rows, const Visit& visit, Id Row::* id) {
  const auto wanted = Uuid::parse(visit.ids[0]);
  if (wanted)
    for (Row& row : rows)
      if ((row.*id).value == *wanted) return std::move(row);
  return fail(ErrorCode::not_found, "no such document");
}

void fact(ListPage& list, const Visit& visit, std::string_view label, const std::string& value) {
  list.part().add("FACT").set("LABEL", visit.text(label)).set("VALUE", value);
}

}  // namespace

Response payslips(Visit& visit) {
  PLACET_SHOW(ListPage list, ListPage::open(visit, "payslips"));
  PLACET_SHOW(auto rows, list.reading().all(&readside::Queries::payslips, readside::PartyFilter{}));
  std::ranges::reverse(rows);
  Table table = list.table(
      {{"column.booked_on"}, {"column.worker"}, {"column.hours", true}, {"column.gross", true}, {"column.net", true}});
  for (const readside::Payslip& row : rows)
    table.row({{visit.language.date(row.booked_on), fmt::format("/payslips/{}", row.payslip.value.to_string())},
               {row.worker_name},
               {Language::hours(row.minutes)},
               {visit.language.money(row.gross)},
               {visit.language.money(row.net)}});
  return list.response(table);
}

Response payslip(Visit& visit) {
  PLACET_SHOW(ListPage list, ListPage::open(visit, "payslip"));
  PLACET_SHOW(auto rows, list.reading().all(&readside::Queries::payslips, readside::PartyFilter{}));
  PLACET_SHOW(const auto found, find(std::move(rows), visit, &readside::Payslip::payslip));
  list.part().add("SUBTITLE").set("TEXT", visit.language.date(found.booked_on));
  list.part().add("BACK").set("PATH", "/payslips").set("TEXT", visit.text("payslips.title"));
  fact(list, visit, "column.worker", found.worker_name);
  fact(list, visit, "column.gross", visit.language.money(found.gross));
  fact(list, visit, "column.net", visit.language.money(found.net));
  Table table = list.table(
      {{"column.what"}, {"column.period"}, {"column.hours", true}, {"column.rate", true}, {"column.amount", true}});
  for (const domain::PayslipLine& line : found.lines) {
    std::string what = visit.text(fmt::format("payslip_line.{}", name_of(line.kind)));
    if (line.hours) what += fmt::format(": {}", name_of_type(visit, line.hours->hour_type));
    std::string period;
    if (line.period) {
      PLACET_SHOW(const auto at, list.reading().period_holding(line.period->kind, line.period->first));
      if (at) period = visit.language.period(at->period, at->last);
    }
    const Minutes minutes = line.hours ? line.hours->minutes : line.minutes;
    table.row({{std::move(what)},
               {std::move(period)},
               {minutes.count() == 0 ? std::string() : Language::hours(minutes)},
               {line.hours ? visit.language.money(line.hours->per_hour) : std::string()},
               {visit.language.money(line.amount)}});
  }
  return list.response(table);
}

Response invoices(Visit& visit) {
  PLACET_SHOW(ListPage list, ListPage::open(visit, "invoices"));
  PLACET_SHOW(auto rows, list.reading().all(&readside::Queries::invoices, readside::InvoiceFilter{}));
  std::ranges::reverse(rows);
  Table table = list.table({{"column.number"},
                            {"column.client"},
                            {"column.status"},
                            {"column.issued_on"},
                            {"column.due_on"},
                            {"column.net_of_vat", true},
                            {"column.vat", true},
                            {"column.gross_with_vat", true},
                            {"column.open", true}});
  for (const readside::Invoice& row : rows)
    table.row({{row.number.empty() ? visit.text("invoices.draft") : row.number,
                fmt::format("/invoices/{}", row.invoice.value.to_string())},
               {row.client_name},
               {visit.text(fmt::format("invoice_status.{}", name_of(row.status)))},
               {row.issued_on ? visit.language.date(*row.issued_on) : std::string()},
               {row.due_on ? visit.language.date(*row.due_on) : std::string()},
               {visit.language.money(row.net)},
               {visit.language.money(row.vat)},
               {visit.language.money(row.gross)},
               {visit.language.money(row.open)}});
  return list.response(table);
}

Response invoice(Visit& visit) {
  PLACET_SHOW(ListPage list, ListPage::open(visit, "invoice"));
  PLACET_SHOW(auto rows, list.reading().all(&readside::Queries::invoices, readside::InvoiceFilter{}));
  PLACET_SHOW(const auto found, find(std::move(rows), visit, &readside::Invoice::invoice));
  list.part().add("SUBTITLE").set("TEXT", found.number);
  list.part().add("BACK").set("PATH", "/invoices").set("TEXT", visit.text("invoices.title"));
  fact(list, visit, "column.client", found.client_name);
  if (found.issued_on) fact(list, visit, "column.issued_on", visit.language.date(*found.issued_on));
  if (found.due_on) fact(list, visit, "column.due_on", visit.language.date(*found.due_on));
  fact(list, visit, "column.net_of_vat", visit.language.money(found.net));
  fact(list, visit, "column.vat", visit.language.money(found.vat));
  fact(list, visit, "column.gross_with_vat", visit.language.money(found.gross));
  fact(list, visit, "column.open", visit.language.money(found.open));
  PLACET_SHOW(const auto lines, list.reading().all(&readside::Queries::invoice_lines, found.invoice));
  Table table = list.table({{"column.worker"},
                            {"column.period"},
                            {"column.what"},
                            {"column.hours", true},
                            {"column.rate", true},
                            {"column.amount", true}});
  for (const readside::BilledLine& line : lines) {
    PLACET_SHOW(const auto at, list.reading().period_holding(line.period.kind, line.period.first));
    table.row({{line.parties.worker_name},
               {at ? visit.language.period(at->period, at->last) : std::string()},
               {name_of_type(visit, line.hours.hour_type)},
               {Language::hours(line.hours.minutes)},
               {visit.language.money(line.hours.per_hour)},
               {visit.language.money(line.hours.amount)}});
  }
  return list.response(table);
}

}  // namespace placet::portal::pages
