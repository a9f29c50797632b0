#include "store/memory/row_archive.h"

#include <utility>

#include <fmt/format.h>

namespace placet::store {
namespace {

Result<std::shared_ptr<RowStore>> copy_of(const RowStore& rows) {
  const std::vector<std::string> tables = rows.tables();
  auto copy = std::make_shared<MemoryRowStore>(tables);
  RowBatch batch;
  for (const std::string& table : tables) {
    PLACET_TRY(rows.scan(table, {}, [&](BytesView key, BytesView row) {
      batch.put(table, key, row);
      return true;
    }));
  }
  PLACET_TRY(copy->write(batch, Durability::synced));
  return copy;
}

}  // namespace

std::vector<LogSize> MemoryRowArchive::sizes() const {
  const std::lock_guard lock(mutex_);
  std::vector<LogSize> sizes;
  for (const auto& [size, rows] : kept_) sizes.push_back(size);
  return sizes;
}

Result<void> MemoryRowArchive::keep(LogSize size, RowStore& rows) {
  PLACET_ASSIGN(std::shared_ptr<const RowStore> copy, copy_of(rows));
  const std::lock_guard lock(mutex_);
  kept_.try_emplace(size, std::move(copy));
  return {};
}

Result<void> MemoryRowArchive::drop(LogSize size) {
  const std::lock_guard lock(mutex_);
  kept_.erase(size);
  return {};
}

Result<std::shared_ptr<RowStore>> MemoryRowArchive::open(LogSize size) {
  if (size.value == 0) return std::make_shared<MemoryRowStore>(std::vector<std::string>());
  std::shared_ptr<const RowStore> rows;
  {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(size);
    if (found == kept_.end()) return fail(ErrorCode::not_found, fmt::format("no rows are kept at {}", size.value));
    rows = found->second;
  }
  return copy_of(*rows);
}

}  // namespace placet::store
