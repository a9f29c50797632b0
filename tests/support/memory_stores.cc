#include "store/memory/event_log.h"
#include "store/memory/row_archive.h"
#include "store/memory/row_store.h"
#include "tests/support/stores.h"

namespace placet::testing {
namespace {

class LogInMemory final : public LogUnderTest {
 public:
  store::EventLog& log() override { return log_; }
  void reopen() override { log_.restart(); }

 private:
  store::MemoryEventLog log_;
};

class RowsInMemory final : public RowsUnderTest {
 public:
  explicit RowsInMemory(const std::vector<std::string>& tables) : rows_(tables) {}
  store::RowStore& rows() override { return rows_; }
  store::RowArchive& archive() override { return archive_; }
  void reopen() override {}

 private:
  store::MemoryRowStore rows_;
  store::MemoryRowArchive archive_;
};

}  // namespace

std::unique_ptr<LogUnderTest> log_in_memory() { return std::make_unique<LogInMemory>(); }
std::unique_ptr<RowsUnderTest> rows_in_memory(const std::vector<std::string>& tables) {
  return std::make_unique<RowsInMemory>(tables);
}

}  // namespace placet::testing
