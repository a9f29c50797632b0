#pragma once

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

}  // namespace placet::store
