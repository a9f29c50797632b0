#pragma once

#include <rocksdb/file_system.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace placet::testing {

/// A disk below RocksDB that forgets what was not synced when its power fails. Programs see ordinary files; which bytes
/// and names are durable is kept here. After the cut:
///
/// * A file's bytes up to its last sync are there. Of those behind, some are: up to any byte or sector, or the sectors
///   reached the disk in another order and some of them are zeros. Not in a manifest: RocksDB takes that for damage.
/// * Names that were made, changed or deleted since their folder was synced are there up to any one of them, in the
///   order in which that was done, as file systems with a journal have it. Files and names do not wait for one another.
///
/// Folders themselves are durable, and so is what others than RocksDB write. Made anew after each cut.
class PowerCutDisk final : public rocksdb::FileSystemWrapper {
 public:
  /// The power fails at the operation of that number: what writes, syncs or changes a name. `aside` is a folder on the
  /// same file system; made here, and deleted by `settle`.
  PowerCutDisk(std::filesystem::path aside, std::uint64_t fails_at);
  ~PowerCutDisk() override;

  const char* Name() const override { return "PowerCutDisk"; }

  /// Counts an operation. False: there is no power for it.
  bool spend();
  bool has_power() const;
  std::uint64_t operations() const;

  /// The files become what the cut left of them. Nobody may have one open.
  void settle(std::mt19937_64& random);

  // What RocksDB calls.
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewRandomRWFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewLogger(const std::string& name, const rocksdb::IOOptions& options,
                              std::shared_ptr<rocksdb::Logger>* logger, rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus Truncate(const std::string& name, std::size_t size, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override;

 private:
  class WritableFile;
  class Directory;

  struct File {
    std::uint64_t size = 0;
    std::uint64_t synced = 0;
    bool is_manifest = false;
  };
  using FileNumber = std::size_t;
  /// What becomes of names in one step.
  using NameChange = std::map<std::string, std::optional<FileNumber>>;
  using Names = std::map<std::string, FileNumber>;

  std::filesystem::path kept_at(FileNumber file) const { return aside_ / std::to_string(file); }
  FileNumber file_of(const std::string& name);
  FileNumber keep(const std::string& name, std::uint64_t size);
  void change(NameChange change);
  void tear(FileNumber file, std::mt19937_64& random) const;
  static void apply(const NameChange& change, Names& names);

  const std::filesystem::path aside_;
  const std::uint64_t fails_at_;
  mutable std::mutex mutex_;  // guards the rest
  std::uint64_t operations_ = 0;
  std::vector<File> files_;  // each has a second name in aside_
  Names now_;
  Names durable_;
  std::vector<NameChange> pending_;
};

}  // namespace placet::testing
