#include "tools/import/csv.h"

#include <csv.h>
#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <memory>

namespace placet::importing {

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

struct CloseConversion {
  using pointer = iconv_t;
  void operator()(iconv_t conversion) const { ::iconv_close(conversion); }
};

/// Line and column of what comes after `text`, for a file that cannot be read any further.
BadCsv at_end_of(std::string_view text, char separator, std::string what) {
  const auto line_start = text.rfind('\n') == std::string_view::npos ? 0 : text.rfind('\n') + 1;
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  const auto columns = 1 + std::count(text.begin() + static_cast<std::ptrdiff_t>(line_start), text.end(), separator);
  return {static_cast<unsigned>(lines), static_cast<unsigned>(columns), std::move(what)};
}

/// libcsv, fed line by line so that every row knows where it began.
class Parser {
 public:
  explicit Parser(char separator) {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  std::expected<std::vector<CsvRow>, BadCsv> parse(std::string_view text) {
    bool between_rows = true;
    for (line_ = 1; !text.empty(); ++line_) {
      const std::string_view one = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
      text.remove_prefix(one.size());
      if (between_rows) row_.line = line_;
      const std::size_t rows_before = rows_.size();
      if (csv_parse(&parser_, one.data(), one.size(), &Parser::add_field, &Parser::add_row, this) != one.size())
        return bad(line_, "a quote must stand at the start and at the end of its field, and be doubled inside");
      const bool blank = one.find_first_not_of(" \t\r\n") == std::string_view::npos;
      between_rows = rows_.size() > rows_before || (between_rows && blank);
    }
    if (csv_fini(&parser_, &Parser::add_field, &Parser::add_row, this) != 0)
      return bad(row_.line, "the quote that opens here is never closed");
    return std::move(rows_);
  }

 private:
  static void add_field(void* text, std::size_t size, void* self) {
    static_cast<Parser*>(self)->row_.fields.emplace_back(static_cast<const char*>(text), size);
  }
  static void add_row(int, void* self) {
    auto* parser = static_cast<Parser*>(self);
    parser->rows_.push_back(std::move(parser->row_));
    parser->row_ = {parser->line_, {}};
  }
  std::unexpected<BadCsv> bad(unsigned line, std::string what) const {
    return std::unexpected(BadCsv{line, static_cast<unsigned>(row_.fields.size() + 1), std::move(what)});
  }

  csv_parser parser_{};
  unsigned line_ = 1;
  CsvRow row_;
  std::vector<CsvRow> rows_;
};

}  // namespace

std::expected<std::string, BadCsv> to_utf8(std::string_view bytes, const std::string& encoding) {
  const std::unique_ptr<iconv_t, CloseConversion> conversion(::iconv_open("UTF-8", encoding.c_str()));
  if (conversion.get() == reinterpret_cast<iconv_t>(-1)) {
    return std::unexpected(BadCsv{0, 0, "no such encoding: " + encoding});
  }
  std::string out(bytes.size() * 4, '\0');     // the longest form of a character
  char* in = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
  char* to = out.data();
  std::size_t in_left = bytes.size(), out_left = out.size();
  const bool failed = ::iconv(conversion.get(), &in, &in_left, &to, &out_left) == static_cast<std::size_t>(-1);
  out.resize(out.size() - out_left);
  if (failed)
    return std::unexpected(at_end_of(bytes.substr(0, bytes.size() - in_left), ',',
                                     "is not " + encoding + "; say which encoding it is (--encoding)"));
  if (out.starts_with(kByteOrderMark)) out.erase(0, kByteOrderMark.size());
  return out;
}

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::find(columns.begin(), columns.end(), name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

std::expected<CsvTable, BadCsv> read_csv(std::string_view text, char separator) {
  auto rows = Parser(separator).parse(text);
  if (!rows) return std::unexpected(std::move(rows).error());
  if (rows->empty()) return std::unexpected(BadCsv{1, 1, "the file is empty; its first row must name the columns"});
  CsvTable table;
  table.columns = std::move(rows->front().fields);
  rows->erase(rows->begin());
  table.rows = std::move(*rows);
  return table;
}

}  // namespace placet::importing
