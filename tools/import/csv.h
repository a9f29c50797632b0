#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace placet::importing {

/// What is wrong with a file, and where: the line counts from 1 as an editor shows it, the column counts fields from 1.
struct BadCsv {
  unsigned line = 0;
  unsigned column = 0;
  std::string what;
};

/// The file's text as UTF-8, without a byte order mark. `encoding` is a name that iconv knows, such as "windows-1252".
std::expected<std::string, BadCsv> to_utf8(std::string_view bytes, const std::string& encoding);

struct CsvRow {
  unsigned line = 0;  // on which it begins
  std::vector<std::string> fields;
};

/// A file whose first row names the columns. That a row has as many fields is for its reader to check.
struct CsvTable {
  std::vector<std::string> columns;
  std::vector<CsvRow> rows;

  std::optional<std::size_t> column(std::string_view name) const;
};

/// RFC 4180: fields may stand in quotes, in which a quote is doubled and a line may end. Spaces around a field without
/// quotes are dropped, empty lines too. Anything else is refused, not guessed at.
std::expected<CsvTable, BadCsv> read_csv(std::string_view text, char separator);

}  // namespace placet::importing
