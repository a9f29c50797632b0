#include "tests/conformance/timesheets/tasks.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "crypto/sha256.h"
#include "tools/import/hours_row.h"

namespace placet::timesheets {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMinutesPerDay = 600;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A table whose fields are asked for by the names of their columns.
class Named {
 public:
  explicit Named(const std::string& bytes) {
    const auto text = importing::to_utf8(bytes, "windows-1252");
    if (!text) throw std::runtime_error(text.error().what);
    auto table = importing::read_csv(*text, ',');
    if (!table) throw std::runtime_error(table.error().what);
    table_ = *std::move(table);
  }
  const std::vector<importing::CsvRow>& rows() const { return table_.rows; }
  const std::string& get(const importing::CsvRow& row, std::string_view column) const {
    return row.fields.at(table_.column(column).value());
  }

 private:
  importing::CsvTable table_;
};

struct TaskDates {
  std::optional<Date> started, completed;
};

std::map<std::string, TaskDates> read_dates() {
  const Named table(read(folder() / "est-act-dates.csv"));
  std::map<std::string, TaskDates> dates;
  for (const auto& row : table.rows())
    dates.try_emplace(table.get(row, "TaskNumber"),
                      TaskDates{importing::parse_date(table.get(row, "StartedOn"), "%d-%b-%y"),
                                importing::parse_date(table.get(row, "CompletedOn"), "%d-%b-%y")});
  return dates;
}

/// A row whose hours can be entered, with the day from which they are.
struct DatedRow {
  Date day;
  unsigned task = 0;
  Piece whole;
};

/// Fills one developer's weekdays.
void fill(std::vector<DatedRow> rows, std::vector<Piece>& pieces) {
  std::stable_sort(rows.begin(), rows.end(), [](const DatedRow& a, const DatedRow& b) {
    return std::tie(a.day, a.task) < std::tie(b.day, b.task);
  });
  std::map<Date, std::int64_t> filled;
  for (const DatedRow& row : rows) {
    Date day = row.day;
    for (std::int64_t left = row.whole.minutes.count(); left > 0; day = day.plus_days(1)) {
      if (day.weekday() >= Weekday::saturday) continue;
      const std::int64_t minutes = std::min(left, kMinutesPerDay - filled[day]);
      if (minutes == 0) continue;
      filled[day] += minutes;
      left -= minutes;
      pieces.push_back({row.whole.line, row.whole.job, day, Minutes::of(minutes)});
    }
  }
}

}  // namespace

fs::path folder() {
  const char* const named = std::getenv("PLACET_CONFORMANCE");
  return fs::path(named != nullptr ? named : PLACET_CONFORMANCE_DEFAULT) / "timesheets";
}

Tasks read_tasks() {
  const auto dates = read_dates();
  const std::string bytes = read(folder() / "Sip-task-info.csv");
  const Named table(bytes);
  Tasks tasks;
  tasks.file = crypto::sha256(bytes);
  tasks.rows = table.rows().size();
  std::map<std::string, std::vector<DatedRow>> dated;  // by developer
  for (const auto& row : table.rows()) {
    const Job job{table.get(row, "DeveloperID"), table.get(row, "ProjectCode"), table.get(row, "AuthorisedByID")};
    const Minutes minutes = importing::minutes_of_hours(table.get(row, "DeveloperHoursActual")).value();
    const auto found = dates.find(table.get(row, "TaskNumber"));
    const TaskDates task = found != dates.end() ? found->second : TaskDates{};
    ++tasks.jobs[job];
    if (!task.started && !task.completed)
      tasks.refused.push_back({job, "no_date", minutes});
    else if (task.started && task.completed && *task.completed < *task.started)
      tasks.refused.push_back({job, "reversed", minutes});
    else
      dated[job.developer].push_back({task.started ? *task.started : *task.completed,
                                      static_cast<unsigned>(std::stoul(table.get(row, "TaskNumber"))),
                                      {row.line, job, {}, minutes}});
  }
  for (auto& [developer, rows] : dated) fill(std::move(rows), tasks.pieces);
  return tasks;
}

}  // namespace placet::timesheets
