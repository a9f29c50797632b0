#pragma once

#include <map>
#include <optional>
#include <string>

#include "schema/plain.h"
#include "tools/import/csv.h"

namespace placet::importing {

/// Why a row cannot be recorded. `code` is a RejectionCode's name, or `noDate`.
struct RowFault {
  std::string code;
  std::string message;  // what, where, what to do
};

/// How a file says what was worked.
struct HoursFormat {
  /// What each fact is called in the file's first row, where it is not called as here. The facts: placement, day; hours
  /// or minutes, or else start, end and break (minutes); type, note.
  std::map<std::string, std::string> columns;
  std::string date_format = "%Y-%m-%d";           // as of strptime
  std::map<std::string, PlacementId> placements;  // by the name that the file has for each; empty: by id
};

/// "%d-%b-%y" and the like; all of the text must match, and the day must exist.
std::optional<Date> parse_date(const std::string& text, const std::string& format);
/// "7", "7.25", "7,25" or "7:15"; half a minute and more is rounded up.
std::optional<Minutes> minutes_of_hours(std::string_view text);

/// Reads rows of one table.
class HoursReader {
 public:
  /// Throws std::invalid_argument that names the column when one is missing.
  HoursReader(const CsvTable& table, HoursFormat format);

  /// The entry, but for its id and its period; what else the columns cannot tell is left to the ledger.
  std::expected<domain::RecordEntry, RowFault> read(const CsvRow& row) const;

 private:
  using Read = std::expected<void, RowFault>;
  /// What the row says of a fact; empty where the file has no such column.
  std::string text_of(const char* fact, const CsvRow& row) const;
  RowFault malformed(const char* fact, const std::string& what) const;
  Read read_placement(const CsvRow& row, domain::RecordEntry& entry) const;
  Read read_day(const CsvRow& row, domain::RecordEntry& entry) const;
  Read read_time(const CsvRow& row, domain::Worked& worked) const;
  Read read_type(const CsvRow& row, domain::RecordEntry& entry) const;

  HoursFormat format_;
  std::size_t columns_;
  std::map<std::string, std::size_t> places_;  // fact -> index of its column
};

}  // namespace placet::importing
