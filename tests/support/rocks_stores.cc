#include "base/check.h"
#include "store/rocks/event_log.h"
#include "store/rocks/row_archive.h"
#include "store/rocks/row_store.h"
#include "tests/support/stores.h"
#include "tools/client/scratch_folder.h"

namespace placet::testing {
namespace {

class LogOnRocks final : public LogUnderTest {
 public:
  LogOnRocks() { open(store::OpenMode::create); }
  store::EventLog& log() override { return *log_; }
  void reopen() override {
    log_.reset();
    open(store::OpenMode::existing);
  }

 private:
  void open(store::OpenMode mode) {
    auto opened = store::open_event_log(folder_.path() / "log", mode);
    PLACET_CHECK(opened.has_value(), opened.error().message);
    log_ = std::move(*opened);
  }

  client::ScratchFolder folder_;
  std::unique_ptr<store::EventLog> log_;
};

class RowsOnRocks final : public RowsUnderTest {
 public:
  RowsOnRocks(store::RowKind kind, std::vector<std::string> tables) : kind_(kind), tables_(std::move(tables)) {
    open(store::OpenMode::create);
  }
  store::RowStore& rows() override { return *rows_; }
  store::RowArchive& archive() override { return *archive_; }
  void reopen() override {
    rows_.reset();
    archive_.reset();
    open(store::OpenMode::existing);
  }

 private:
  void open(store::OpenMode mode) {
    auto opened = store::open_row_store(folder_.path() / "rows", kind_, mode, tables_);
    PLACET_CHECK(opened.has_value(), opened.error().message);
    rows_ = std::move(*opened);
    auto archive = store::open_row_archive(folder_.path() / "archive");
    PLACET_CHECK(archive.has_value(), archive.error().message);
    archive_ = std::move(*archive);
    tables_.clear();  // the next open must find them by itself
  }

  client::ScratchFolder folder_;
  store::RowKind kind_;
  std::vector<std::string> tables_;
  std::unique_ptr<store::RowStore> rows_;
  std::unique_ptr<store::RowArchive> archive_;
};

}  // namespace

std::unique_ptr<LogUnderTest> log_on_rocks() { return std::make_unique<LogOnRocks>(); }
std::unique_ptr<RowsUnderTest> rebuildable_rows_on_rocks(const std::vector<std::string>& tables) {
  return std::make_unique<RowsOnRocks>(store::RowKind::rebuildable, tables);
}
std::unique_ptr<RowsUnderTest> kept_rows_on_rocks(const std::vector<std::string>& tables) {
  return std::make_unique<RowsOnRocks>(store::RowKind::kept, tables);
}

}  // namespace placet::testing
