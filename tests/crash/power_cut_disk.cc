#include "tests/crash/power_cut_disk.h"

#include <algorithm>
#include <fstream>
#include <ranges>
#include <set>
#include <utility>

namespace placet::testing {

namespace fs = std::filesystem;
using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

namespace {

IOStatus no_power() { return IOStatus::IOError("the power failed"); }

/// RocksDB's own log of what it does: nothing depends on it.
class Silence final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
  std::size_t GetLogFileSize() const override { return 0; }
};

std::uint64_t below(std::mt19937_64& random, std::uint64_t n) { return n == 0 ? 0 : random() % n; }

}  // namespace

class PowerCutDisk::WritableFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WritableFile(PowerCutDisk& disk, FileNumber number, std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk), number_(number) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, IODebugContext* debug) override {
    if (!disk_.spend()) return no_power();
    const IOStatus status = target()->Append(data, options, debug);
    const std::lock_guard lock(disk_.mutex_);
    if (status.ok()) mine().size += data.size();
    return status;
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus PositionedAppend(const rocksdb::Slice&, std::uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::NotSupported("PositionedAppend");
  }
  IOStatus PositionedAppend(const rocksdb::Slice&, std::uint64_t, const IOOptions&,
                            const rocksdb::DataVerificationInfo&, IODebugContext*) override {
    return IOStatus::NotSupported("PositionedAppend");
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    if (!disk_.spend()) return no_power();
    const std::lock_guard lock(disk_.mutex_);
    mine().synced = mine().size;
    return IOStatus::OK();
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override { return Sync(options, debug); }
  IOStatus Truncate(std::uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    const IOStatus status = target()->Truncate(size, options, debug);
    const std::lock_guard lock(disk_.mutex_);
    mine().size = size;
    mine().synced = std::min(mine().synced, size);
    return status;
  }
  // Promises nothing.
  IOStatus RangeSync(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }
  IOStatus Allocate(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  void PrepareWrite(std::size_t, std::size_t, const IOOptions&, IODebugContext*) override {}

 private:
  File& mine() { return disk_.files_.at(number_); }

  PowerCutDisk& disk_;
  const FileNumber number_;
};

class PowerCutDisk::Directory final : public rocksdb::FSDirectory {
 public:
  Directory(PowerCutDisk& disk, fs::path path) : disk_(disk), path_(std::move(path)) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    if (!disk_.spend()) return no_power();
    const std::lock_guard lock(disk_.mutex_);
    std::erase_if(disk_.pending_, [this](const NameChange& change) {
      const bool mine = std::ranges::any_of(
          change, [this](const auto& entry) { return fs::path(entry.first).parent_path() == path_; });
      if (mine) apply(change, disk_.durable_);
      return mine;
    });
    return IOStatus::OK();
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  PowerCutDisk& disk_;
  const fs::path path_;
};

PowerCutDisk::PowerCutDisk(fs::path aside, std::uint64_t fails_at)
    : FileSystemWrapper(FileSystem::Default()), aside_(std::move(aside)), fails_at_(fails_at) {
  fs::create_directories(aside_);
}

PowerCutDisk::~PowerCutDisk() = default;

bool PowerCutDisk::spend() {
  const std::lock_guard lock(mutex_);
  return operations_ < fails_at_ && ++operations_ < fails_at_;
}

bool PowerCutDisk::has_power() const {
  const std::lock_guard lock(mutex_);
  return operations_ < fails_at_;
}

std::uint64_t PowerCutDisk::operations() const {
  const std::lock_guard lock(mutex_);
  return operations_;
}

/// Gives a file that stands under that name a number, and a name in aside_.
PowerCutDisk::FileNumber PowerCutDisk::keep(const std::string& name, std::uint64_t size) {
  files_.push_back({size, size, name.find("/MANIFEST-") != std::string::npos});
  fs::create_hard_link(name, kept_at(files_.size() - 1));
  return files_.size() - 1;
}

/// A name that is not known yet is from before: durable.
PowerCutDisk::FileNumber PowerCutDisk::file_of(const std::string& name) {
  const auto known = now_.find(name);
  if (known != now_.end()) return known->second;
  const FileNumber file = keep(name, fs::file_size(name));
  durable_[name] = file;
  now_[name] = file;
  return file;
}

void PowerCutDisk::apply(const NameChange& change, Names& names) {
  for (const auto& [name, file] : change) {
    if (file)
      names[name] = *file;
    else
      names.erase(name);
  }
}

void PowerCutDisk::change(NameChange change) {
  apply(change, now_);
  pending_.push_back(std::move(change));
}

IOStatus PowerCutDisk::NewWritableFile(const std::string& name, const FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file, IODebugContext* debug) {
  if (!spend()) return no_power();
  const std::lock_guard lock(mutex_);
  if (fs::exists(name)) {  // The old one must be there to come back.
    file_of(name);
    fs::remove(name);
  }
  std::unique_ptr<rocksdb::FSWritableFile> made;
  const IOStatus status = target()->NewWritableFile(name, options, &made, debug);
  if (!status.ok()) return status;
  const FileNumber number = keep(name, 0);
  change({{name, number}});
  *file = std::make_unique<WritableFile>(*this, number, std::move(made));
  return status;
}

IOStatus PowerCutDisk::ReopenWritableFile(const std::string& name, const FileOptions& options,
                                          std::unique_ptr<rocksdb::FSWritableFile>* file, IODebugContext* debug) {
  if (!has_power()) return no_power();
  std::unique_ptr<rocksdb::FSWritableFile> opened;
  const IOStatus status = target()->ReopenWritableFile(name, options, &opened, debug);
  const std::lock_guard lock(mutex_);
  if (status.ok()) *file = std::make_unique<WritableFile>(*this, file_of(name), std::move(opened));
  return status;
}

IOStatus PowerCutDisk::ReuseWritableFile(const std::string&, const std::string&, const FileOptions&,
                                         std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) {
  return IOStatus::NotSupported("files are not used again");
}

IOStatus PowerCutDisk::NewRandomRWFile(const std::string&, const FileOptions&,
                                       std::unique_ptr<rocksdb::FSRandomRWFile>*, IODebugContext*) {
  return IOStatus::NotSupported("files are appended to");
}

IOStatus PowerCutDisk::NewDirectory(const std::string& name, const IOOptions&,
                                    std::unique_ptr<rocksdb::FSDirectory>* directory, IODebugContext*) {
  *directory = std::make_unique<Directory>(*this, name);
  return IOStatus::OK();
}

IOStatus PowerCutDisk::NewLogger(const std::string&, const IOOptions&, std::shared_ptr<rocksdb::Logger>* logger,
                                 IODebugContext*) {
  *logger = std::make_shared<Silence>();
  return IOStatus::OK();
}

IOStatus PowerCutDisk::DeleteFile(const std::string& name, const IOOptions& options, IODebugContext* debug) {
  if (!spend()) return no_power();
  const std::lock_guard lock(mutex_);
  if (fs::exists(name)) file_of(name);
  const IOStatus status = target()->DeleteFile(name, options, debug);
  if (status.ok()) change({{name, std::nullopt}});
  return status;
}

IOStatus PowerCutDisk::RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                                  IODebugContext* debug) {
  if (!spend()) return no_power();
  const std::lock_guard lock(mutex_);
  if (fs::exists(to)) file_of(to);
  const FileNumber file = file_of(from);
  const IOStatus status = target()->RenameFile(from, to, options, debug);
  if (status.ok()) change({{from, std::nullopt}, {to, file}});
  return status;
}

IOStatus PowerCutDisk::LinkFile(const std::string& from, const std::string& to, const IOOptions& options,
                                IODebugContext* debug) {
  if (!spend()) return no_power();
  const std::lock_guard lock(mutex_);
  const FileNumber file = file_of(from);
  const IOStatus status = target()->LinkFile(from, to, options, debug);
  if (status.ok()) change({{to, file}});
  return status;
}

IOStatus PowerCutDisk::Truncate(const std::string&, std::size_t, const IOOptions&, IODebugContext*) {
  return IOStatus::NotSupported("Truncate");
}

/// Leaves some of what is behind the last sync.
void PowerCutDisk::tear(FileNumber number, std::mt19937_64& random) const {
  const File& file = files_.at(number);
  if (file.size <= file.synced) return;
  const fs::path path = kept_at(number);
  const std::uint64_t sector = below(random, 2) == 0 ? 512 : 4'096;
  const std::uint64_t cut = file.synced + below(random, file.size - file.synced + 1);
  switch (below(random, file.is_manifest ? 4 : 5)) {
    case 0: return;  // all of it had reached the disk
    case 1: fs::resize_file(path, file.synced); return;
    case 2: fs::resize_file(path, cut); return;
    case 3: fs::resize_file(path, std::max(file.synced, cut / sector * sector)); return;
    default: break;
  }
  std::fstream bytes(path, std::ios::in | std::ios::out | std::ios::binary);
  for (std::uint64_t from = file.synced; from < file.size;) {
    const std::uint64_t to = std::min(file.size, (from / sector + 1) * sector);
    if (below(random, 2) == 0) {
      bytes.seekp(static_cast<std::streamoff>(from));
      bytes << std::string(to - from, '\0');
    }
    from = to;
  }
}

void PowerCutDisk::settle(std::mt19937_64& random) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t survived = below(random, pending_.size() + 1);
  for (const NameChange& change : pending_ | std::views::take(survived)) apply(change, durable_);
  std::set<FileNumber> left;
  for (const auto& [name, file] : durable_) left.insert(file);
  for (const FileNumber file : left) tear(file, random);
  for (const auto& [name, file] : now_) fs::remove(name);
  for (const auto& [name, file] : durable_) fs::create_hard_link(kept_at(file), name);
  fs::remove_all(aside_);
}

}  // namespace placet::testing
