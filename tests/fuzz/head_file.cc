#include "store/head_file.h"

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <string>

#include "tests/fuzz/fuzz_target.h"

using namespace placet;

namespace {

constexpr std::size_t kSlotBytes = 4096;
constexpr std::size_t kCheckedBytes = 56;

/// Fuzzing does not guess checksums: this makes one right.
void mend_checksum(Bytes& file, std::size_t slot) {
  const char* checked = file.data() + slot * kSlotBytes;
  const auto crc = crc32(0, reinterpret_cast<const Bytef*>(checked), kCheckedBytes);
  for (int i = 0; i < 4; ++i)
    file[slot * kSlotBytes + kCheckedBytes + static_cast<std::size_t>(i)] = static_cast<char>(crc >> (24 - 8 * i));
}

/// The first byte says which checksums to mend and whether to leave the size as it is; the rest is shared out to the
/// beginnings of the two slots.
Bytes file_from(BytesView input) {
  const auto how = static_cast<unsigned char>(input.front());
  input.remove_prefix(1);
  if (how & 4) return Bytes(input);
  Bytes file(2 * kSlotBytes, '\0');
  const auto first = input.substr(0, kCheckedBytes + 4);
  const auto second = input.substr(first.size()).substr(0, kSlotBytes);
  std::ranges::copy(first, file.begin());
  std::ranges::copy(second, file.begin() + kSlotBytes);
  if (how & 1) mend_checksum(file, 0);
  if (how & 2) mend_checksum(file, 1);
  return file;
}

}  // namespace

PLACET_FUZZ_TARGET(input) {
  if (input.empty()) return;
  const Bytes bytes = file_from(input);
  const int fd = memfd_create("head", MFD_CLOEXEC);
  PLACET_CHECK(fd >= 0 && ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  if (auto file = store::HeadFile::open("/proc/self/fd/" + std::to_string(fd))) {
    const auto once = file->read();
    const auto twice = file->read();
    PLACET_CHECK(once && twice && *once == *twice, "a head file that opened cannot be read twice");
  }
  close(fd);
}
