#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "crypto/sha256.h"
#include "tools/client/connection.h"
#include "tools/import/hours_import.h"
#include "tools/placet/output.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

using importing::RowOutcome;
using importing::RowResult;

constexpr std::size_t kFileBytesMax = 64 << 20;

struct Options {
  std::string file;
  std::vector<std::string> map;
  std::string placements;
  std::string encoding = "utf-8";
  std::string separator = ",";
  std::string date_format = "%Y-%m-%d";
  bool dry_run = false;
};

std::string read_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  if (!in) throw std::runtime_error(name + ": cannot be read");
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (bytes.size() > kFileBytesMax) throw std::runtime_error(name + ": is larger than 64 MiB; split it");
  return bytes;
}

std::expected<importing::CsvTable, importing::BadCsv> read_table(const std::string& bytes, const Options& options) {
  const auto text = importing::to_utf8(bytes, options.encoding);
  if (!text && text.error().line == 0) wrong_usage("--encoding", text.error().what);
  if (!text) return std::unexpected(text.error());
  return importing::read_csv(*text, options.separator.front());
}

/// A CSV of two columns: what the file calls a placement, and the placement's id.
std::map<std::string, PlacementId> read_placements(const Options& options) {
  std::map<std::string, PlacementId> placements;
  if (options.placements.empty()) return placements;
  const auto table = read_table(read_file(options.placements), options);
  if (!table)
    wrong_usage("--placements",
                options.placements + ": line " + std::to_string(table.error().line) + ": " + table.error().what);
  for (const importing::CsvRow& row : table->rows) {
    const auto id = row.fields.size() == 2 ? Uuid::parse(row.fields[1]) : std::nullopt;
    if (!id)
      wrong_usage("--placements", options.placements + ": line " + std::to_string(row.line) +
                                      ": must be a name and a placement's id, a UUID");
    placements[row.fields[0]] = PlacementId(*id);
  }
  return placements;
}

importing::HoursFormat format_of(const Options& options) {
  importing::HoursFormat format;
  for (const std::string& pair : options.map) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) wrong_usage("--map", "must be FACT=COLUMN, not '" + pair + "'");
    format.columns[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  format.date_format = options.date_format;
  format.placements = read_placements(options);
  return format;
}

importing::HoursReader reader_of(const importing::CsvTable& table, const Options& options) {
  try {
    return {table, format_of(options)};
  } catch (const std::invalid_argument& missing) {
    wrong_usage(options.file, missing.what());
  }
}

std::string position_of(const RowResult& row) { return row.position ? std::to_string(row.position->value) : ""; }

nlohmann::ordered_json json_of(const RowResult& row) {
  nlohmann::ordered_json json = {{"line", row.line}, {"outcome", importing::name_of(row.outcome)}};
  if (row.position) json["position"] = position_of(row);
  if (!row.code.empty()) json["code"] = row.code;
  if (!row.message.empty()) json["message"] = row.message;
  return json;
}

void print_table(const std::vector<RowResult>& rows) {
  if (!rows.empty()) std::printf("%8s  %-8s  %10s  %s\n", "line", "outcome", "position", "why not");
  for (const RowResult& row : rows) {
    const std::string why = row.code.empty() ? "" : row.code + ": " + row.message;
    const std::string line =
        fmt::format("{:8}  {:8}  {:>10}  {}", row.line, importing::name_of(row.outcome), position_of(row), why);
    std::printf("%s\n", line.substr(0, line.find_last_not_of(' ') + 1).c_str());
  }
}

void print(const std::vector<RowResult>& rows, const std::string& form) {
  if (form == "table") return print_table(rows);
  if (form == "csv") print_csv({"line", "outcome", "position", "code", "message"});
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const RowResult& row : rows) {
    if (form == "csv")
      print_csv({std::to_string(row.line), std::string(importing::name_of(row.outcome)), position_of(row), row.code,
                 row.message});
    else if (form == "ndjson")
      std::printf("%s\n", json_of(row).dump().c_str());
    else
      all.push_back(json_of(row));
  }
  if (form == "json") std::printf("%s\n", nlohmann::ordered_json({{"rows", all}}).dump().c_str());
}

/// A file that is no CSV has no rows to speak of, only the place where reading ended.
RowResult unreadable(const importing::BadCsv& bad) {
  return {bad.line, RowOutcome::refused, "malformed", "column " + std::to_string(bad.column) + ": " + bad.what, {}};
}

/// One line per row, and how many came to what on stderr.
void report(const std::vector<RowResult>& rows, Global& global) {
  std::map<RowOutcome, unsigned> counts;
  for (const RowResult& row : rows) ++counts[row.outcome];
  print(rows, global.output);
  for (const auto& [outcome, count] : counts)
    std::fprintf(stderr, "%u %s\n", count, std::string(importing::name_of(outcome)).c_str());
  if (counts[RowOutcome::refused] > 0) global.exit_status = kNo;
}

void show_progress(std::size_t done, std::size_t all) {
  if (::isatty(STDERR_FILENO) != 0) std::fprintf(stderr, "\r%zu of %zu sheets%s", done, all, done == all ? "\n" : "");
}

void run(const Options& options, Global& global) {
  const std::string bytes = read_file(options.file);
  const auto table = read_table(bytes, options);
  if (!table) return report({unreadable(table.error())}, global);
  const auto reader = reader_of(*table, options);
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  importing::HoursImport hours(crypto::sha256(bytes), connection.zone(), importing::periods_of(connection));
  for (const importing::CsvRow& row : table->rows) hours.add(row.line, reader.read(row));
  try {
    if (!options.dry_run && !hours.has_refused()) hours.send(connection, show_progress);
  } catch (...) {
    report(hours.rows(), global);
    std::fprintf(stderr, "placet: broke off; run it again: what is recorded is not recorded twice\n");
    throw;
  }
  report(hours.rows(), global);
}

}  // namespace

void add_import(CLI::App& app, Global& global) {
  CLI::App* verb = app.add_subcommand("import", "Files of others into the ledger");
  verb->require_subcommand(1);
  verb->footer("Example:\n  placet import hours week.csv");
  auto options = std::make_shared<Options>();
  CLI::App* hours = verb->add_subcommand("hours", "Record hours from a CSV file; one result per row");
  hours->footer(
      "Example:\n"
      "  placet import hours week.csv --separator ';' --encoding windows-1252 --date-format %d-%m-%Y \\\n"
      "    --placements placements.csv --map placement=Opdracht,day=Datum,start=Van,end=Tot,break=Pauze\n"
      "The first row names the columns: placement, day; hours or minutes, or else start, end and break (minutes);\n"
      "type (normal) and note. By which periods hours are kept, the ledger says: week, month, or four weeks as "
      "published.\n"
      "Every row is checked before the first is recorded: one refused row, and nothing is.\n"
      "A file that broke off is imported by the same call again; do not change it in between.");
  hours->add_option("FILE", options->file, "CSV")->required();
  hours->add_option("--map", options->map, "FACT=COLUMN, where a column has another name")->delimiter(',');
  hours->add_option("--placements", options->placements, "CSV of two columns: the file's name of a placement, its id");
  hours->add_option("--encoding", options->encoding, "Of the files")->capture_default_str();
  hours->add_option("--separator", options->separator, "Between fields")
      ->capture_default_str()
      ->check([](const std::string& text) { return text.size() == 1 ? "" : "must be one character"; });
  hours->add_option("--date-format", options->date_format, "As of strptime")->capture_default_str();
  hours->add_flag("--dry-run", options->dry_run, "Only check the file, and record nothing");
  hours->callback([options, &global] { run(*options, global); });
}

}  // namespace placet::cli
