#include "store/rocks/row_archive.h"

#include <charconv>
#include <map>
#include <mutex>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "store/rocks/options.h"
#include "store/rocks/row_copy.h"

namespace placet::store {
namespace {

namespace fs = std::filesystem;

std::optional<LogSize> size_named(const fs::path& folder) {
  const std::string name = folder.filename();
  LogSize size;
  const auto [rest, error] = std::from_chars(name.data(), name.data() + name.size(), size.value);
  if (error != std::errc() || rest != name.data() + name.size()) return std::nullopt;
  return size;
}

Result<void> result_of(std::error_code error, std::string_view doing, const fs::path& path) {
  if (!error) return {};
  return fail(ErrorCode::io, fmt::format("cannot {} {}: {}", doing, path.string(), error.message()));
}

/// A table file never changes; the others are short, and a database that is opened writes on in them.
Result<void> copy_database(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directory(to, error);
  PLACET_TRY(result_of(error, "make", to));
  for (auto entry = fs::directory_iterator(from, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    const fs::path copy = to / entry->path().filename();
    if (entry->path().extension() == ".sst")
      fs::create_hard_link(entry->path(), copy, error);
    else
      fs::copy_file(entry->path(), copy, error);
    PLACET_TRY(result_of(error, "copy", entry->path()));
  }
  return result_of(error, "read", from);
}

/// A folder of rows. Once it is dropped it stays for those who read in it, and goes with the last of them or, when the
/// process ends before, at the next start.
class Kept {
 public:
  explicit Kept(fs::path folder) : folder_(std::move(folder)) {}
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;
  ~Kept() {
    std::error_code ignored;
    if (!opens(folder_)) fs::remove_all(folder_, ignored);
  }

  const fs::path& folder() const { return folder_; }
  /// From here on nobody can open it.
  Result<void> drop() const {
    std::error_code error;
    fs::rename(folder_ / kCurrent, folder_ / "dropped", error);
    return result_of(error, "drop", folder_);
  }
  static bool opens(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / kCurrent, ignored);
  }

 private:
  static constexpr std::string_view kCurrent = "CURRENT";  // without it a folder is no database of RocksDB
  const fs::path folder_;
};

class RocksRowArchive final : public RowArchive {
 public:
  explicit RocksRowArchive(fs::path folder) : folder_(std::move(folder)), cache_(row_block_cache(true)) {}

  std::vector<LogSize> sizes() const override {
    const std::lock_guard lock(mutex_);
    const auto sizes = std::views::keys(kept_);
    return {sizes.begin(), sizes.end()};
  }
  Result<void> load();
  Result<void> keep(LogSize size, RowStore& rows) override;
  Result<void> drop(LogSize size) override;
  Result<std::shared_ptr<RowStore>> open(LogSize size) override;
  Result<std::shared_ptr<RowStore>> open_to_read(LogSize size) override;

 private:
  fs::path folder_of(LogSize size) const { return folder_ / std::to_string(size.value); }
  /// The caller holds mutex_.
  Result<std::shared_ptr<const Kept>> find(LogSize size) const {
    const auto found = kept_.find(size);
    if (found == kept_.end()) return fail(ErrorCode::not_found, fmt::format("no rows are kept at {}", size.value));
    return found->second;
  }
  Result<std::unique_ptr<RowStore>> store_in(const fs::path& folder, OpenMode mode) const {
    return open_row_store(folder, RowKind::rebuildable, mode, {}, cache_);
  }

  const fs::path folder_;
  const std::shared_ptr<rocksdb::Cache> cache_;  // of all stores that are open
  mutable std::mutex mutex_;                     // guards what follows, and which folders there are
  std::map<LogSize, std::shared_ptr<const Kept>> kept_;
  std::uint64_t opened_ = 0;  // to write in
};

Result<void> RocksRowArchive::load() {
  std::error_code error;
  fs::create_directories(folder_, error);
  PLACET_TRY(result_of(error, "make", folder_));
  std::vector<fs::path> left_over;
  for (auto entry = fs::directory_iterator(folder_, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    if (const auto size = size_named(entry->path()); size && Kept::opens(entry->path()))
      kept_.emplace(*size, std::make_shared<const Kept>(entry->path()));
    else
      left_over.push_back(entry->path());
  }
  PLACET_TRY(result_of(error, "read", folder_));
  for (const fs::path& path : left_over) {
    fs::remove_all(path, error);
    PLACET_TRY(result_of(error, "remove", path));
  }
  return {};
}

Result<void> RocksRowArchive::keep(LogSize size, RowStore& rows) {
  auto* const copied = dynamic_cast<CopiedRows*>(&rows);
  PLACET_CHECK(copied != nullptr, "rows that are not in RocksDB cannot be kept there");
  const std::lock_guard lock(mutex_);
  if (kept_.contains(size)) return {};
  PLACET_TRY(copied->copy_to(folder_of(size)));
  kept_.emplace(size, std::make_shared<const Kept>(folder_of(size)));
  return {};
}

Result<void> RocksRowArchive::drop(LogSize size) {
  const std::lock_guard lock(mutex_);
  const auto kept = kept_.find(size);
  if (kept == kept_.end()) return {};
  PLACET_TRY(kept->second->drop());
  kept_.erase(kept);
  return {};
}

Result<std::shared_ptr<RowStore>> RocksRowArchive::open(LogSize size) {
  fs::path scratch;
  {
    const std::lock_guard lock(mutex_);
    scratch = folder_ / fmt::format("open-{}", opened_++);
    if (size.value != 0) {
      PLACET_ASSIGN(const auto kept, find(size));
      PLACET_TRY(copy_database(kept->folder(), scratch));
    }
  }
  auto rows = store_in(scratch, OpenMode::create);
  const auto remove = [scratch] {
    std::error_code ignored;
    fs::remove_all(scratch, ignored);
  };
  if (!rows) {
    remove();
    return std::unexpected(std::move(rows).error());
  }
  return std::shared_ptr<RowStore>(rows->release(), [remove](const RowStore* store) {
    delete store;
    remove();
  });
}

Result<std::shared_ptr<RowStore>> RocksRowArchive::open_to_read(LogSize size) {
  std::shared_ptr<const Kept> kept;
  {
    const std::lock_guard lock(mutex_);
    PLACET_ASSIGN(kept, find(size));
  }
  PLACET_ASSIGN(auto rows, store_in(kept->folder(), OpenMode::read_only));
  return std::shared_ptr<RowStore>(rows.release(), [kept](const RowStore* store) { delete store; });
}

}  // namespace

Result<std::unique_ptr<RowArchive>> open_row_archive(const std::filesystem::path& folder) {
  auto archive = std::make_unique<RocksRowArchive>(folder);
  PLACET_TRY(archive->load());
  return archive;
}

}  // namespace placet::store
