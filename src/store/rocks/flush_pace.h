#pragma once

#include <rocksdb/listener.h>

#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace placet::store {

/// Flushes run where a processor is idle, so that nobody who is waited for waits behind one (database.cc). When the
/// memtable of the column that takes most is full before the one in front of it is on disk, that no longer does:
/// writers are about to wait for one flush, and the other processor with them. Then the flushing threads run as others
/// do, where the process may ask for that (root, or CAP_SYS_NICE), until a flush ends with nothing behind it.
class FlushPace final : public rocksdb::EventListener {
 public:
  explicit FlushPace(std::string_view column) : column_(column) {}

  void OnFlushBegin(rocksdb::DB* db, const rocksdb::FlushJobInfo& flush) override;
  void OnFlushCompleted(rocksdb::DB* db, const rocksdb::FlushJobInfo& flush) override;
  void OnMemTableSealed(const rocksdb::MemTableInfo& table) override;

 private:
  const std::string column_;
  std::mutex mutex_;        // guards the rest
  std::set<int> flushers_;  // RocksDB's flushing threads
  int behind_ = 0;          // memtables that are full and not in a flush yet
  bool flushing_ = false;
};

}  // namespace placet::store
