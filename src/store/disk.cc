#include "store/disk.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fmt/format.h>

namespace placet::store {
namespace {

std::unexpected<Error> failed(const char* what, const std::filesystem::path& path, int error) {
  return fail(ErrorCode::io, fmt::format("{} {}: {}", what, path.string(), std::generic_category().message(error)));
}

}  // namespace

Result<std::uint64_t> free_bytes(const std::filesystem::path& path) {
  struct statvfs info{};
  if (statvfs(path.c_str(), &info) != 0) return failed("cannot read the free space of", path, errno);
  return static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
}

Result<void> sync_directory(const std::filesystem::path& directory) {
  const int fd = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return failed("cannot open", directory, errno);
  const int outcome = fsync(fd);
  const int error = errno;
  close(fd);
  if (outcome != 0) return failed("cannot sync", directory, error);
  return {};
}

Result<void> make_directory(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return failed("cannot make", directory, error.value());
  return sync_directory(std::filesystem::absolute(directory).parent_path());
}

Result<void> write_synced(int fd, BytesView bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("cannot write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(fd) == 0 ? Result<void>{} : failed("cannot sync", path, errno);
}

Result<void> replace_file(const std::filesystem::path& path, BytesView bytes) {
  const std::filesystem::path made = path.string() + ".new";
  const int fd = open(made.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return failed("cannot make", made, errno);
  const Result<void> written = write_synced(fd, bytes, made);
  close(fd);
  PLACET_TRY(written);
  if (rename(made.c_str(), path.c_str()) != 0) return failed("cannot replace", path, errno);
  return sync_directory(std::filesystem::absolute(path).parent_path());
}

}  // namespace placet::store
