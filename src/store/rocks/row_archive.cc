#include "store/rocks/row_archive.h"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <optional>
#include <string>
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

class RocksRowArchive final : public RowArchive {
 public:
  explicit RocksRowArchive(fs::path folder) : folder_(std::move(folder)), cache_(row_block_cache(true)) {}

  std::vector<LogSize> sizes() const override {
    const std::lock_guard lock(mutex_);
    return sizes_;
  }
  Result<void> load();
  Result<void> keep(LogSize size, RowStore& rows) override;
  Result<void> drop(LogSize size) override;
  Result<std::shared_ptr<RowStore>> open(LogSize size) override { return open(size, OpenMode::create); }
  Result<std::shared_ptr<RowStore>> open_to_read(LogSize size) override { return open(size, OpenMode::read_only); }

 private:
  Result<std::shared_ptr<RowStore>> open(LogSize size, OpenMode mode);
  fs::path folder_of(LogSize size) const { return folder_ / std::to_string(size.value); }

  const fs::path folder_;
  const std::shared_ptr<rocksdb::Cache> cache_;  // of all stores that are open
  mutable std::mutex mutex_;                     // guards what follows, and which folders there are
  std::vector<LogSize> sizes_;                   // smallest first
  std::uint64_t opened_ = 0;                     // stores
};

Result<void> RocksRowArchive::load() {
  std::error_code error;
  fs::create_directories(folder_, error);
  PLACET_TRY(result_of(error, "make", folder_));
  std::vector<fs::path> left_over;
  for (auto entry = fs::directory_iterator(folder_, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    if (const auto size = size_named(entry->path()))
      sizes_.push_back(*size);
    else
      left_over.push_back(entry->path());
  }
  PLACET_TRY(result_of(error, "read", folder_));
  std::ranges::sort(sizes_);
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
  const auto place = std::ranges::lower_bound(sizes_, size);
  if (place != sizes_.end() && *place == size) return {};
  PLACET_TRY(copied->copy_to(folder_of(size)));
  sizes_.insert(place, size);
  return {};
}

Result<void> RocksRowArchive::drop(LogSize size) {
  const std::lock_guard lock(mutex_);
  if (std::erase(sizes_, size) == 0) return {};
  // Under another name first: half of a folder must not be taken for one that is whole.
  const fs::path going = folder_of(size).concat(".old");
  std::error_code error;
  fs::rename(folder_of(size), going, error);
  if (!error) fs::remove_all(going, error);
  return result_of(error, "remove", folder_of(size));
}

Result<std::shared_ptr<RowStore>> RocksRowArchive::open(LogSize size, OpenMode mode) {
  fs::path scratch;
  {
    const std::lock_guard lock(mutex_);
    scratch = folder_ / fmt::format("open-{}", opened_++);
    if (size.value != 0) {
      if (!std::ranges::binary_search(sizes_, size))
        return fail(ErrorCode::not_found, fmt::format("no rows are kept at {}", size.value));
      PLACET_TRY(copy_database(folder_of(size), scratch));
    }
  }
  auto rows = open_row_store(scratch, RowKind::rebuildable, mode, {}, cache_);
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

}  // namespace

Result<std::unique_ptr<RowArchive>> open_row_archive(const std::filesystem::path& folder) {
  auto archive = std::make_unique<RocksRowArchive>(folder);
  PLACET_TRY(archive->load());
  return archive;
}

}  // namespace placet::store
