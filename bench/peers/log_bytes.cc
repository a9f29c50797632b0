// The bytes of a log, by a walk that shares nothing with the store but options and framing.

#include <rocksdb/db.h>

#include <memory>
#include <stdexcept>

#include "bench/peers/own.h"
#include "store/log_format.h"
#include "store/rocks/options.h"

namespace placet::bench {

namespace {

void require(const rocksdb::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

}  // namespace

double LogBytes::overhead() const {
  double bytes = framed + other_files;
  for (const auto& [column, of_column] : files)
    if (column != store::kLogColumnNames[static_cast<std::size_t>(store::LogColumn::records)]) bytes += of_column;
  return bytes;
}

LogBytes log_bytes(const std::filesystem::path& log) {
  const auto cache = store::log_block_cache();
  std::vector<rocksdb::ColumnFamilyDescriptor> columns = {{rocksdb::kDefaultColumnFamilyName, {}}};
  for (std::size_t i = 0; i < store::kLogColumnNames.size(); ++i)
    columns.emplace_back(std::string(store::kLogColumnNames[i]),
                         store::log_column_options(static_cast<store::LogColumn>(i), cache));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  require(rocksdb::DB::Open(store::log_database_options(), log, columns, &handles, &opened));
  const std::unique_ptr<rocksdb::DB> db(opened);

  LogBytes bytes;
  std::uint64_t records = 0, framed = 0, in_columns = 0;
  for (rocksdb::ColumnFamilyHandle* const column : handles) require(db->CompactRange({}, column, nullptr, nullptr));
  {
    const std::unique_ptr<rocksdb::Iterator> rows(
        db->NewIterator(store::scan_read_options(), handles[1 + static_cast<std::size_t>(store::LogColumn::records)]));
    for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
      BytesView chunk(rows->value().data(), rows->value().size());
      framed += rows->key().size() + chunk.size();
      while (!chunk.empty()) {
        const auto record = store::take_framed(chunk);
        if (!record) throw std::runtime_error("a chunk of the log does not fit its framing");
        records += record->size();
        ++bytes.events;
      }
    }
    require(rows->status());
  }
  const auto per_event = [&](std::uint64_t all) {
    return static_cast<double>(all) / static_cast<double>(bytes.events);
  };
  for (rocksdb::ColumnFamilyHandle* const column : handles) {
    rocksdb::ColumnFamilyMetaData about;
    db->GetColumnFamilyMetaData(column, &about);
    bytes.files.emplace_back(column->GetName(), per_event(about.size));
    in_columns += about.size;
    require(db->DestroyColumnFamilyHandle(column));
  }
  require(db->Close());
  bytes.records = per_event(records);
  bytes.framed = per_event(framed - records);
  bytes.other_files = per_event(bytes_below(log) - in_columns);
  return bytes;
}

}  // namespace placet::bench
