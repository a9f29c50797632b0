#include "store/head_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <zlib.h>

#include "base/check.h"
#include "store/disk.h"
#include "store/log_format.h"

namespace placet::store {
namespace {

constexpr std::string_view kMagic = "PLCTHEAD";
constexpr std::size_t kSlotBytes = 4096;
constexpr std::size_t kSlots = 2;
constexpr std::size_t kCheckedBytes = 56;

using Slot = std::array<char, kSlotBytes>;

struct Entry {
  std::uint64_t sequence = 0;
  Head head;
};

std::unexpected<Error> failed(const char* what, const std::filesystem::path& path, int error) {
  return fail(ErrorCode::io,
              fmt::format("cannot {} {}: {}", what, path.string(), std::generic_category().message(error)));
}

std::uint32_t checksum_of(BytesView bytes) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

Slot encode(const Entry& entry) {
  Bytes text(kMagic);
  text.append(view_of(position_key(entry.sequence)));
  text.append(view_of(position_key(entry.head.size.value)));
  text.append(placet::view_of(entry.head.root));
  PLACET_CHECK(text.size() == kCheckedBytes);
  text.append(view_of(version_value({checksum_of(text)})));
  Slot slot{};
  std::ranges::copy(text, slot.begin());
  return slot;
}

std::optional<Entry> decode(const Slot& slot) {
  const BytesView bytes{slot.data(), slot.size()};
  if (!bytes.starts_with(kMagic)) return std::nullopt;
  if (trailing_u32(bytes.substr(0, kCheckedBytes + 4)) != checksum_of(bytes.substr(0, kCheckedBytes)))
    return std::nullopt;
  Entry entry{trailing_u64(bytes.substr(8, 8)), {{trailing_u64(bytes.substr(16, 8))}, {}}};
  std::memcpy(entry.head.root.data(), slot.data() + 24, entry.head.root.size());
  return entry;
}

/// 0, or the errno of the call that failed.
int read_slot(int fd, std::size_t index, Slot& slot) {
  const ssize_t count = pread(fd, slot.data(), slot.size(), static_cast<off_t>(index * kSlotBytes));
  if (count < 0) return errno;
  return static_cast<std::size_t>(count) == slot.size() ? 0 : EIO;
}

int write_slot(int fd, std::size_t index, const Slot& slot) {
  const ssize_t count = pwrite(fd, slot.data(), slot.size(), static_cast<off_t>(index * kSlotBytes));
  if (count < 0) return errno;
  return static_cast<std::size_t>(count) == slot.size() ? 0 : EIO;
}

}  // namespace

Result<HeadFile> HeadFile::create(const std::filesystem::path& path) {
  // Under another name first: a file of this name has its full size, whatever moment the power fails.
  std::filesystem::path fresh = path;
  fresh += ".new";
  std::error_code error;
  if (std::filesystem::exists(path, error))
    return fail(ErrorCode::invalid, fmt::format("{} exists already", path.string()));
  HeadFile file(path, ::open(fresh.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_DSYNC | O_CLOEXEC, 0644));
  if (file.fd_ < 0) return failed("create", fresh, errno);
  for (std::size_t slot = 0; slot < kSlots; ++slot)
    if (const int outcome = write_slot(file.fd_, slot, Slot{})) return failed("write", fresh, outcome);
  if (fsync(file.fd_) != 0) return failed("sync", fresh, errno);
  if (rename(fresh.c_str(), path.c_str()) != 0) return failed("rename", fresh, errno);
  PLACET_TRY(sync_directory(path.has_parent_path() ? path.parent_path() : "."));
  return file;
}

Result<HeadFile> HeadFile::open(const std::filesystem::path& path) { return open(path, O_RDWR | O_DSYNC); }
Result<HeadFile> HeadFile::open_read_only(const std::filesystem::path& path) { return open(path, O_RDONLY); }

Result<HeadFile> HeadFile::open(const std::filesystem::path& path, int flags) {
  HeadFile file(path, ::open(path.c_str(), flags | O_CLOEXEC));
  if (file.fd_ < 0) {
    if (errno == ENOENT) return fail(ErrorCode::not_found, fmt::format("there is no head file {}", path.string()));
    return failed("open", path, errno);
  }
  struct stat info{};
  if (fstat(file.fd_, &info) != 0) return failed("look at", path, errno);
  if (info.st_size != kSlots * kSlotBytes)
    return fail(ErrorCode::corrupt,
                fmt::format("{} has {} bytes, not {}", path.string(), info.st_size, kSlots * kSlotBytes));
  PLACET_TRY(file.find_newest());
  return file;
}

HeadFile::HeadFile(HeadFile&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      sequence_(other.sequence_),
      newest_slot_(other.newest_slot_) {}

HeadFile& HeadFile::operator=(HeadFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(fd_, other.fd_);
  std::swap(sequence_, other.sequence_);
  std::swap(newest_slot_, other.newest_slot_);
  return *this;
}

HeadFile::~HeadFile() {
  if (fd_ >= 0) close(fd_);
}

Result<std::optional<Head>> HeadFile::find_newest() {
  std::optional<Head> newest;
  bool written = false;
  for (unsigned index = 0; index < kSlots; ++index) {
    Slot slot;
    if (const int outcome = read_slot(fd_, index, slot)) return failed("read", path_, outcome);
    written = written || std::ranges::any_of(slot, [](char byte) { return byte != 0; });
    const std::optional<Entry> entry = decode(slot);
    if (!entry || (newest && entry->sequence < sequence_)) continue;
    newest = entry->head;
    sequence_ = entry->sequence;
    newest_slot_ = index;
  }
  if (written && !newest)
    return fail(ErrorCode::corrupt, fmt::format("no slot of the head file {} is readable", path_.string()));
  return newest;
}

Result<void> HeadFile::write(const Head& head) {
  const unsigned slot = 1 - newest_slot_;
  if (const int outcome = write_slot(fd_, slot, encode({sequence_ + 1, head}))) return failed("write", path_, outcome);
  ++sequence_;
  newest_slot_ = slot;
  return {};
}

}  // namespace placet::store
