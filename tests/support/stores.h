#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/event_log.h"
#include "store/row_archive.h"
#include "store/row_store.h"

namespace placet::testing {

/// One implementation of EventLog, as a contract test holds it.
class LogUnderTest {
 public:
  virtual ~LogUnderTest() = default;
  virtual store::EventLog& log() = 0;
  /// Ends the process that has the log and starts another one, as far as the implementation has such a thing.
  virtual void reopen() = 0;
};

/// One implementation of RowStore.
class RowsUnderTest {
 public:
  virtual ~RowsUnderTest() = default;
  virtual store::RowStore& rows() = 0;
  /// Of these rows, where they can be made anew.
  virtual store::RowArchive& archive() = 0;
  virtual void reopen() = 0;
};

using MakeLog = std::unique_ptr<LogUnderTest> (*)();
using MakeRows = std::unique_ptr<RowsUnderTest> (*)(const std::vector<std::string>& tables);

std::unique_ptr<LogUnderTest> log_in_memory();
std::unique_ptr<LogUnderTest> log_on_rocks();
std::unique_ptr<RowsUnderTest> rows_in_memory(const std::vector<std::string>& tables);
std::unique_ptr<RowsUnderTest> rebuildable_rows_on_rocks(const std::vector<std::string>& tables);
std::unique_ptr<RowsUnderTest> kept_rows_on_rocks(const std::vector<std::string>& tables);

}  // namespace placet::testing
