#include "tests/crash/failing_calls.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

// The calls that placetd and its libraries make on files of a ledger.

namespace placet::testing {
namespace {

struct Plan {
  unsigned kind = 0;
  unsigned long at = 0;  // never
  int error = 0;
  int lasts = 0;
  std::string data, keys;  // each with a slash behind it
  CallCounts* counts = nullptr;

  Plan() {
    const char* file = std::getenv("PLACET_FAILING_CALLS");
    const char* below = std::getenv("PLACET_FAILING_BELOW");
    if (file == nullptr || below == nullptr) return;
    data = std::string(below) + "/";
    keys = std::string(below) + ".keys/";
    if (const char* text = std::getenv("PLACET_FAILING"))
      std::sscanf(text, "%u,%lu,%d,%d", &kind, &at, &error, &lasts);  // NOLINT(cert-err34-c): the test wrote it
    const auto open_file = reinterpret_cast<int (*)(const char*, int, ...)>(dlsym(RTLD_NEXT, "open"));
    const int fd = open_file(file, O_RDWR | O_CLOEXEC);
    void* shared = ::mmap(nullptr, sizeof(CallCounts), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (shared == MAP_FAILED) std::abort();
    ::close(fd);
    counts = static_cast<CallCounts*>(shared);
  }

  bool watches(std::string_view path) const {
    return counts != nullptr && (path.starts_with(data) || path.starts_with(keys));
  }
};

const Plan& plan() {
  static const Plan plan;
  return plan;
}

std::string path_of(int fd) {
  std::array<char, 512> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
  return {path.data(), size < 0 ? 0 : static_cast<std::size_t>(size)};
}

/// Counts a call; 0, or the error with which it shall fail. `first` says whether it is the first one that does.
int error_of(CallKind kind, std::string_view path, bool* first = nullptr) {
  if (!plan().watches(path)) return 0;
  const auto index = static_cast<unsigned>(kind);
  const unsigned long n = ++plan().counts->calls.at(index);
  const bool is_first = n == plan().at;
  if (plan().kind != index || plan().at == 0 || !(is_first || (plan().lasts != 0 && n > plan().at))) return 0;
  if (is_first) path.copy(plan().counts->file.data(), plan().counts->file.size() - 1);
  ++plan().counts->failed;
  if (first != nullptr) *first = is_first;
  errno = plan().error;
  return plan().error;
}

template <class Call>
Call* original(const char* name) {
  return reinterpret_cast<Call*>(dlsym(RTLD_NEXT, name));
}

/// A full disk takes the first half of what is written when it gets full.
template <class WriteSome>
ssize_t write_some(int fd, std::size_t size, WriteSome write) {
  bool first = false;
  const int error = error_of(CallKind::write, path_of(fd), &first);
  if (error == 0) return write(size);
  if (error == ENOSPC && first && size > 1) return write(size / 2);
  return -1;
}

using Open = int(const char*, int, ...);
using Write = ssize_t(int, const void*, size_t);
using WriteAt = ssize_t(int, const void*, size_t, off_t);
using WriteVector = ssize_t(int, const iovec*, int);
using Sync = int(int);
using SyncRange = int(int, off64_t, off64_t, unsigned);
using Rename = int(const char*, const char*);
using Resize = int(int, off_t);
using Allocate = int(int, int, off_t, off_t);

mode_t mode_of(int flags, va_list rest) { return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0; }

}  // namespace
}  // namespace placet::testing

using namespace placet::testing;

extern "C" {

int open(const char* path, int flags, ...) {
  static Open* const call = original<Open>("open");
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return error_of(CallKind::open, path) != 0 ? -1 : call(path, flags, mode);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  static Write* const call = original<Write>("write");
  return write_some(fd, size, [&](std::size_t some) { return call(fd, bytes, some); });
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  static WriteAt* const call = original<WriteAt>("pwrite");
  return write_some(fd, size, [&](std::size_t some) { return call(fd, bytes, some, at); });
}
ssize_t writev(int fd, const iovec* parts, int count) {
  static WriteVector* const call = original<WriteVector>("writev");
  return error_of(CallKind::write, path_of(fd)) != 0 ? -1 : call(fd, parts, count);
}

int fsync(int fd) {
  static Sync* const call = original<Sync>("fsync");
  return error_of(CallKind::sync, path_of(fd)) != 0 ? -1 : call(fd);
}
int fdatasync(int fd) {
  static Sync* const call = original<Sync>("fdatasync");
  return error_of(CallKind::sync, path_of(fd)) != 0 ? -1 : call(fd);
}
int sync_file_range(int fd, off64_t from, off64_t size, unsigned flags) {
  static SyncRange* const call = original<SyncRange>("sync_file_range");
  // With no flags it syncs nothing: so RocksDB asks whether there is such a call.
  return flags != 0 && error_of(CallKind::sync, path_of(fd)) != 0 ? -1 : call(fd, from, size, flags);
}

int rename(const char* from, const char* to) noexcept {
  static Rename* const call = original<Rename>("rename");
  return error_of(CallKind::rename, to) != 0 ? -1 : call(from, to);
}

int ftruncate(int fd, off_t size) noexcept {
  static Resize* const call = original<Resize>("ftruncate");
  return error_of(CallKind::size, path_of(fd)) != 0 ? -1 : call(fd, size);
}
int fallocate(int fd, int mode, off_t from, off_t size) {
  static Allocate* const call = original<Allocate>("fallocate");
  return error_of(CallKind::size, path_of(fd)) != 0 ? -1 : call(fd, mode, from, size);
}
}
