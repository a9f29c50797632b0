#pragma once

#include <rocksdb/env.h>
#include <rocksdb/listener.h>

namespace placet::store {

/// Flushes and compactions run where a processor is idle (database.cc), and let go of it at the pieces of files that
/// they read and write.
class ShortTurns final : public rocksdb::EventListener {
 public:
  bool ShouldBeNotifiedOnFileIO() override { return true; }
  void OnFileReadFinish(const rocksdb::FileOperationInfo&) override;
  void OnFileWriteFinish(const rocksdb::FileOperationInfo&) override;
};

/// RocksDB's own environment, but tables are written in pieces of 64 KiB, each the work of some 0.3 ms. The write-ahead
/// log keeps RocksDB's larger pieces: somebody waits for it. Never destroyed.
rocksdb::Env* table_pieces_env();

}  // namespace placet::store
