#include "tools/import/csv.h"

#include "tests/fuzz/fuzz_target.h"
#include "tools/import/hours_row.h"

using namespace placet;

// A file from anybody: read as a table, and each row as hours. Every row begins on a line of its own that there is.
PLACET_FUZZ_TARGET(input) {
  const auto text = importing::to_utf8(input, "utf-8");
  if (!text) return;
  auto table = importing::read_csv(*text, ',');
  if (!table) return;
  unsigned line = 0;
  for (const importing::CsvRow& row : table->rows) {
    PLACET_CHECK(row.line >= line && !row.fields.empty(), "a row is where no row is");
    line = row.line;
  }
  table->columns = {"placement", "day", "start", "end", "break", "hours", "minutes", "type", "note"};
  const importing::HoursReader reader(*table, {});
  for (const importing::CsvRow& row : table->rows) static_cast<void>(reader.read(row));
}
