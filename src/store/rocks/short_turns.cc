#include "store/rocks/short_turns.h"

#include <algorithm>
#include <utility>

#include "base/thread.h"

namespace placet::store {
namespace {

class TablesInPieces final : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;
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

void ShortTurns::begins() {
  const std::lock_guard lock(mutex_);
  working_.insert(this_thread());
  if (!closing_) return;
  run_as_others(this_thread());
  hurried_.insert(this_thread());
}

void ShortTurns::ends() {
  const std::lock_guard lock(mutex_);
  working_.erase(this_thread());
}

void ShortTurns::somebody_closes() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  hurried_ = working_;
  for (const int thread : hurried_) run_as_others(thread);
}

void ShortTurns::closed() {
  const std::lock_guard lock(mutex_);
  std::ranges::for_each(hurried_, run_when_idle);
}

std::unique_ptr<rocksdb::Env> table_pieces_env(std::shared_ptr<rocksdb::FileSystem> files) {
  return rocksdb::NewCompositeEnv(std::make_shared<TablesInPieces>(std::move(files)));
}

}  // namespace placet::store
