#include "store/memory/row_store.h"

#include <utility>

#include <fmt/format.h>

namespace placet::store {
namespace {

std::unexpected<Error> no_table(std::string_view name) {
  return fail(ErrorCode::not_found, fmt::format("there is no table {}", name));
}

std::unexpected<Error> injected_fault() { return fail(ErrorCode::io, "injected fault"); }

}  // namespace

class MemoryRowStore::Snapshot final : public RowReader {
 public:
  explicit Snapshot(Tables tables) : tables_(std::move(tables)) {}
  Result<std::optional<Bytes>> get(std::string_view table, BytesView key) const override {
    return get_from(tables_, table, key);
  }
  Result<void> scan(std::string_view table, const KeyRange& range, const RowVisitor& visit) const override {
    PLACET_ASSIGN(const auto rows, rows_in(tables_, table, range));
    for (const auto& [key, row] : rows)
      if (!visit(key, row)) break;
    return {};
  }

 private:
  const Tables tables_;
};

MemoryRowStore::MemoryRowStore(std::span<const std::string> tables) {
  for (const std::string& name : tables) tables_.try_emplace(name);
}

Result<std::optional<Bytes>> MemoryRowStore::get_from(const Tables& tables, std::string_view table, BytesView key) {
  const auto rows = tables.find(table);
  if (rows == tables.end()) return no_table(table);
  const auto row = rows->second.find(key);
  if (row == rows->second.end()) return std::nullopt;
  return row->second;
}

Result<std::vector<std::pair<Bytes, Bytes>>> MemoryRowStore::rows_in(const Tables& tables, std::string_view table,
                                                                     const KeyRange& range) {
  const auto rows = tables.find(table);
  if (rows == tables.end()) return no_table(table);
  std::vector<std::pair<Bytes, Bytes>> found;
  for (auto row = rows->second.lower_bound(range.from); row != rows->second.end(); ++row) {
    if (range.to && row->first >= *range.to) break;
    found.emplace_back(*row);
  }
  return found;
}

void MemoryRowStore::set(Rows& rows, BytesView key, const std::optional<BytesView>& value) {
  if (value)
    rows.insert_or_assign(Bytes(key), Bytes(*value));
  else if (const auto row = rows.find(key); row != rows.end())
    rows.erase(row);
}

Result<std::optional<Bytes>> MemoryRowStore::get(std::string_view table, BytesView key) const {
  const std::lock_guard lock(mutex_);
  return get_from(tables_, table, key);
}

Result<void> MemoryRowStore::scan(std::string_view table, const KeyRange& range, const RowVisitor& visit) const {
  std::unique_lock lock(mutex_);
  PLACET_ASSIGN(const auto rows, rows_in(tables_, table, range));
  lock.unlock();
  for (const auto& [key, row] : rows)
    if (!visit(key, row)) break;
  return {};
}

Result<void> MemoryRowStore::write(const RowBatch& batch, Durability durability) {
  const std::lock_guard lock(mutex_);
  if (failing_) return injected_fault();
  std::vector<Rows*> rows;
  for (const std::string& name : batch.tables()) {
    const auto found = tables_.find(name);
    if (found == tables_.end()) return no_table(name);
    rows.push_back(&found->second);
  }
  batch.for_each([&](const RowBatch::Change& change) {
    Rows& table = *rows[change.table];
    const auto old = table.find(change.key);
    undo_.push_back({batch.tables()[change.table], Bytes(change.key),
                     old == table.end() ? std::nullopt : std::optional(old->second)});
    set(table, change.key, change.value);
  });
  if (durability == Durability::synced) undo_.clear();
  return {};
}

Result<void> MemoryRowStore::flush() {
  const std::lock_guard lock(mutex_);
  if (failing_) return injected_fault();
  undo_.clear();
  return {};
}

std::unique_ptr<RowReader> MemoryRowStore::snapshot() const {
  const std::lock_guard lock(mutex_);
  return std::make_unique<Snapshot>(tables_);
}

std::vector<std::string> MemoryRowStore::tables() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, rows] : tables_) names.push_back(name);
  return names;
}

Result<void> MemoryRowStore::create_table(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (failing_) return injected_fault();
  tables_.try_emplace(std::string(name));
  return {};
}

Result<void> MemoryRowStore::drop_table(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (failing_) return injected_fault();
  const auto found = tables_.find(name);
  if (found == tables_.end()) return {};
  undo_.clear();
  tables_.erase(found);
  return {};
}

void MemoryRowStore::fail_writes() {
  const std::lock_guard lock(mutex_);
  failing_ = true;
}

void MemoryRowStore::crash() {
  const std::lock_guard lock(mutex_);
  failing_ = false;
  for (; !undo_.empty(); undo_.pop_back()) set(tables_.at(undo_.back().table), undo_.back().key, undo_.back().value);
}

}  // namespace placet::store
