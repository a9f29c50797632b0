#include "store/rocks/flush_pace.h"

#include "base/thread.h"

namespace placet::store {

void FlushPace::OnFlushBegin(rocksdb::DB*, const rocksdb::FlushJobInfo& flush) {
  const std::lock_guard lock(mutex_);
  flusher_ = this_thread();
  if (flush.cf_name != column_) return;
  flushing_ = true;
  behind_ = 0;
}

void FlushPace::OnFlushCompleted(rocksdb::DB*, const rocksdb::FlushJobInfo& flush) {
  const std::lock_guard lock(mutex_);
  if (flush.cf_name != column_) return;
  flushing_ = false;
  if (behind_ == 0) run_when_idle(flusher_);
}

void FlushPace::OnMemTableSealed(const rocksdb::MemTableInfo& table) {
  const std::lock_guard lock(mutex_);
  if (table.cf_name != column_) return;
  ++behind_;
  if (flusher_ != 0 && (flushing_ || behind_ > 1)) run_as_others(flusher_);
}

}  // namespace placet::store
