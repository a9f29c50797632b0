#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/listener.h>

#include <memory>
#include <mutex>
#include <set>

namespace placet::store {

/// Flushes and compactions of a database run where a processor is idle (database.cc), and let go of it at the pieces of
/// files that they read and write, until somebody closes the database and waits for them.
class ShortTurns final : public rocksdb::EventListener {
 public:
  bool ShouldBeNotifiedOnFileIO() override { return true; }
  void OnFileReadFinish(const rocksdb::FileOperationInfo&) override;
  void OnFileWriteFinish(const rocksdb::FileOperationInfo&) override;

  void OnFlushBegin(rocksdb::DB*, const rocksdb::FlushJobInfo&) override { begins(); }
  void OnFlushCompleted(rocksdb::DB*, const rocksdb::FlushJobInfo&) override { ends(); }
  void OnCompactionBegin(rocksdb::DB*, const rocksdb::CompactionJobInfo&) override { begins(); }
  void OnCompactionCompleted(rocksdb::DB*, const rocksdb::CompactionJobInfo&) override { ends(); }

  /// Those that run, and those that begin from now on, run as other threads do.
  void somebody_closes();
  /// RocksDB's threads go on to other databases.
  void closed();

 private:
  void begins();
  void ends();

  std::mutex mutex_;       // guards the rest
  std::set<int> working_;  // RocksDB's threads in a flush or compaction
  std::set<int> hurried_;
  bool closing_ = false;
};

/// RocksDB's own environment on those files, but tables are written in pieces of 64 KiB, each the work of some 0.3 ms.
/// The write-ahead log keeps RocksDB's larger pieces: somebody waits for it.
std::unique_ptr<rocksdb::Env> table_pieces_env(std::shared_ptr<rocksdb::FileSystem> files);

}  // namespace placet::store
