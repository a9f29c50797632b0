#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/amount.h"
#include "base/bytes.h"
#include "base/time.h"

// The published timesheets as this test reads them; expected.py says in words how.

namespace placet::timesheets {

/// What an authoriser is asked about: a developer's hours for a project.
struct Job {
  std::string developer, project, authoriser;
  bool is_own() const { return developer == authoriser; }
  friend auto operator<=>(const Job&, const Job&) = default;
};

/// Hours of one row on one day.
struct Piece {
  unsigned line = 0;
  Job job;
  Date day;
  Minutes minutes;
};

/// A row without hours that could be entered: `no_date` or `reversed`.
struct RefusedRow {
  Job job;
  std::string code;
  Minutes minutes;
};

struct Tasks {
  Digest file{};  // SHA-256 of the file with the hours
  std::size_t rows = 0;
  std::map<Job, std::size_t> jobs;  // with their rows
  std::vector<Piece> pieces;
  std::vector<RefusedRow> refused;
};

/// The folder PLACET_CONFORMANCE/timesheets.
std::filesystem::path folder();
Tasks read_tasks();

}  // namespace placet::timesheets
