#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/listener.h>

#include <memory>

namespace placet::store {

/// Flushes and compactions run where a processor is idle (database.cc), and let go of it at the pieces of files that
/// they read and write.
class ShortTurns final : public rocksdb::EventListener {
 public:
  bool ShouldBeNotifiedOnFileIO() override { return true; }
  void OnFileReadFinish(const rocksdb::FileOperationInfo&) override;
  void OnFileWriteFinish(const rocksdb::FileOperationInfo&) override;
};

/// RocksDB's own environment on those files, but tables are written in pieces of 64 KiB, each the work of some 0.3 ms.
/// The write-ahead log keeps RocksDB's larger pieces: somebody waits for it.
std::unique_ptr<rocksdb::Env> table_pieces_env(std::shared_ptr<rocksdb::FileSystem> files);

}  // namespace placet::store
