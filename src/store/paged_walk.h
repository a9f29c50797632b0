#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "store/log_tables.h"
#include "store/row_store.h"

namespace placet::store {

/// A walk over a table of any reader, which must outlive it: reads some rows at a time.
class PagedWalk final : public RowWalk {
 public:
  PagedWalk(const RowReader& reader, std::string table) : reader_(reader), table_(std::move(table)) {}

  Result<std::optional<Row>> next() override {
    if (at_ == page_.size() && !ended_) PLACET_TRY(turn());
    if (at_ == page_.size()) return std::nullopt;
    const auto& [key, value] = page_[at_++];
    return Row{key, value};
  }

 private:
  static constexpr std::size_t kPageRows = 4'096;
  static constexpr std::size_t kPageBytes = std::size_t{4} << 20U;

  Result<void> turn() {
    const KeyRange behind{page_.empty() ? Bytes() : page_.back().first + '\0', {}};
    page_.clear();
    at_ = 0;
    std::size_t bytes = 0;
    ended_ = true;
    return reader_.scan(table_, behind, [&](BytesView key, BytesView row) {
      page_.emplace_back(key, row);
      bytes += key.size() + row.size();
      ended_ = page_.size() < kPageRows && bytes < kPageBytes;
      return ended_;
    });
  }

  const RowReader& reader_;
  const std::string table_;
  std::vector<std::pair<Bytes, Bytes>> page_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace placet::store
