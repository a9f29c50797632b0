#include "tools/placet/log_copy.h"

#include <utility>

#include "codec/record.h"
#include "merkle/hash.h"
#include "store/log_format.h"

namespace placet::cli {

namespace {

constexpr std::size_t kGroupBytes = std::size_t{4} << 20U;

class CopyingWalk final : public store::RowWalk {
 public:
  CopyingWalk(std::unique_ptr<store::RowWalk> walk, LogCopy& copy) : walk_(std::move(walk)), copy_(copy) {}
  Result<std::optional<Row>> next() override {
    PLACET_ASSIGN(const auto row, walk_->next());
    if (row && copying_) copying_ = copy(row->value);
    return row;
  }

 private:
  bool copy(BytesView chunk) {
    while (!chunk.empty()) {
      const auto record = store::take_framed(chunk);
      if (!record || !copy_.add(*record)) return false;
    }
    return true;
  }

  const std::unique_ptr<store::RowWalk> walk_;
  LogCopy& copy_;
  bool copying_ = true;
};

}  // namespace

Result<void> LogCopy::add(BytesView record) {
  PLACET_ASSIGN(const domain::Meta meta, codec::read_meta(record));
  if (meta.position.value != group_.end().value)
    return fail(ErrorCode::corrupt, "a record stands at another position than it says");
  group_.add_record(meta.stream, meta.version, record);
  tree_.append(merkle::leaf_hash(record));
  (void)tree_.take_full_tiles();
  return group_.bytes() < kGroupBytes ? Result<void>{} : finish();
}

Result<void> LogCopy::finish() {
  if (group_.empty()) return {};
  PLACET_TRY(log_.append(group_));
  group_.clear(group_.end());
  return {};
}

Result<std::unique_ptr<store::RowWalk>> CopyingTables::walk(store::LogColumn column) const {
  PLACET_ASSIGN(auto walk, tables_.walk(column));
  if (column != store::LogColumn::records) return walk;
  return std::make_unique<CopyingWalk>(std::move(walk), copy_);
}

}  // namespace placet::cli
