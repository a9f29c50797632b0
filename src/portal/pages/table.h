#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "portal/visit.h"

namespace placet::portal::pages {

/// A list of things, {{#TABLE}} of table.html: rows and columns; on a telephone each row is a card.
class Table {
 public:
  struct Column {
    std::string_view text;  // of its heading
    bool number = false;    // stands to the right
  };
  /// What stands in a row at a column, and where it leads, if anywhere.
  struct Cell {
    std::string text;
    std::string path = {};
  };

  Table(Page::Part part, const Visit& visit, std::initializer_list<Column> columns);
  /// As many cells as columns.
  void row(std::initializer_list<Cell> cells);
  bool empty() const { return rows_ == 0; }

 private:
  struct Heading {
    std::string name;
    bool number;
  };
  Page::Part table_;
  std::vector<Heading> columns_;
  std::size_t rows_ = 0;
};

/// The page of a list: its title is the text `NAME.title`, and `NAME.nothing` stands where there is none. With a field
/// for the day as of which it is shown.
class ListPage {
 public:
  /// Fails where the rows cannot be had.
  static Result<ListPage> open(const Visit& visit, std::string_view name);

  const Reading& reading() const { return reading_; }
  Page::Part& part() { return page_.part(); }
  Framed& page() { return page_; }
  Table table(std::initializer_list<Table::Column> columns) { return {page_.part().add("TABLE"), visit_, columns}; }
  /// With the empty state, when the table is empty.
  Response response(const Table& table);

 private:
  ListPage(const Visit& visit, std::string_view name, Reading reading);

  const Visit& visit_;
  std::string name_;
  Reading reading_;
  Framed page_;
};

}  // namespace placet::portal::pages
