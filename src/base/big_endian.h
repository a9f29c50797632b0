#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace placet {

/// Eight bytes, the most significant first: as numbers are kept in rows.
inline Bytes to_big_endian(std::uint64_t value) {
  Bytes bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift));
  return bytes;
}
inline std::uint64_t from_big_endian(BytesView bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<std::uint8_t>(byte);
  return value;
}

}  // namespace placet
