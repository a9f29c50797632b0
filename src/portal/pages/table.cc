#include "portal/pages/table.h"

#include <fmt/format.h>

#include <utility>

#include "base/check.h"

namespace placet::portal::pages {

namespace {

constexpr std::string_view kNumber = "number";

}  // namespace

Table::Table(Page::Part part, const Visit& visit, std::initializer_list<Column> columns) : table_(part) {
  for (const Column& column : columns) {
    columns_.push_back({visit.text(column.text), column.number});
    Page::Part heading = table_.add("COLUMN");
    heading.set("NAME", columns_.back().name).set("CLASS", column.number ? kNumber : "");
  }
}

void Table::row(std::initializer_list<Cell> cells) {
  PLACET_CHECK(cells.size() == columns_.size(), "a row with another number of cells than its table");
  Page::Part row = table_.add("ROW");
  auto column = columns_.begin();
  for (const Cell& cell : cells) {
    Page::Part shown = row.add("CELL");
    shown.set("LABEL", column->name).set("CLASS", column->number ? kNumber : "");
    if (cell.path.empty())
      shown.add("AS_IT_IS").set("TEXT", cell.text);
    else
      shown.add("LEADS").set("TEXT", cell.text).set("PATH", cell.path);
    ++column;
  }
  ++rows_;
}

Result<ListPage> ListPage::open(const Visit& visit, std::string_view name) {
  const auto day = Date::parse(visit.query.text("as-of"));
  const auto& caller = visit.who().caller;
  PLACET_ASSIGN(Reading reading, day ? visit.desk.read_as_of(caller, *day) : visit.desk.read(caller));
  return ListPage(visit, name, std::move(reading));
}

ListPage::ListPage(const Visit& visit, std::string_view name, Reading reading)
    : visit_(visit), name_(name), reading_(std::move(reading)), page_(visit, "list") {
  page_.part().set("HEADING", visit.text(fmt::format("{}.title", name))).set("AS_OF", visit.query.text("as-of"));
}

Response ListPage::response(const Table& table) {
  if (table.empty()) page_.part().add("NOTHING").set("TEXT", visit_.text(fmt::format("{}.nothing", name_)));
  return page_.response();
}

}  // namespace placet::portal::pages
