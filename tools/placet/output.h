#pragma once

#include <capnp/dynamic.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/zone.h"
#include "tools/client/json.h"

namespace placet::cli {

/// How a column of a table is written for people.
enum class Shape : std::uint8_t {
  text,
  hours,    // minutes as 38:30, to the right
  money,    // cents as 1,234.50, to the right
  number,   // to the right
  instant,  // local time, to the minute
  days,     // how many
  roles,    // "backOffice, clientContact (Kade)"
};

struct Column {
  std::string_view title;
  std::string_view field;  // its path in the row: "parties.workerName"
  Shape shape = Shape::text;
};

/// One line of RFC 4180.
void print_csv(const std::vector<std::string>& cells);

/// Prints the rows of one answer after the other in the form that the user wants:
///   table   the given columns, aligned, times as in the ledger's zone; a new table after 2,000 rows
///   csv     every field by its path, RFC 4180; of records, whose fields differ, the columns of the table
///   ndjson  a row a line
///   json    {"basis": ..., "rows": [...]} when all are there
class Output {
 public:
  /// For rows of that type.
  Output(std::string form, capnp::StructSchema type, std::vector<Column> columns, Zone zone);
  /// For stored events.
  static Output of_records(std::string form, Zone zone);

  void add(capnp::DynamicStruct::Reader row);
  void add_record(BytesView stored);
  /// `basis`: the size on which the answer rests.
  void finish(std::uint64_t basis, const std::string& note);

 private:
  struct Field {
    std::string path;
    std::string left_out;  // what stands for a value that a row leaves out
    Shape shape = Shape::text;
  };
  using Cells = std::vector<std::string>;
  void print_table() const;

  std::string form_;
  std::vector<Column> columns_;
  std::vector<Field> fields_;  // a cell each, of a table or csv
  Zone zone_;
  std::shared_ptr<const client::JsonForm> json_ = std::make_shared<client::JsonForm>();
  std::vector<Cells> table_;  // not printed yet
  std::size_t rows_ = 0;
  std::vector<std::string> lines_;
};

}  // namespace placet::cli
