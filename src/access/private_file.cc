#include "access/private_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "store/disk.h"

namespace placet::access {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

std::unexpected<Error> failed(const char* doing, const std::filesystem::path& path, int error) {
  return fail(error == ENOENT || error == ENOTDIR ? ErrorCode::not_found : ErrorCode::io,
              fmt::format("cannot {} {}: {}", doing, path.string(), std::generic_category().message(error)));
}

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

/// Asked of the open file, so that the one that was checked is the one that is read.
Result<void> check_mode(int fd, const std::filesystem::path& path, const char* wanted) {
  struct stat info{};
  if (fstat(fd, &info) != 0) return failed("look at", path, errno);
  if ((info.st_mode & kOthers) == 0) return {};
  return fail(ErrorCode::denied, fmt::format("{0} has mode {1:04o}, so others than its owner can reach the keys; run "
                                             "`chmod {2} {0}`, and ask who may have read them meanwhile",
                                             path.string(), info.st_mode & 07777, wanted));
}

std::filesystem::path parent_of(const std::filesystem::path& path) {
  const std::filesystem::path whole = std::filesystem::absolute(path).lexically_normal();
  return whole.has_filename() ? whole.parent_path() : whole.parent_path().parent_path();
}

}  // namespace

Result<void> write_private_file(const std::filesystem::path& path, BytesView bytes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file.is_open() && errno == EEXIST)
    return fail(ErrorCode::invalid, fmt::format("{} is there already and is never overwritten", path.string()));
  if (!file.is_open()) return failed("make", path, errno);
  PLACET_TRY(store::write_synced(file.get(), bytes, path));
  return store::sync_directory(parent_of(path));
}

Result<Bytes> read_private_file(const std::filesystem::path& path, std::size_t bytes_max) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return failed("open", path, errno);
  PLACET_TRY(check_mode(file.get(), path, "600"));
  Bytes bytes(bytes_max + 1, '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t count = read(file.get(), bytes.data() + size, bytes.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("read", path, errno);
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  if (size > bytes_max)
    return fail(ErrorCode::invalid, fmt::format("{} has more than {} bytes", path.string(), bytes_max));
  bytes.resize(size);
  return bytes;
}

Result<void> make_private_folder(const std::filesystem::path& path) {
  if (mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) return failed("make", path, errno);
  PLACET_TRY(check_private_folder(path));
  return store::sync_directory(parent_of(path));
}

Result<void> check_private_folder(const std::filesystem::path& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) return failed("open", path, errno);
  return check_mode(folder.get(), path, "700");
}

}  // namespace placet::access
