#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "store/memory/row_store.h"
#include "store/row_archive.h"

namespace placet::store {

/// Copies every row that it keeps: for simulations, where tables are small.
class MemoryRowArchive final : public RowArchive {
 public:
  std::vector<LogSize> sizes() const override;
  Result<void> keep(LogSize size, RowStore& rows) override;
  Result<void> drop(LogSize size) override;
  Result<std::shared_ptr<RowStore>> open(LogSize size) override;
  Result<std::shared_ptr<RowStore>> open_to_read(LogSize size) override { return open(size); }

 private:
  mutable std::mutex mutex_;  // guards kept_
  std::map<LogSize, std::shared_ptr<const RowStore>> kept_;
};

}  // namespace placet::store
