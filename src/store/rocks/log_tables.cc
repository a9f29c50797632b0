#include "store/rocks/log_tables.h"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <unistd.h>

#include <utility>

#include <fmt/format.h>

#include "store/rocks/database.h"
#include "store/rocks/options.h"

namespace placet::store {
namespace {

class RocksWalk final : public RowWalk {
 public:
  RocksWalk(std::unique_ptr<rocksdb::Iterator> rows, std::string_view table) : rows_(std::move(rows)), table_(table) {
    rows_->SeekToFirst();
  }
  Result<std::optional<Row>> next() override {
    if (started_ && rows_->Valid()) rows_->Next();
    started_ = true;
    PLACET_TRY(result_of(rows_->status(), fmt::format("read {}", table_)));
    if (!rows_->Valid()) return std::nullopt;
    return Row{view_of(rows_->key()), view_of(rows_->value())};
  }

 private:
  const std::unique_ptr<rocksdb::Iterator> rows_;
  const std::string_view table_;
  bool started_ = false;
};

class RocksTables final : public LogTables {
 public:
  explicit RocksTables(OpenDatabase open) : open_(std::move(open)) {}
  Result<std::unique_ptr<RowWalk>> walk(LogColumn column) const override {
    const auto index = static_cast<std::size_t>(column);
    std::unique_ptr<rocksdb::Iterator> rows(open_.db->NewIterator(scan_read_options(), open_.columns[index].get()));
    return std::make_unique<RocksWalk>(std::move(rows), kLogColumnNames[index]);
  }

 private:
  const OpenDatabase open_;
};

/// RocksDB's writer holds a lock on that file.
bool has_a_writer(const std::filesystem::path& folder) {
  const int fd = ::open((folder / "LOCK").c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) return false;
  struct flock lock{};
  lock.l_type = F_WRLCK;
  const bool locked = ::fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  ::close(fd);
  return locked;
}

}  // namespace

Result<std::unique_ptr<LogTables>> open_log_tables(const std::filesystem::path& folder, rocksdb::Env* env) {
  if (has_a_writer(folder))
    return fail(ErrorCode::unavailable,
                fmt::format("a placetd runs on {}: ask it, stop it, or take a copy", folder.string()));
  PLACET_ASSIGN(auto open, open_log_database(folder, OpenMode::read_only, env));
  return std::make_unique<RocksTables>(std::move(open));
}

}  // namespace placet::store
