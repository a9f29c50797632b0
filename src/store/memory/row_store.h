#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "store/row_store.h"

namespace placet::store {

/// A RowStore that stands in for the disk in simulations, where tables are small: snapshots and scans copy what they
/// show.
class MemoryRowStore final : public RowStore {
 public:
  explicit MemoryRowStore(std::span<const std::string> tables);

  Result<std::optional<Bytes>> get(std::string_view table, BytesView key) const override;
  Result<void> scan(std::string_view table, const KeyRange& range, const RowVisitor& visit) const override;
  Result<void> write(const RowBatch& batch, Durability durability) override;
  Result<void> flush() override;
  std::unique_ptr<RowReader> snapshot() const override;
  std::vector<std::string> tables() const override;
  Result<void> create_table(std::string_view name) override;
  Result<void> drop_table(std::string_view name) override;

  /// From now on nothing is written, until a crash.
  void fail_writes();
  /// Takes back every write that no flush and no synced write has made durable, as a power cut does.
  void crash();

 private:
  class Snapshot;
  using Rows = std::map<Bytes, Bytes, std::less<>>;
  using Tables = std::map<std::string, Rows, std::less<>>;
  struct Undo {
    std::string table;
    Bytes key;
    std::optional<Bytes> value;
  };

  static Result<std::optional<Bytes>> get_from(const Tables& tables, std::string_view table, BytesView key);
  static Result<std::vector<std::pair<Bytes, Bytes>>> rows_in(const Tables& tables, std::string_view table,
                                                              const KeyRange& range);
  static void set(Rows& rows, BytesView key, const std::optional<BytesView>& value);

  mutable std::mutex mutex_;  // guards everything below; never held while a visitor runs
  Tables tables_;
  std::vector<Undo> undo_;  // of the buffered writes, oldest first
  bool failing_ = false;
};

}  // namespace placet::store
