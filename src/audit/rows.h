#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "projections/projection.h"
#include "store/event_log.h"
#include "store/row_store.h"

namespace placet::audit {

struct RowsReport {
  LogSize size;  // of the rows, and so of what was folded
  std::uint64_t rows = 0;
  std::vector<std::string> faults;       // a table and key each, the first of each table
  std::vector<std::string> not_checked;  // and why
};

struct RowsInput {
  const store::EventLog& log;
  const store::RowReader& live;
  store::RowStore& fresh;  // empty; takes as many rows
  const std::vector<projections::ProjectionType>& types;
  std::function<void(LogSize)> progress;  // called now and then; may be empty
};

/// Folds the log anew, as far as the live rows stand, and compares every row with the live one, byte for byte. Fails
/// only when it could not find out.
Result<RowsReport> check_rows(const RowsInput& input);

}  // namespace placet::audit
