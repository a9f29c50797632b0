#include "store/rocks/flush_pace.h"

#include <algorithm>

#include "base/thread.h"

namespace placet::store {

void FlushPace::OnFlushBegin(rocksdb::DB*, const rocksdb::FlushJobInfo& flush) {
  const std::lock_guard lock(mutex_);
  flushers_.insert(this_thread());
  if (flush.cf_name != column_) return;
  flushing_ = true;
  behind_ = 0;
}

void FlushPace::OnFlushCompleted(rocksdb::DB*, const rocksdb::FlushJobInfo& flush) {
  const std::lock_guard lock(mutex_);
  if (flush.cf_name != column_) return;
  flushing_ = false;
  if (behind_ == 0) std::ranges::for_each(flushers_, run_when_idle);
}

void FlushPace::OnMemTableSealed(const rocksdb::MemTableInfo& table) {
  const std::lock_guard lock(mutex_);
  if (table.cf_name != column_) return;
  ++behind_;
  if (flushing_ || behind_ > 1) std::ranges::for_each(flushers_, run_as_others);
}

}  // namespace placet::store
