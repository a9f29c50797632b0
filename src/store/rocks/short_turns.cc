#include "store/rocks/short_turns.h"

#include "base/thread.h"

namespace placet::store {

void ShortTurns::OnFileReadFinish(const rocksdb::FileOperationInfo&) { let_go(); }
void ShortTurns::OnFileWriteFinish(const rocksdb::FileOperationInfo&) { let_go(); }

}  // namespace placet::store
