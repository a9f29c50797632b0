#pragma once

#include <rocksdb/db.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "store/rocks/database.h"
#include "store/row_store.h"

/// How rows are read, of the row store and of the log. Included by rocks/*.cc only.
namespace placet::store {

/// The open tables by name. Shared by the store and its snapshots; a handle that somebody reads through outlives the
/// drop of its table.
class TableSet {
 public:
  Result<ColumnHandle> find(std::string_view name) const {
    const std::shared_lock lock(mutex_);
    const auto found = tables_.find(name);
    if (found == tables_.end()) return fail(ErrorCode::not_found, fmt::format("there is no table {}", name));
    return found->second;
  }
  void add(std::string name, ColumnHandle table) {
    const std::unique_lock lock(mutex_);
    tables_.insert_or_assign(std::move(name), std::move(table));
  }
  void remove(std::string_view name) {
    const std::unique_lock lock(mutex_);
    if (const auto found = tables_.find(name); found != tables_.end()) tables_.erase(found);
  }
  std::map<std::string, ColumnHandle, std::less<>> all() const {
    const std::shared_lock lock(mutex_);
    return tables_;
  }

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, ColumnHandle, std::less<>> tables_;
};

/// Reads as of a RocksDB snapshot, or as of now without one.
class RocksRowReader final : public RowReader {
 public:
  RocksRowReader(std::shared_ptr<rocksdb::DB> db, std::shared_ptr<const TableSet> tables,
                 std::shared_ptr<const rocksdb::Snapshot> snapshot)
      : db_(std::move(db)), tables_(std::move(tables)), snapshot_(std::move(snapshot)) {}

  Result<std::optional<Bytes>> get(std::string_view table, BytesView key) const override {
    PLACET_ASSIGN(const ColumnHandle column, tables_->find(table));
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_.get();
    rocksdb::PinnableSlice value;
    const rocksdb::Status status = db_->Get(options, column.get(), slice_of(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    PLACET_TRY(result_of(status, fmt::format("read a row of {}", table)));
    return value.ToString();
  }

  Result<void> scan(std::string_view table, const KeyRange& range, const RowVisitor& visit) const override {
    PLACET_ASSIGN(const ColumnHandle column, tables_->find(table));
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_.get();
    options.verify_checksums = true;
    const rocksdb::Slice upper = slice_of(range.to ? BytesView(*range.to) : BytesView());
    if (range.to) options.iterate_upper_bound = &upper;
    const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(options, column.get()));
    for (rows->Seek(slice_of(range.from)); rows->Valid(); rows->Next())
      if (!visit(view_of(rows->key()), view_of(rows->value()))) break;
    return result_of(rows->status(), fmt::format("read rows of {}", table));
  }

 private:
  std::shared_ptr<rocksdb::DB> db_;
  std::shared_ptr<const TableSet> tables_;
  std::shared_ptr<const rocksdb::Snapshot> snapshot_;
};

/// Of now.
inline std::shared_ptr<const rocksdb::Snapshot> snapshot_of(const std::shared_ptr<rocksdb::DB>& db) {
  return {db->GetSnapshot(), [db](const rocksdb::Snapshot* released) { db->ReleaseSnapshot(released); }};
}

}  // namespace placet::store
