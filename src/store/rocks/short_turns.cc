#include "store/rocks/short_turns.h"

#include <rocksdb/file_system.h>

#include <memory>

#include "base/thread.h"

namespace placet::store {
namespace {

class TablesInPieces final : public rocksdb::FileSystemWrapper {
 public:
  TablesInPieces() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "TablesInPieces"; }
  rocksdb::FileOptions OptimizeForCompactionTableWrite(const rocksdb::FileOptions& file,
                                                       const rocksdb::ImmutableDBOptions& database) const override {
    constexpr std::size_t kPieceBytes = 64 * 1024;
    rocksdb::FileOptions options = FileSystemWrapper::OptimizeForCompactionTableWrite(file, database);
    options.writable_file_max_buffer_size = kPieceBytes;
    return options;
  }
};

}  // namespace

void ShortTurns::OnFileReadFinish(const rocksdb::FileOperationInfo&) { let_go(); }
void ShortTurns::OnFileWriteFinish(const rocksdb::FileOperationInfo&) { let_go(); }

rocksdb::Env* table_pieces_env() {
  static rocksdb::Env* const env = rocksdb::NewCompositeEnv(std::make_shared<TablesInPieces>()).release();
  return env;
}

}  // namespace placet::store
